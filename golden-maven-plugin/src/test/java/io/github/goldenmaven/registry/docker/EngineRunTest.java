package io.github.goldenmaven.registry.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.cache.DocumentCache;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.Manifests;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.Compression;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerReader;
import io.github.goldenmaven.oci.layer.LayerWriter;
import io.github.goldenmaven.oci.layer.TarEntry;
import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.DockerEngine;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsPeer({"docker", "dockerd", "ip"})
class EngineRunTest {

  private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");
  private static final Instant TIME = Instant.EPOCH;

  private static DockerEngine engine;

  @TempDir Path folder;
  private final RecordingConsole console = new RecordingConsole();
  private String before = "";

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

  private static String all() {
    return engine.docker("ps", "--all", "--quiet")
        + engine.docker("images", "--all", "--no-trunc")
        + engine.docker("volume", "ls")
        + engine.docker("network", "ls", "--format", "{{.Name}}");
  }

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
  void aFailingCommandShowsItsLastLinesAndTheRestDoesNotRun() {
    assertThatThrownBy(
            () ->
                run(
                    List.of(
                        "echo fine",
                        "for i in 1 2 3 4 5 6 7 8 9 0; do for j in 1 2 3 4 5; do echo $i$j; done;"
                            + " done; printf 'bad\\033[31m\\n"
                            + "'; exit 7",
                        "echo never"),
                    Map.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The command 'for i in 1 2 3 4 5 6 7 8 9 0; do for j in 1 2 3 4 5; do echo $i$j; done;"
                + " done; printf 'bad\\033[31m\\n"
                + "'; exit 7' of 'run' wrote:\n"
                + "  "
                + String.join("\n  ", lastLines())
                + "\n"
                + "  bad\\u001B[31m\n"
                + "and failed with exit code 7. Mend it in 'run' of golden.yaml: it runs as root,"
                + " with '/bin/sh -ec', on the official image.");
    assertThat(console.lines).contains("  fine", "  11").doesNotContain("  never");
  }

  private static List<String> lastLines() {
    List<String> lines = new ArrayList<>();
    for (int i : new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 0}) {
      for (int j = 1; j <= 5; j++) {
        lines.add("" + i + j);
      }
    }
    return lines.subList(11, 50);
  }

  @Test
  void stopsAtTheFirstPartOfACommandThatFails() {
    assertThatThrownBy(() -> run(List.of("false; echo never"), Map.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The command 'false; echo never' of 'run' wrote nothing and failed with exit code 1."
                + " Mend it in 'run' of golden.yaml: it runs as root, with '/bin/sh -ec', on the"
                + " official image.");
  }

  @Test
  void anImageWithoutAShellIsRefused() {
    LayoutFolder tiny = TinyBase.writeTo(folder.resolve("tiny"));

    assertThatThrownBy(() -> run(tiny, List.of("true"), Map.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The official image has no '/bin/sh', so that 'run' cannot run commands in it. Leave"
                + " 'run' out of golden.yaml, or name an official image with a shell in 'from'.");
  }

  @Test
  void anotherPlatformIsRefused() {
    LayoutFolder foreign =
        TinyBase.writeTo(folder.resolve("foreign"), new Platform("linux", "s390x", null));
    String here = engine.docker("version", "--format", "{{.Server.Os}}/{{.Server.Arch}}").strip();

    assertThatThrownBy(() -> run(foreign, List.of("true"), Map.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The commands of 'run' are to run on 'linux/s390x', but the Docker Engine at '"
                + engine.host()
                + "' runs '"
                + here
                + "'. Let DOCKER_HOST name an engine of that platform, or leave it out of"
                + " 'platforms' in golden.yaml.");
  }

  @Test
  void saysThatNoEngineIsThere() {
    LayoutFolder tiny = TinyBase.writeTo(folder.resolve("tiny"));
    Path socket = folder.resolve("none.sock");

    assertThatThrownBy(
            () ->
                EngineRun.run(
                    image(tiny),
                    new LayoutStore(tiny.path()),
                    List.of("true"),
                    Map.of(),
                    folder.resolve("out"),
                    Map.of("DOCKER_HOST", "unix://" + socket),
                    console))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "The Docker Engine at 'unix://"
                + socket
                + "' does not answer: No such file or directory. 'run' of golden.yaml needs a"
                + " Docker Engine: start one, let DOCKER_HOST name one that runs, or leave 'run'"
                + " out.");
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

  private Layer run(List<String> commands, Map<String, String> environment) throws IOException {
    return run(withShell(), commands, environment);
  }

  private Layer run(LayoutFolder official, List<String> commands, Map<String, String> environment) {
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

  private static Map<String, String> environment() {
    return Map.of("DOCKER_HOST", engine.host());
  }

  private static PlatformImage image(LayoutFolder layout) {
    ImageReference reference = ImageReference.parse("oci:" + layout.path() + ":" + TinyBase.TAG);
    DocumentCache cache = new DocumentCache(layout.path().resolveSibling("documents"));
    return new ImageResolver(new LayoutStore(layout.path()), cache)
        .resolve(reference)
        .orElseThrow()
        .platforms()
        .get(0);
  }

  /** This machine's shell, and what it needs. */
  private LayoutFolder withShell() {
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

  private static LayerEntry file(String path, Path file) {
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
