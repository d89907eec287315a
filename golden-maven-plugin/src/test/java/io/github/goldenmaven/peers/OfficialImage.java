package io.github.goldenmaven.peers;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.Manifests;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Puts layers together to what an official image looks like: general, with labels that speak of the
 * distribution, and with config fields that tools are known to drop (StopSignal, Shell, a health
 * check with a start interval, fields nobody here knows).
 */
final class OfficialImage {

  /** The tag a base has in its layout. */
  static final String TAG = "17-jre";

  static final String CREATED = "2026-11-01T00:00:00Z";

  private static final long SECOND = 1_000_000_000L;

  private OfficialImage() {}

  /** The platform of this JVM. */
  static Platform here() {
    String architecture =
        switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "amd64";
          case "aarch64", "arm64" -> "arm64";
          default -> System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        };
    return new Platform("linux", architecture, null);
  }

  /** Stores config and manifest of one platform, with a JVM. */
  static Descriptor put(
      LayoutFolder layout, Platform platform, String javaHome, List<Layer> layers) {
    return put(layout, platform, runtime(javaHome), "COPY java " + javaHome, layers);
  }

  /**
   * Stores config and manifest of one platform.
   *
   * @param runtime the config's {@code config}
   * @param step the history's word on all layers but the first
   */
  static Descriptor put(
      LayoutFolder layout, Platform platform, JsonObject runtime, String step, List<Layer> layers) {
    Descriptor config =
        layout.put(MediaTypes.OCI_CONFIG, config(platform, runtime, step, layers).toBytes());
    RawManifest manifest = Manifests.image(config, layers.stream().map(layout::put).toList());
    return layout.put(manifest).withPlatform(json(platform));
  }

  /** Lets {@link #TAG} point to a manifest that is stored. */
  static void tag(LayoutFolder layout, Descriptor manifest) {
    layout.put(layout.manifest(manifest), TAG);
  }

  /** An index over these manifests, each with its platform. */
  static RawManifest index(List<Descriptor> manifests, Map<String, String> annotations) {
    return RawManifest.of(
        JsonObject.EMPTY
            .with("schemaVersion", 2)
            .with("mediaType", MediaTypes.OCI_INDEX)
            .with(
                "manifests", JsonValue.ofObjects(manifests.stream().map(Descriptor::json).toList()))
            .with("annotations", annotations));
  }

  private static JsonObject json(Platform platform) {
    JsonObject json =
        JsonObject.EMPTY.with("architecture", platform.architecture()).with("os", platform.os());
    return platform.variant().map(variant -> json.with("variant", variant)).orElse(json);
  }

  private static JsonObject config(
      Platform platform, JsonObject runtime, String step, List<Layer> layers) {
    List<JsonObject> history = new ArrayList<>();
    for (int layer = 0; layer < layers.size(); layer++) {
      history.add(
          JsonObject.EMPTY
              .with("created", CREATED)
              .with("created_by", layer == 0 ? "ADD rootfs.tar.gz /" : step));
    }
    history.add(
        JsonObject.EMPTY
            .with("created", CREATED)
            .with("created_by", "CMD [\"" + String.join("\" \"", runtime.strings("Cmd")) + "\"]")
            .with("empty_layer", JsonValue.of(true)));
    List<String> diffIds = layers.stream().map(Layer::diffId).map(Digest::toString).toList();
    return json(platform)
        .with("author", "The official images team")
        .with("created", CREATED)
        .with("config", runtime)
        .with("history", JsonValue.ofObjects(history))
        .with(
            "rootfs",
            JsonObject.EMPTY.with("type", "layers").with("diff_ids", JsonValue.ofTexts(diffIds)))
        .with("moby.buildkit.buildinfo.v1", "e30=");
  }

  private static JsonObject runtime(String javaHome) {
    JsonObject health =
        JsonObject.EMPTY
            .with("Test", JsonValue.ofTexts(List.of("CMD", "java", "-version")))
            .with("Interval", 30 * SECOND)
            .with("StartPeriod", 5 * SECOND)
            .with("StartInterval", SECOND);
    return JsonObject.EMPTY
        .with(
            "Env",
            JsonValue.ofTexts(
                List.of(
                    "PATH="
                        + javaHome
                        + "/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                    "JAVA_HOME=" + javaHome,
                    "LANG=C.UTF-8")))
        .with("Cmd", JsonValue.ofTexts(List.of("java", "-version")))
        .with("Healthcheck", health)
        .with("StopSignal", "SIGTERM")
        .with("Shell", JsonValue.ofTexts(List.of("/bin/sh", "-eu", "-c")))
        .with(
            "Labels",
            Map.of(
                "org.opencontainers.image.ref.name", "debian",
                "org.opencontainers.image.title", "debian",
                "org.opencontainers.image.version", "12",
                "com.example.maintainer", "The official images team"));
  }
}
