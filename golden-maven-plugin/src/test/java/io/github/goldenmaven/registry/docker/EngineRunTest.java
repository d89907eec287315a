package io.github.goldenmaven.registry.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.Manifests;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.oci.layer.LayerReader;
import io.github.goldenmaven.oci.layer.TarEntry;
import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import io.github.goldenmaven.registry.layout.LayoutStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

@NeedsPeer({"docker", "dockerd", "ip"})
class EngineRunTest extends EngineRunFixture {

  @Test
  void theCommandsChangesAreOneLayer() throws IOException {
    Layer layer =
        run(
            List.of(
                "echo one > /etc/one; echo \"said: $HTTPS_PROXY $(id 2>/dev/null)\"",
                "read line < /etc/one; echo $line two > /etc/two; rm /etc/removed",
                "umask 027; mkdir -p /opt/tool; echo x > /opt/tool/x; echo warned >&2"),
            Map.of("HTTPS_PROXY", "http://proxy.example:3128"));

    assertThat(told(layer))
        // The engine makes the folder of the image's volume, as it does for docker build.
        .containsOnlyKeys(
            "data", "etc", "etc/one", "etc/two", "etc/.wh.removed", "opt", "opt/tool", "opt/tool/x")
        .containsEntry("etc/two", "FILE 644 0:0 one two\n")
        .containsEntry("opt/tool/x", "FILE 640 0:0 x\n");
    assertThat(layer.mediaType()).isEqualTo(MediaTypes.OCI_LAYER_GZIP);
    assertThat(console.lines.stream().filter(line -> !line.startsWith("transferring")))
        .containsExactly(
            "Running 'echo one > /etc/one; echo \"said: $HTTPS_PROXY $(id 2>/dev/null)\"'",
            "  said: http://proxy.example:3128",
            "Running 'read line < /etc/one; echo $line two > /etc/two; rm /etc/removed'",
            "Running 'umask 027; mkdir -p /opt/tool; echo x > /opt/tool/x; echo warned >&2'",
            "  warned");
    try (InputStream stored = layer.blob().open()) {
      assertThat(Digest.of(stored.readAllBytes())).isEqualTo(layer.blob().digest());
    }
    assertThat(folder.resolve("out"))
        .isDirectoryContaining(file -> file.toString().endsWith(".gz"));
    try (var files = Files.list(folder.resolve("out"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void theLayerGoesOnTopOfTheOfficialImageWithoutTheProxy() throws IOException {
    LayoutFolder official = withShell();
    PlatformImage image = image(official);
    Layer layer = run(official, List.of("echo patched > /etc/patched"), Map.of("http_proxy", "x"));
    var config = image.config().withLayers(List.of(layer.diffId()), List.of());
    List<io.github.goldenmaven.oci.Descriptor> layers = new ArrayList<>(image.layers());
    layers.add(official.put(layer));
    RawManifest golden =
        Manifests.image(official.put(MediaTypes.OCI_CONFIG, config.toBytes()), layers);
    String name = "registry.example/patched";
    try (EngineStore store =
        EngineStore.open(
            (io.github.goldenmaven.oci.DaemonReference)
                ImageReference.parse("docker-daemon:" + name + ":1"),
            folder.resolve("staging"),
            environment())) {
      LayoutStore from = new LayoutStore(official.path());
      layers.forEach(blob -> store.mount(blob, from));
      store.mount(new io.github.goldenmaven.oci.ImageManifest(golden).config(), from);
      store.put(golden, "1");
    }
    assertThat(
            engine.docker(
                "run",
                "--rm",
                name + ":1",
                "/bin/sh",
                "-c",
                "read a < /etc/patched; echo $a$http_proxy"))
        .isEqualTo("patched\n");
    engine.docker("rmi", name + ":1");
  }

  @Test
  void anInterruptStopsTheCommandAndRemovesItsContainer() throws InterruptedException {
    LayoutFolder official = withShell();
    Throwable[] thrown = new Throwable[1];
    boolean[] interrupted = new boolean[1];
    Thread bake =
        new Thread(
            () -> {
              thrown[0] =
                  catchThrowable(
                      () -> run(official, List.of("echo begun; while :; do :; done"), Map.of()));
              interrupted[0] = Thread.currentThread().isInterrupted();
            });
    bake.start();
    while (!console.lines.contains("  begun") && bake.isAlive()) {
      Thread.sleep(20);
    }
    bake.interrupt();
    bake.join(30_000);

    assertThat(thrown[0])
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "The goal was interrupted while 'echo begun; while :; do :;"
                + " done' ran. Run the goal again.");
    assertThat(interrupted[0]).isTrue();
  }

  @Test
  void theEndOfTheJvmRemovesTheContainer() throws Exception {
    LayoutFolder official = withShell();
    Process jvm =
        new ProcessBuilder(
                Command.java()
                    .with(Bake.class.getName(), official.path().toString(), engine.host())
                    .with(folder.resolve("out").toString())
                    .line())
            .redirectErrorStream(true)
            .start();
    try (var lines = jvm.inputReader()) {
      String line = lines.readLine();
      while (line != null && !line.equals("  begun")) {
        line = lines.readLine();
      }
      assertThat(line).isEqualTo("  begun");
      assertThat(engine.docker("ps", "--quiet")).isNotBlank();
      // As Ctrl-C and Jenkins do.
      jvm.destroy();
      jvm.waitFor();
    } finally {
      jvm.destroyForcibly();
    }
  }

  /** Runs a command that does not end. */
  static final class Bake {
    public static void main(String[] arguments) {
      RecordingConsole console =
          new RecordingConsole() {
            @Override
            public void info(String sentence) {
              System.out.println(sentence);
            }
          };
      LayoutFolder official = LayoutFolder.at(Path.of(arguments[0]));
      EngineRun.run(
          image(official),
          new LayoutStore(official.path()),
          List.of("echo begun; while :; do :; done"),
          Map.of(),
          Path.of(arguments[2]),
          Map.of("DOCKER_HOST", arguments[1]),
          console);
    }
  }

  @Test
  void anImageThatTheEngineHasIsUsedAndStays() throws IOException {
    LayoutFolder official = withShell();
    PlatformImage image = image(official);
    try (EngineStore store =
        EngineStore.open(
            (io.github.goldenmaven.oci.DaemonReference)
                ImageReference.parse("docker-daemon:registry.example/there:1"),
            folder.resolve("staging"),
            environment())) {
      LayoutStore from = new LayoutStore(official.path());
      image.layers().forEach(blob -> store.mount(blob, from));
      store.mount(image.manifest().config(), from);
      store.put(image.manifest().raw(), "1");
    }
    String there = all();

    run(official, List.of("echo x > /x"), Map.of());

    assertThat(all()).isEqualTo(there);
    assertThat(console.lines).noneMatch(line -> line.startsWith("transferring"));
    engine.docker("rmi", "registry.example/there:1");
  }

  private static Map<String, String> told(Layer layer) throws IOException {
    Map<String, String> told = new TreeMap<>();
    try (LayerReader reader =
        LayerReader.open("The layer", layer.blob().open(), LayerReader.Limits.DEFAULT)) {
      for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
        TarEntry file = entry.get();
        told.put(
            file.path(),
            "%s %o %d:%d %s"
                .formatted(
                    file.type(),
                    file.mode(),
                    file.uid(),
                    file.gid(),
                    new String(
                        reader.content().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)));
      }
      assertThat(reader.diffId()).isEqualTo(layer.diffId());
    }
    return told;
  }
}
