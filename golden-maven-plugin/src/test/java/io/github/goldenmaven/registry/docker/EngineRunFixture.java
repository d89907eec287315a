package io.github.goldenmaven.registry.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.cache.DocumentCache;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.Manifests;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.Compression;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerWriter;
import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.DockerEngine;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.registry.ImageResolver;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import io.github.goldenmaven.registry.layout.LayoutStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What the tests of this subject share, one class after the other. */
@ResourceLock("EngineRunFixture")
abstract class EngineRunFixture {

  static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

  static final Instant TIME = Instant.EPOCH;

  static DockerEngine engine;

  @TempDir Path folder;
  final RecordingConsole console = new RecordingConsole();

  String before = "";

  @BeforeAll
  static void start() {
    engine = DockerEngine.start();
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @BeforeEach
  void look() {
    before = all();
  }

  @AfterEach
  void nothingIsLeftBehind() {
    assertThat(all()).isEqualTo(before);
  }

  static String all() {
    return engine.docker("ps", "--all", "--quiet")
        + engine.docker("images", "--all", "--no-trunc")
        + engine.docker("volume", "ls")
        + engine.docker("network", "ls", "--format", "{{.Name}}");
  }

  Layer run(List<String> commands, Map<String, String> environment) throws IOException {
    return run(withShell(), commands, environment);
  }

  Layer run(LayoutFolder official, List<String> commands, Map<String, String> environment) {
    ImageStore store = new LayoutStore(official.path());
    return EngineRun.run(
        image(official),
        store,
        commands,
        environment,
        folder.resolve("out"),
        environment(),
        console);
  }

  static Map<String, String> environment() {
    return Map.of("DOCKER_HOST", engine.host());
  }

  static PlatformImage image(LayoutFolder layout) {
    ImageReference reference = ImageReference.parse("oci:" + layout.path() + ":" + TinyBase.TAG);
    DocumentCache cache = new DocumentCache(layout.path().resolveSibling("documents"));
    return new ImageResolver(new LayoutStore(layout.path()), cache)
        .resolve(reference)
        .orElseThrow()
        .platforms()
        .get(0);
  }

  /** This machine's shell, and what it needs. */
  LayoutFolder withShell() {
    Set<String> files = new TreeSet<>(List.of("/bin/rm", "/bin/mkdir"));
    for (String program : List.of("/bin/sh", "/bin/rm", "/bin/mkdir")) {
      Matcher libraries = LIBRARY.matcher(Command.of("ldd", program).run());
      while (libraries.find()) {
        files.add(libraries.group(1));
      }
    }
    List<LayerEntry> entries = new ArrayList<>();
    files.forEach(file -> entries.add(file(file.substring(1), Path.of(file))));
    entries.add(file("bin/sh", Path.of("/bin/sh")));
    entries.add(
        new LayerEntry.File(
            "etc/removed", 0, InputStream::nullInputStream, 0644, LayerEntry.Owner.ROOT, TIME));
    Layer layer = LayerWriter.write(entries, Compression.DEFLATED, folder.resolve("shell.tar.gz"));
    LayoutFolder layout = LayoutFolder.at(folder.resolve("official"));
    Platform here = image(TinyBase.writeTo(folder.resolve("here"))).platform();
    JsonObject config =
        JsonObject.EMPTY
            .with("os", here.os())
            .with("architecture", here.architecture())
            .with(
                "config",
                JsonObject.EMPTY
                    .with("User", "65534")
                    .with("Volumes", JsonObject.EMPTY.with("/data", JsonObject.EMPTY))
                    .with("Env", JsonValue.ofTexts(List.of("PATH=/bin"))))
            .with(
                "rootfs",
                JsonObject.EMPTY
                    .with("type", "layers")
                    .with("diff_ids", JsonValue.ofTexts(List.of(layer.diffId().toString()))));
    layout.put(
        Manifests.image(
            layout.put(MediaTypes.OCI_CONFIG, config.toBytes()), List.of(layout.put(layer))),
        TinyBase.TAG);
    return layout;
  }

  static LayerEntry file(String path, Path file) {
    try {
      return new LayerEntry.File(
          path,
          Files.size(file),
          () -> Files.newInputStream(file),
          0755,
          LayerEntry.Owner.ROOT,
          TIME);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
