package io.github.goldenmaven.packaging.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.packaging.CompiledSources;
import io.github.goldenmaven.packaging.container.WrittenContainer;
import io.github.goldenmaven.packaging.layers.JarProject.Starts;
import io.github.goldenmaven.packaging.layers.RuntimeDependency.Origin;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, and what is found; the layers themselves are compared with jib's own. */
class LeanLayeringTest {

  private static final String NAME_IT =
      " Name it in <container><mainClass> or with -Dgolden.container.mainClass=….";
  private static final String BUILD_IT =
      " Run 'mvn package' before golden:build-no-fork, or 'mvn golden:build', which does it"
          + " itself.";

  @TempDir private Path folder;

  private JarProject project(@Nullable String jarMainClass, RuntimeDependency... dependencies) {
    List<SaidMain> declared =
        jarMainClass == null
            ? List.of()
            : List.of(new SaidMain(jarMainClass, "<manifest><mainClass> of maven-jar-plugin"));
    return new JarProject(
        "com.example:orders:1.0",
        classes(),
        List.of(dependencies),
        17,
        new Starts(declared, List.of(), null));
  }

  private Path classes() {
    return folder.resolve("classes");
  }

  private static LayeringSettings settings(WrittenContainer container) {
    return LayeringSettings.of(container.build());
  }

  private static WrittenContainer container() {
    return WrittenContainer.empty();
  }

  private static @Nullable String mainClass(JarProject project, LayeringSettings settings) {
    return LeanLayering.layersOf(project, settings).container().mainClass();
  }

  private static String refusal(JarProject project, LayeringSettings settings) {
    return catchThrowableOfType(
            RefusedException.class, () -> LeanLayering.layersOf(project, settings))
        .getMessage();
  }

  @Test
  void refusesAProjectWithoutClassesFolder() {
    assertThat(refusal(project(null), LayeringSettings.NONE))
        .isEqualTo(
            "'com.example:orders:1.0' is not compiled: there is no folder '"
                + classes()
                + "'."
                + BUILD_IT);
  }

  @Test
  void refusesAProjectWithoutAnyClass() throws IOException {
    Files.createDirectories(classes());
    Files.writeString(classes().resolve("application.properties"), "a=b");
    assertThat(refusal(project(null), LayeringSettings.NONE))
        .isEqualTo(
            "'com.example:orders:1.0' is not compiled: there is no class in '"
                + classes()
                + "'."
                + BUILD_IT);
  }

  @Test
  void refusesAProjectWithoutMainClass() {
    new CompiledSources().with("Lib", "class Lib {}").into(classes());
    assertThat(refusal(project(null), LayeringSettings.NONE))
        .isEqualTo("No class of 'com.example:orders:1.0' has a main method." + NAME_IT);
  }

  @Test
  void refusesToChooseAmongMainClasses() {
    new CompiledSources().withMain("b.Two").withMain("a.One").into(classes());
    assertThat(refusal(project(null), LayeringSettings.NONE))
        .isEqualTo(
            "Several classes of 'com.example:orders:1.0' have a main method: 'a.One', 'b.Two'."
                + " Name the one that starts the service in <container><mainClass> or with"
                + " -Dgolden.container.mainClass=….");
  }

  @Test
  void countsAMainClassOfSeveralReleasesOnce() throws IOException {
    new CompiledSources().withMain("a.One").into(classes());
    new CompiledSources().withMain("a.One").into(classes().resolve("META-INF/versions/17"));
    assertThat(mainClass(project(null), LayeringSettings.NONE)).isEqualTo("a.One");
  }

  @Test
  void refusesAMainClassThatIsNotThere() {
    new CompiledSources().withMain("a.One").into(classes());
    String problem =
        "The main class 'a.Other' is neither in '"
            + classes()
            + "' nor in a runtime dependency of 'com.example:orders:1.0'.";
    assertThat(refusal(project(null), settings(container().mainClass("a.Other"))))
        .isEqualTo(
            problem
                + " Correct <container><mainClass> or -Dgolden.container.mainClass, or"
                + " jib-maven-plugin's <mainClass> if neither is set.");
    assertThat(refusal(project("a.Other"), LayeringSettings.NONE))
        .isEqualTo(
            problem
                + " Correct <manifest><mainClass> of maven-jar-plugin, or name the class in"
                + " <container><mainClass> or with -Dgolden.container.mainClass=….");
  }

  @Test
  void findsAMainClassInADependency() throws IOException {
    new CompiledSources().with("Lib", "class Lib {}").into(classes());
    Path jar = folder.resolve("launcher.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("org/boot/Launcher.class"));
    }
    RuntimeDependency launcher = new RuntimeDependency("org.boot:launcher:1", jar, Origin.RELEASE);
    assertThat(mainClass(project("org.boot.Launcher", launcher), LayeringSettings.NONE))
        .isEqualTo("org.boot.Launcher");
  }

  @Test
  void trustsAMainClassThatExtraFilesOrAnExtraClassPathMayBring() throws IOException {
    new CompiledSources().with("Lib", "class Lib {}").into(classes());
    Path extra = Files.createDirectories(folder.resolve("extra"));
    Files.writeString(extra.resolve("agent.jar"), "jar");
    assertThat(
            mainClass(
                project(null),
                settings(container().mainClass("a.Other").extraClasspath(List.of("/opt/a.jar")))))
        .isEqualTo("a.Other");
    assertThat(
            mainClass(
                project(null),
                settings(container().mainClass("a.Other"))
                    .withExtraDirectories(List.of(ExtraDirectory.of(extra)))))
        .isEqualTo("a.Other");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a..b", "a.b.", "a/b", "class"})
  void refusesWhatCannotNameAClass(String name) {
    new CompiledSources().withMain("a.One").into(classes());
    if (name.equals("class")) {
      // A keyword is an identifier to jib; such a class is just not there.
      assertThat(refusal(project(null), settings(container().mainClass(name))))
          .startsWith("The main class 'class' is neither in ");
      return;
    }
    assertThat(refusal(project(null), settings(container().mainClass(name))))
        .isEqualTo(
            "'"
                + name
                + "' in <container><mainClass> is not a name of a class. Write the class with its"
                + " package, like 'com.example.Main', in <container><mainClass> or"
                + " -Dgolden.container.mainClass.");
  }

  @Test
  void looksForItselfWhereTheJarPluginNamesNoClass() {
    new CompiledSources().withMain("a.One").into(classes());
    assertThat(mainClass(project("${start-class}"), LayeringSettings.NONE)).isEqualTo("a.One");
  }

  @Test
  void anEntrypointMakesTheMainClassOptional() {
    new CompiledSources().with("Lib", "class Lib {}").into(classes());
    LayeringSettings own = settings(container().entrypoint(List.of("sh")));
    assertThat(mainClass(project(null), own)).isNull();
    assertThat(mainClass(project("a.Other"), own)).isEqualTo("a.Other");
  }

  @Test
  void refusesADependencyThatIsAFolder() throws IOException {
    new CompiledSources().withMain("a.One").into(classes());
    Path module = Files.createDirectories(folder.resolve("api/target/classes"));
    RuntimeDependency api =
        new RuntimeDependency("com.example:orders-api:1.0", module, Origin.REACTOR);
    assertThat(refusal(project(null, api), LayeringSettings.NONE))
        .isEqualTo(
            "The runtime dependency 'com.example:orders-api:1.0' is not packaged: '"
                + module
                + "' is not a file. Run 'mvn package' from the root of the reactor before"
                + " golden:build-no-fork, or 'mvn golden:build', which does it itself.");
  }

  @Test
  void refusesAnApplicationRootOutsideOfTheImage() {
    new CompiledSources().withMain("a.One").into(classes());
    assertThat(refusal(project(null), settings(container().appRoot("/app/../etc"))))
        .isEqualTo(
            "'/app/../etc' in <container><appRoot> is not an absolute path of an image. Write it in"
                + " <container><appRoot> from the root and without dots, like '/app/data'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8", "799", "rwxr-xr-x", "4755", "01755"})
  void refusesWhatIsNoFileMode(String mode) {
    assertThat(
            catchThrowableOfType(
                    RefusedException.class,
                    () -> FilePermissions.parse(Map.of("/app/run.sh", mode)))
                .getMessage())
        .isEqualTo(
            "'"
                + mode
                + "' for '/app/run.sh' in <extraDirectories><permissions> is not a file mode. Write"
                + " three octal digits, like '755', in <extraDirectories><permissions>.");
  }

  @Test
  void readsAModeWithALeadingZero() {
    assertThat(FilePermissions.parse(Map.of("/app/run.sh", "0750")).bits())
        .isEqualTo(Map.of("/app/run.sh", 0750));
  }

  @Test
  void refusesWhatIsNoGlob() throws IOException {
    assertThat(
            catchThrowableOfType(
                    RefusedException.class, () -> FilePermissions.parse(Map.of("/app/[", "755")))
                .getMessage())
        .isEqualTo(
            "'/app/[' in <extraDirectories><permissions> is not a file or a glob. Write a path or a"
                + " glob like '/app/bin/*.sh' in <extraDirectories><permissions>.");
    new CompiledSources().withMain("a.One").into(classes());
    ExtraDirectory extra =
        new ExtraDirectory(
            Files.createDirectories(folder.resolve("extra")), "/", List.of("{"), List.of());
    assertThat(refusal(project(null), LayeringSettings.NONE.withExtraDirectories(List.of(extra))))
        .isEqualTo(
            "'{' in <extraDirectories><includes> is not a file or a glob. Write a path or a glob"
                + " like '/app/bin/*.sh' in <extraDirectories><includes>.");
  }

  @Test
  void refusesABrokenLink() throws IOException {
    new CompiledSources().withMain("a.One").into(classes());
    Path link = classes().resolve("broken");
    Files.createSymbolicLink(link, Path.of("nowhere"));
    assertThat(refusal(project(null), LayeringSettings.NONE))
        .isEqualTo(
            "'"
                + link
                + "' is neither a file nor a folder. Remove it, or fix the link if it is one.");
  }

  @Test
  void refusesAnExtraDirectoryThatIsNotThere() throws IOException {
    assertThat(extraRefusal(folder.resolve("none")))
        .isEqualTo(
            "The extra directory '"
                + folder.resolve("none")
                + "' is not there. Create it, or remove it from <extraDirectories><paths>.");
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThat(extraRefusal(file))
        .isEqualTo(
            "The extra directory '"
                + file
                + "' is not a folder. Create it, or remove it from <extraDirectories><paths>.");
    assertThat(extraRefusal(Path.of("")))
        .isEqualTo(
            "A <path> in <extraDirectories><paths> does not say which folder it means. Write the"
                + " folder in <from> of that <path>.");
  }

  private String extraRefusal(Path from) {
    return catchThrowableOfType(
            GoldenException.class, () -> ExtraFiles.of(folder, List.of(ExtraDirectory.of(from))))
        .getMessage();
  }

  @Test
  void nobodyNeedsTheDefaultExtraDirectory() throws IOException {
    assertThat(ExtraFiles.of(folder, List.of())).isEmpty();
    Path jib = Files.createDirectories(folder.resolve("src/main/jib"));
    assertThat(ExtraFiles.of(folder, List.of())).containsExactly(ExtraDirectory.of(jib));
  }

  @Test
  void readsNoClassFileThatIsTooLargeToBeOne() throws IOException {
    Files.createDirectories(classes());
    try (RandomAccessFile file =
        new RandomAccessFile(classes().resolve("Huge.class").toFile(), "rw")) {
      file.setLength(64L * 1024 * 1024 + 1);
    }
    assertThat(refusal(project(null), LayeringSettings.NONE))
        .isEqualTo(
            "The class file 'Huge.class' has 67108865 bytes. No class file is that large: remove"
                + " it, or name the class that starts the service in <container><mainClass> or with"
                + " -Dgolden.container.mainClass=….");
  }
}
