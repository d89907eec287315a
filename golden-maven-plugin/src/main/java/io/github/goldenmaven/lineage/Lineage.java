package io.github.goldenmaven.lineage;

import io.github.goldenmaven.golden.Seam;
import io.github.goldenmaven.lineage.LineageLayer.Part;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.provenance.Role;
import io.github.goldenmaven.registry.ResolvedImage;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one platform of an image tells of where it comes from: official, golden and application
 * image, and the seam between its base's layers and its own. All but the layers and digests are
 * claims of its labels, foreign text that is not yet escaped.
 *
 * @param manifest digest of this platform's manifest
 * @param roleOrNull absent where nothing is stamped, or a role nobody knows
 * @param layers bottom first
 * @param labels sorted by key
 */
public record Lineage(
    Platform platform,
    Digest manifest,
    @Nullable Role roleOrNull,
    @Nullable Ancestor officialOrNull,
    @Nullable Ancestor goldenOrNull,
    @Nullable Ancestor applicationOrNull,
    @Nullable Seam seamOrNull,
    List<LineageLayer> layers,
    Map<String, String> labels) {

  public Lineage {
    layers = List.copyOf(layers);
  }

  static Lineage of(ResolvedImage image, PlatformImage platform) {
    Map<String, String> labels = new TreeMap<>(platform.config().labels());
    Role role = Label.ROLE.in(labels).flatMap(Lineage::role).orElse(null);
    Seam seam = role == null ? null : Seam.of(platform.config()).orElse(null);
    return new Lineage(
        platform.platform(),
        platform.manifest().digest(),
        role,
        role == null ? null : official(labels),
        role == null ? null : golden(role, image, labels),
        role == Role.APPLICATION
            ? itself(image, Label.MAVEN_COORDINATES.in(labels).orElse(null))
            : null,
        seam,
        layers(platform, role, seam),
        labels);
  }

  /** Whether another platform tells of the same official, golden and application image. */
  boolean isOfOneLineWith(Lineage other) {
    return roleOrNull == other.roleOrNull
        && Objects.equals(officialOrNull, other.officialOrNull)
        && Objects.equals(goldenOrNull, other.goldenOrNull)
        && Objects.equals(applicationOrNull, other.applicationOrNull);
  }

  private static Optional<Role> role(String value) {
    return List.of(Role.values()).stream().filter(role -> role.value().equals(value)).findFirst();
  }

  private static Ancestor official(Map<String, String> labels) {
    return new Ancestor(
        Label.OFFICIAL_NAME.in(labels).orElse(null),
        Label.OFFICIAL_DIGEST.in(labels).orElse(null),
        null);
  }

  private static Ancestor golden(Role role, ResolvedImage image, Map<String, String> labels) {
    StringBuilder title = new StringBuilder(Label.GOLDEN_NAME.in(labels).orElse(""));
    Label.GOLDEN_VERSION.in(labels).ifPresent(version -> title.append(' ').append(version));
    Label.GOLDEN_LINE.in(labels).ifPresent(line -> title.append(", line ").append(line));
    String told = title.length() == 0 ? null : title.toString().strip();
    return role == Role.GOLDEN
        ? itself(image, told)
        : new Ancestor(
            Label.BASE_NAME.in(labels).orElse(null),
            Label.BASE_DIGEST.in(labels).orElse(null),
            told);
  }

  private static Ancestor itself(ResolvedImage image, @Nullable String title) {
    return new Ancestor(ImageLineage.name(image.reference()), image.digest().toString(), title);
  }

  private static List<LineageLayer> layers(
      PlatformImage platform, @Nullable Role role, @Nullable Seam seam) {
    List<Digest> diffIds = platform.config().diffIds();
    List<@Nullable String> told = platform.config().toldOfLayers();
    List<LineageLayer> layers = new ArrayList<>();
    for (int at = 0; at < diffIds.size(); at++) {
      Descriptor descriptor = platform.layers().get(at);
      layers.add(
          new LineageLayer(
              descriptor.digest(),
              diffIds.get(at),
              descriptor.size(),
              part(role, seam, at),
              told.isEmpty() ? null : told.get(at)));
    }
    return layers;
  }

  private static @Nullable Part part(@Nullable Role role, @Nullable Seam seam, int layer) {
    if (role == null || seam == null || seam.standing() == Seam.Standing.DISPROVEN) {
      return null;
    }
    boolean below = layer < seam.baseLayers();
    return role == Role.APPLICATION
        ? (below ? Part.GOLDEN : Part.APPLICATION)
        : (below ? Part.OFFICIAL : Part.GOLDEN);
  }
}
