package io.github.goldenmaven.provenance;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Image configs in memory: an official image, and a golden image on it with honest labels. */
public final class GoldenConfigs {

  public static final Digest OFFICIAL_DIGEST = digest("official index");
  public static final Digest OFFICIAL_MANIFEST = digest("official manifest");
  public static final Digest GOLDEN_DIGEST = digest("golden index");
  public static final Digest GOLDEN_MANIFEST = digest("golden manifest");

  private GoldenConfigs() {}

  public static Digest digest(String content) {
    return Digest.of(content.getBytes(StandardCharsets.UTF_8));
  }

  /** Diff IDs of this many layers. */
  public static List<Digest> layers(String name, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(n -> digest(name + " layer " + n)).toList();
  }

  public static ImageConfig config(List<Digest> diffIds, Map<String, String> labels) {
    return new ImageConfig(
            JsonObject.EMPTY
                .with("architecture", "amd64")
                .with("os", "linux")
                .with(
                    "rootfs",
                    JsonObject.EMPTY
                        .with("type", "layers")
                        .with(
                            "diff_ids",
                            JsonValue.ofTexts(diffIds.stream().map(Digest::toString).toList()))))
        .withLabels(labels);
  }

  /** An ordinary image of two layers, with labels as Ubuntu has them. */
  public static ImageConfig official() {
    return config(
        layers("official", 2),
        Map.of(
            "org.opencontainers.image.version", "24.04",
            "org.opencontainers.image.ref.name", "ubuntu"));
  }

  /** The labels of a golden image that stands on {@link #official()}. */
  public static Map<String, String> goldenLabels() {
    GoldenStamp stamp =
        new GoldenStamp(
            "java",
            "21.0.9",
            "21",
            digest("company ca").hex(),
            "docker.io/library/eclipse-temurin:21-jre",
            OFFICIAL_DIGEST,
            OFFICIAL_MANIFEST,
            layers("official", 2));
    Map<String, String> labels = stamp.labels();
    labels.put("org.opencontainers.image.ref.name", "ubuntu");
    labels.put("com.company.team", "platform");
    return labels;
  }

  /** A golden image of three layers, two of them the official image's. */
  public static ImageConfig golden() {
    return golden(Map.of());
  }

  /** The same with these labels changed; an empty value removes one. */
  public static ImageConfig golden(Map<String, String> changes) {
    Map<String, String> labels = goldenLabels();
    labels.putAll(changes);
    labels.values().removeIf(String::isEmpty);
    return config(goldenDiffIds(), labels);
  }

  public static List<Digest> goldenDiffIds() {
    List<Digest> diffIds = new ArrayList<>(layers("official", 2));
    diffIds.addAll(layers("golden", 1));
    return diffIds;
  }

  public static BaseFacts base(ImageConfig golden) {
    return new BaseFacts(
        ImageReference.parse("registry.company.example/golden/java:21"),
        GOLDEN_DIGEST,
        GOLDEN_MANIFEST,
        golden);
  }
}
