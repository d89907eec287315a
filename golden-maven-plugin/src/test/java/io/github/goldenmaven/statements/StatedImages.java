package io.github.goldenmaven.statements;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.registry.SmallImage;
import io.github.goldenmaven.statements.StatedImage.StatedPlatform;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Images with labels, and the run that made them. */
public final class StatedImages {

  static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  static final Digest GOLDEN = Digest.of(SmallImage.utf8("golden"));
  static final Digest OFFICIAL = Digest.of(SmallImage.utf8("official"));

  private static final Map<Label, String> LABELS =
      Map.of(
          Label.ROLE, "application",
          Label.REVISION, COMMIT,
          Label.SOURCE, "https://git.company.example/shop/orders",
          Label.BASE_NAME, "registry.company.example/golden/java:21",
          Label.BASE_DIGEST, GOLDEN.toString(),
          Label.BASE_MANIFEST, GOLDEN.toString(),
          Label.OFFICIAL_NAME, "docker.io/library/eclipse-temurin:21-jre",
          Label.OFFICIAL_DIGEST, OFFICIAL.toString(),
          Label.MAVEN_COORDINATES, "shop:orders:1.0");

  private StatedImages() {}

  /** An application of one platform, with these manifests. */
  public static StatedImage application(String name, Descriptor manifest) {
    return new StatedImage(
        name, manifest, List.of(new StatedPlatform("linux/amd64", manifest, labels(LABELS))));
  }

  static StatedImage application(String name, Descriptor index, Descriptor amd, Descriptor arm) {
    return new StatedImage(
        name,
        index,
        List.of(
            new StatedPlatform("linux/amd64", amd, labels(LABELS)),
            new StatedPlatform("linux/arm64", arm, labels(LABELS))));
  }

  static StatedImage golden() {
    Map<Label, String> labels = new TreeMap<>(LABELS);
    labels.put(Label.ROLE, "golden");
    labels.put(Label.BASE_NAME, "docker.io/library/eclipse-temurin:21-jre");
    labels.put(Label.GOLDEN_NAME, "java");
    labels.put(Label.GOLDEN_VERSION, "21.0.9");
    labels.put(Label.GOLDEN_LINE, "21");
    Descriptor manifest = manifest("golden");
    return new StatedImage(
        "registry.company.example/golden/java",
        manifest,
        List.of(new StatedPlatform("linux/amd64", manifest, labels(labels))));
  }

  static Descriptor manifest(String text) {
    byte[] bytes = SmallImage.utf8(text);
    return Descriptor.of(MediaTypes.OCI_MANIFEST, Digest.of(bytes), bytes.length);
  }

  private static Map<String, String> labels(Map<Label, String> labels) {
    Map<String, String> keys = new TreeMap<>();
    labels.forEach((label, value) -> keys.put(label.key(), value));
    return keys;
  }

  public static RunFacts run(String started) {
    return new RunFacts(
        URI.create("https://ci.company.example/golden"),
        Optional.of(URI.create("https://ci.company.example/job/orders/7/")),
        Instant.parse(started),
        Instant.parse(started).plusSeconds(9),
        List.of(
            RunFacts.tool("JDK", PackageUrl.ofGeneric("openjdk", "21.0.9+10")),
            RunFacts.tool("plugin", PackageUrl.ofMaven("io.github.goldenmaven", "plugin", "1"))
                .with("digest", Map.of("sha256", OFFICIAL.hex()))));
  }
}
