package io.github.goldenmaven.golden;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.provenance.JavaVersions;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.provenance.Role;
import io.github.goldenmaven.text.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One platform of an image that says it is golden, and whose layers do not say otherwise. Labels
 * are claims: who made the image, only its repository and its statements tell.
 *
 * @param name the golden's name, {@code java}
 * @param line what consumers name as the tag, {@code 21}
 * @param certificates SHA-256 fingerprints of the company CAs in it
 * @param javaOrNull its JVMs; {@code null} where it does not tell, or has none
 * @param officialName empty where the golden was baked from a layout folder, which has no name
 * @param officialLayers how many of its layers, from the bottom, are the official image's
 */
public record GoldenImage(
    String name,
    String version,
    String line,
    List<String> certificates,
    @Nullable JavaVersions javaOrNull,
    String officialName,
    Digest officialDigest,
    int officialLayers) {

  private static final List<Label> REQUIRED =
      List.of(Label.GOLDEN_NAME, Label.GOLDEN_VERSION, Label.GOLDEN_LINE, Label.OFFICIAL_DIGEST);
  private static final String NAME_A_GOLDEN = "Name a golden image in <base> or with -Dgolden.base";
  private static final String BAKE_AGAIN = "Have the golden image baked again with golden:bake.";

  /**
   * Takes a base for golden, or refuses it.
   *
   * @param reference as the user named it, for the message
   * @throws RefusedException when it is an application, an ordinary image, of a schema this plugin
   *     does not know, or contradicts itself
   */
  public static GoldenImage of(ImageReference reference, ImageConfig config) {
    String base = "The base '" + Printable.of(reference.toString()) + "'";
    Map<String, String> labels = config.labels();
    requireRole(base, labels);
    requireSchema(base, labels);
    Seam seam = Seam.of(config).orElseGet(Seam::unclaimed);
    List<String> faults = faults(labels);
    seam.fault().ifPresent(faults::add);
    if (!faults.isEmpty()) {
      throw new RefusedException(
          base + " says it is golden, but " + String.join("; ", faults) + ".", BAKE_AGAIN);
    }
    return new GoldenImage(
        value(Label.GOLDEN_NAME, labels),
        value(Label.GOLDEN_VERSION, labels),
        value(Label.GOLDEN_LINE, labels),
        certificates(labels),
        Label.GOLDEN_JAVA.in(labels).map(JavaVersions::parse).orElse(null),
        value(Label.OFFICIAL_NAME, labels),
        Digest.parse(value(Label.OFFICIAL_DIGEST, labels)),
        seam.baseLayers());
  }

  /** What a golden image must state, and this one does not. */
  private static List<String> faults(Map<String, String> labels) {
    List<String> faults = new ArrayList<>();
    for (Label label : REQUIRED) {
      String value = value(label, labels);
      if (value.isBlank()) {
        faults.add("it has no label '" + label + "'");
      } else if (label == Label.OFFICIAL_DIGEST && !isParsed(Digest::parse, value)) {
        faults.add(
            "the label '" + label + "' says '" + Printable.of(value) + "', which is no digest");
      }
    }
    Label.GOLDEN_JAVA
        .in(labels)
        .filter(value -> !isParsed(JavaVersions::parse, value))
        .ifPresent(
            value ->
                faults.add(
                    "the label '%s' says '%s', which is no list of Java versions"
                        .formatted(Label.GOLDEN_JAVA, Printable.of(value))));
    return faults;
  }

  private static void requireRole(String base, Map<String, String> labels) {
    String role = Label.ROLE.in(labels).orElse("");
    if (role.isEmpty()) {
      throw new RefusedException(
          base + " is an ordinary image: it has no label '" + Label.ROLE + "'.",
          NAME_A_GOLDEN + ", or have one baked from this image with golden:bake.");
    }
    if (role.equals(Role.APPLICATION.value())) {
      throw new RefusedException(
          base + " is an application image.",
          NAME_A_GOLDEN
              + Label.BASE_NAME
                  .in(labels)
                  .map(golden -> "; this application's is '" + Printable.of(golden) + "'")
                  .orElse("")
              + ".");
    }
    if (!role.equals(Role.GOLDEN.value())) {
      throw new RefusedException(
          base + " has the unknown role '" + Printable.of(role) + "'.", NAME_A_GOLDEN + ".");
    }
  }

  private static void requireSchema(String base, Map<String, String> labels) {
    String schema = Label.SCHEMA.in(labels).orElse("");
    if (schema.equals(Label.CURRENT_SCHEMA)) {
      return;
    }
    boolean newer = schema.matches("[1-9][0-9]{0,8}");
    throw new RefusedException(
        "%s has labels of the schema '%s', and this plugin knows '%s'."
            .formatted(base, Printable.of(schema), Label.CURRENT_SCHEMA),
        newer ? "Use a newer version of golden-maven-plugin." : BAKE_AGAIN);
  }

  private static boolean isParsed(Consumer<String> parser, String text) {
    try {
      parser.accept(text);
      return true;
    } catch (RefusedException e) {
      return false;
    }
  }

  /** The JVMs it says it has; empty where it does not tell, or has none. */
  public Optional<JavaVersions> java() {
    return Optional.ofNullable(javaOrNull);
  }

  private static List<String> certificates(Map<String, String> labels) {
    return Label.GOLDEN_CERTIFICATES
        .in(labels)
        .map(list -> Arrays.stream(list.split(",", -1)).map(String::strip).toList())
        .orElse(List.of());
  }

  private static String value(Label label, Map<String, String> labels) {
    return label.in(labels).orElse("");
  }

  public GoldenImage {
    certificates = List.copyOf(certificates);
  }
}
