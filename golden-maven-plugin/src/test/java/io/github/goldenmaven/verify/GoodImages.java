package io.github.goldenmaven.verify;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.ClassFiles;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.verify.report.GateReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A service of one platform and one of two, each on its golden image, both good: to be bent. */
final class GoodImages implements AutoCloseable {

  /** Where bent images are tagged. */
  static final String BENT = "changed";

  final Path folder;
  final LayoutFolder golden;
  final LayoutFolder apps;

  /** The service of one platform, and its config. */
  final RawManifest manifest;

  final byte[] config;
  final LayoutFolder manyApps;

  /** The service of two platforms. */
  final RawManifest index;

  private final GoldenPolicy policy;
  private int checks;

  GoodImages() {
    try {
      folder = Files.createTempDirectory("gm-mutation-");
      golden =
          GoldenFixture.of(TinyBase.writeTo(folder.resolve("official")))
              .runnable()
              .writeTo(folder.resolve("golden"));
      apps = LayoutFolder.at(folder.resolve("apps"));
      manifest = service(golden).writeTo(apps, "good");
      config = apps.bytes(new ImageManifest(manifest).config().digest());
      LayoutFolder manyGolden =
          GoldenFixture.of(
                  TinyBase.writeTo(
                      folder.resolve("many-official"),
                      Platform.parse("linux/amd64"),
                      Platform.parse("linux/arm64")))
              .runnable()
              .writeTo(folder.resolve("many-golden"));
      manyApps = LayoutFolder.at(folder.resolve("many"));
      index = service(manyGolden).writeTo(manyApps, "good");
      Path file = folder.resolve("golden-policy.yaml");
      Files.writeString(file, "golden: [\"oci:golden\", \"oci:many-golden\"]\n");
      policy = GoldenPolicy.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With each setting that a service may have. */
  private static ApplicationFixture service(LayoutFolder golden) {
    return ApplicationFixture.on(golden, "21", "")
        .with(
            new ClassFiles()
                .manifest("Main-Class: shop.Orders")
                .with("shop/Orders.class", 17)
                .entry("app/o.jar"))
        .runtime(
            runtime ->
                runtime
                    .with("Entrypoint", JsonValue.ofTexts(List.of("java", "-jar", "/app/o.jar")))
                    .with("Cmd", JsonValue.ofTexts(List.of("--port", "8080")))
                    .with("WorkingDir", "/app")
                    .with(
                        "Volumes",
                        StrictJson.read(
                            "volumes",
                            "{\"/app/data\":{}}".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .with("ExposedPorts", JsonObject.EMPTY.with("8080/tcp", JsonObject.EMPTY)));
  }

  GateReport check(String tag) {
    return check("apps", tag);
  }

  GateReport check(String layout, String tag) {
    // A cache grows with what it sees, and is tidied up at each check.
    return check(layout, tag, folder.resolve("cache" + checks++ / 100));
  }

  GateReport check(String layout, String tag, Path cache) {
    return new Gate(
            new GateRequest(
                List.of(ImageReference.parse("oci:" + folder.resolve(layout) + ":" + tag)),
                List.of(),
                policy,
                cache,
                GateFixture.NOW),
            AccessOfTests.stores(
                    AccessOfTests.ANONYMOUS,
                    daemon -> {
                      throw new AssertionError(daemon);
                    })
                ::open,
            new RecordingConsole())
        .check();
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
