package io.github.goldenmaven.packaging.classfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.packaging.container.ServiceContainer;
import io.github.goldenmaven.packaging.container.WrittenContainer;
import io.github.goldenmaven.packaging.layers.PackagedService;
import io.github.goldenmaven.packaging.layers.ServiceLayer;
import io.github.goldenmaven.peers.ClassFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadableClassesTest {

  private static final String ANOTHER_GOLDEN = " in <base> or with -Dgolden.base.";

  @TempDir Path folder;

  private final RecordingConsole console = new RecordingConsole();
  private final List<ServiceLayer> layers = new ArrayList<>();
  private final Map<Path, String> artifacts = new HashMap<>();
  private final WrittenContainer settings = WrittenContainer.empty();
  private @Nullable List<String> entrypoint =
      List.of("java", "-cp", "/app/classes:/app/libs/*", "com.example.Main");

  private void classes(ClassFiles files) {
    Path classes = files.folder(folder.resolve("classes"));
    layer("classes", "app/classes/", classes);
  }

  private void layer(String name, String into, Path from) {
    try (var walk = Files.walk(from)) {
      layers.add(
          ServiceLayer.of(
              name,
              walk.filter(Files::isRegularFile)
                  .map(file -> entry(into + from.relativize(file), file))
                  .toList()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LayerEntry entry(String path, Path file) {
    return new LayerEntry.File(
        path,
        file.toFile().length(),
        new LayerEntry.OnDisk(file),
        0644,
        LayerEntry.Owner.ROOT,
        Instant.EPOCH);
  }

  private void library(String artifact, ClassFiles files) {
    Path jar = files.jar(folder.resolve("repository/" + artifact + "-1.0.jar"));
    artifacts.put(jar, "org.lib:" + artifact + ":1.0");
    layers.add(
        ServiceLayer.of("dependencies", List.of(entry("app/libs/" + artifact + "-1.0.jar", jar))));
  }

  private static ImageConfig golden(String java, String... environment) {
    return new ImageConfig(
        JsonObject.EMPTY
            .with("architecture", "amd64")
            .with("os", "linux")
            .with(
                "rootfs",
                JsonObject.EMPTY
                    .with("type", "layers")
                    .with("diff_ids", JsonValue.ofTexts(List.of())))
            .with(
                "config",
                JsonObject.EMPTY
                    .with("Entrypoint", JsonValue.ofTexts(List.of("/entrypoint.sh")))
                    .with("Env", JsonValue.ofTexts(Arrays.asList(environment)))
                    .with(
                        "Labels",
                        java.isEmpty()
                            ? JsonObject.EMPTY
                            : JsonObject.EMPTY.with("io.github.goldenmaven.golden.java", java))));
  }

  private void require(ImageConfig... goldens) {
    PackagedService service =
        new PackagedService(
            layers,
            ServiceContainer.of(settings.build(), entrypoint, "com.example.Main"),
            artifacts);
    ServiceClasses classes =
        ServiceClasses.of(service, new JarClasses(folder.resolve("cache"), Clock.systemUTC()));
    LoadableClasses.require(Arrays.asList(goldens), service, classes, console);
  }

  private String refusal(ImageConfig... goldens) {
    return catchThrowableOfType(RefusedException.class, () -> require(goldens)).getMessage();
  }

  @Test
  void takesClassesOfTheGoldensJavaAndOlder() {
    classes(new ClassFiles().with("com/example/Main.class", 17).with("Old.class", 1));
    library("util", new ClassFiles().with(3, 8).with("META-INF/versions/25/A.class", 25));

    require(golden("17"));

    assertThat(console.lines).isEmpty();
  }

  @Test
  void refusesAClassOfTheProjectThatIsTooNew() {
    classes(
        new ClassFiles().with("com/example/Main.class", 17).with("com/example/Order.class", 21));

    assertThat(refusal(golden("17")))
        .isEqualTo(
            "The golden image's Java is 17. The project's class 'com.example.Order' is for Java 21"
                + " (class file version 65). Compile the project for it with"
                + " maven.compiler.release 17, or name a golden image of Java 21"
                + ANOTHER_GOLDEN);
  }

  @Test
  void refusesALibraryMostOfWhoseClassesAreTooNewAndTellsAllTogether() {
    classes(new ClassFiles().with(3, 24));
    library("most", new ClassFiles().with(10, 8).with(11, 21));
    library("all", new ClassFiles().with(4, 25));
    library("half", new ClassFiles().with(10, 8).with(10, 21));

    assertThat(refusal(golden("17")))
        .isEqualTo(
            "The golden image's Java is 17. The project's class 'org.lib.C000Of24' is for Java 24"
                + " (class file version 68), and 2 more are too new. 11 of the 21 classes of"
                + " 'org.lib:most:1.0' are for Java 21 (class file version 65). All 4 classes of"
                + " 'org.lib:all:1.0' are for Java 25 (class file version 69). Compile the project"
                + " for it with maven.compiler.release 17, take versions of those that run on it,"
                + " or name a golden image of Java 25"
                + ANOTHER_GOLDEN);
    assertThat(console.lines).isEmpty();
  }

  @Test
  void refusesOneLibrary() {
    library("one", new ClassFiles().with(1, 21));

    assertThat(refusal(golden("17")))
        .isEqualTo(
            "The golden image's Java is 17. The class of 'org.lib:one:1.0' is for Java 21 (class"
                + " file version 65). Take a version of that library that runs on it, or name a"
                + " golden image of Java 21"
                + ANOTHER_GOLDEN);
  }

  /** As jline 3.26 is. */
  @Test
  void warnsOnceOfLibrariesSomeOfWhoseClassesAreTooNew() {
    library("jline", new ClassFiles().with(469, 8).with(21, 22));
    library("other", new ClassFiles().with(4, 8).with(1, 21));

    require(golden("17"), golden("17"));

    assertThat(console.lines)
        .containsExactly(
            "warning: 21 of the 490 classes of 'org.lib:jline:1.0' are for Java 22 (class file"
                + " version 66). 1 of the 5 classes of 'org.lib:other:1.0' is for Java 21 (class"
                + " file version 65). The golden image's Java is 17: what needs them fails when it"
                + " is first used. Nothing has to be done where the service runs without them; else"
                + " take another version, or a golden image of a newer Java in <base> or with"
                + " -Dgolden.base.");
  }

  @Test
  void theJavaThatPathFindsFirstIsTheOneOfACommandThatSaysJava() {
    classes(new ClassFiles().with("com/example/Main.class", 21));

    assertThat(refusal(golden("17,21"))).startsWith("The golden image's Java is 17. ");
    require(golden("21,17"));
  }

  @Test
  void whereSomethingElseStartsTheServiceTheNewestCounts() {
    classes(new ClassFiles().with("com/example/Main.class", 21));

    entrypoint = null;
    require(golden("17,21"));
    entrypoint = List.of("/opt/java/21/bin/java", "-jar", "/app/a.jar");
    require(golden("17,21"));
    entrypoint = List.of("java", "Main");
    settings.environment(Map.of("PATH", "/opt/java/21/bin"));
    require(golden("17,21"));
    assertThat(refusal(golden("17,8"))).startsWith("The golden image's Java is 17. ");
  }

  @Test
  void theOldestOfThePlatformsCounts() {
    classes(new ClassFiles().with("com/example/Main.class", 21));

    assertThat(refusal(golden("21"), golden("17"))).startsWith("The golden image's Java is 17. ");
  }

  @Test
  void aGoldenThatTellsNoJavaAndAServiceWithAJvmOfItsOwnAreNotHeldToAny() {
    classes(new ClassFiles().with("com/example/Main.class", 25));
    require(golden(""));

    entrypoint = List.of("/app/classes/jre/bin/java", "-cp", "/app/classes", "Main");
    layer(
        "extra files",
        "app/classes/",
        new ClassFiles().with("jre/bin/java", new byte[3]).folder(folder.resolve("jre")));
    require(golden("17"));
  }

  @Test
  void aPreviewClassRunsOnThatVeryJavaOnlyWhereItIsEnabled() {
    classes(new ClassFiles().with("com/example/Main.class", ClassFiles.header(21, 0xFFFF)));

    assertThat(refusal(golden("25")))
        .isEqualTo(
            "The golden image's Java is 25. The project's class 'com.example.Main' is for Java 21"
                + " (class file version 65, preview). Compile the project for it with"
                + " maven.compiler.release 25, or name a golden image of Java 21"
                + ANOTHER_GOLDEN);
    assertThat(refusal(golden("21")))
        .isEqualTo(
            "The project's class 'com.example.Main' uses preview features of Java 21, and nothing"
                + " starts the service with '--enable-preview'. Add '--enable-preview' to"
                + " <container><jvmFlags>, or compile without it.");
    require(golden("21", "JAVA_TOOL_OPTIONS=-Da=b --enable-preview"));
    entrypoint = List.of("java", "--enable-preview", "-cp", "/app/classes", "com.example.Main");
    require(golden("21"));
  }

  @Test
  void classesOfAWarAndItsLibrariesAreTheServices() {
    entrypoint = null;
    Path war =
        new ClassFiles()
            .with("WEB-INF/classes/com/example/Page.class", 21)
            .folder(folder.resolve("war"));
    layer("classes", "var/lib/jetty/webapps/ROOT/", war);

    assertThat(refusal(golden("17")))
        .contains("The project's class 'com.example.Page' is for Java 21 (class file version 65).");

    layers.clear();
    new ClassFiles().with(2, 21).jar(folder.resolve("libs/WEB-INF/lib/util.jar"));
    layer("dependencies", "var/lib/jetty/webapps/ROOT/", folder.resolve("libs"));
    assertThat(refusal(golden("17")))
        .contains("All 2 classes of 'util.jar' are for Java 21 (class file version 65).");
  }

  /** What only lies there may be for something else. */
  @Test
  void extraFilesCountWhereTheClassPathNamesThem() {
    new ClassFiles().with(2, 21).jar(folder.resolve("extra/tool.jar"));
    new ClassFiles().with("com/example/Plugin.class", 21).folder(folder.resolve("extra/more"));
    layer("extra files", "opt/extra/", folder.resolve("extra"));

    require(golden("17"));
    assertThat(console.lines)
        .containsExactly(
            "warning: All 2 classes of 'tool.jar' are for Java 21 (class file version 65). The"
                + " golden image's Java is 17: what needs them fails when it is first used. Nothing"
                + " has to be done where the service runs without them; else take another version,"
                + " or a golden image of a newer Java in <base> or with -Dgolden.base.");

    for (String classPath : List.of("/opt/extra/*", "/opt/extra/tool.jar", "@/app/class-path")) {
      layers.removeIf(layer -> layer.name().equals("argument file"));
      layers.add(
          ServiceLayer.of(
              "argument file", List.of(text("app/class-path", "/a:/opt/extra/tool.jar\n"))));
      entrypoint = List.of("java", "-cp", classPath, "Main");
      assertThat(refusal(golden("17"))).contains("All 2 classes of 'tool.jar' are for Java 21");
    }
    entrypoint = List.of("java", "--class-path=/opt/extra/more", "Main");
    assertThat(refusal(golden("17")))
        .contains("The project's class 'com.example.Plugin' is for Java 21");
  }

  private static LayerEntry text(String path, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new LayerEntry.File(
        path,
        bytes.length,
        () -> new ByteArrayInputStream(bytes),
        0644,
        LayerEntry.Owner.ROOT,
        Instant.EPOCH);
  }

  /** Other people's classes are in it too; its main class is the project's. */
  @Test
  void aProjectInOneJarIsToldByItsMainClass() {
    new ClassFiles()
        .with(100, 8)
        .with("com/example/Main.class", 21)
        .jar(folder.resolve("packaged/orders.jar"));
    layer("classes", "app/classpath/", folder.resolve("packaged"));
    entrypoint = List.of("java", "-cp", "/app/classpath/*", "com.example.Main");

    assertThat(refusal(golden("17")))
        .contains("The project's class 'com.example.Main' is for Java 21 (class file version 65).");
  }

  @Test
  void namesAtMostTenLibraries() {
    for (int at = 10; at < 23; at++) {
      library("lib" + at, new ClassFiles().with(1, 21));
    }

    assertThat(refusal(golden("17")))
        .contains("'org.lib:lib19:1.0'", "So do those of 3 more.")
        .doesNotContain("'org.lib:lib20:1.0'");
  }

  /** Baked before the label. */
  @Test
  void aGoldenThatTellsNoJavaIsLeftToTheGateAndThatIsSaid() {
    classes(new ClassFiles().with("com/example/Main.class", 25));

    require(golden(""), golden(""));

    assertThat(console.lines)
        .containsExactly(
            "The golden image does not say which Java it has: the release gate checks whether it"
                + " loads the classes. A golden image that is baked again with golden:bake says"
                + " it");
  }
}
