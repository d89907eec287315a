package io.github.goldenmaven.packaging.maven;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.buildplan.ContainerBuildPlan;
import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.packaging.CompiledSources;
import io.github.goldenmaven.packaging.container.ServiceContainer;
import io.github.goldenmaven.packaging.jib.JibProvider;
import io.github.goldenmaven.packaging.layers.LayeringSettings;
import io.github.goldenmaven.packaging.layers.PackagedService;
import io.github.goldenmaven.packaging.layers.ServiceLayer;
import io.github.goldenmaven.packaging.maven.ProjectLayering.Choice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Holds both our ways of layering to jib-maven-plugin itself: the same project and POM given to its
 * own goal, its own tars read back.
 */
class ProjectLayeringTest {

  private static final String ONE_OF_TWO =
      " Remove one of the two, or move it to another place: with <into> or <excludes> in"
          + " <extraDirectories>, with <container><appRoot>, or under another name in the project.";

  @TempDir private Path folder;

  private final RecordingLog log = new RecordingLog();
  private final RecordingConsole console = new RecordingConsole();

  private PackagedService layers(SampleProject sample, Choice choice) {
    return new ProjectLayering(
            sample.session, log, console, JibProvider::new, (project, plugin) -> List.of())
        .layersOf(sample.project, LayeringSettings.NONE, choice, folder.resolve("scratch"));
  }

  /** Both ways, except for these folders of the base, which only jib names. */
  private void equalJib(SampleProject sample, String... foldersOfTheBase) throws Exception {
    lean(sample, foldersOfTheBase);
    assertThat(log.debug).contains("Layering 'com.example:orders:1.0' without jib.");
    byJib(sample, foldersOfTheBase);
  }

  private PackagedService lean(SampleProject sample, String... foldersOfTheBase) throws Exception {
    return compared(sample, layers(sample, Choice.AUTO), foldersOfTheBase);
  }

  private PackagedService byJib(SampleProject sample, String... foldersOfTheBase) throws Exception {
    log.debug.clear();
    PackagedService service = layers(sample, Choice.JIB);
    assertThat(log.debug).contains("Layering 'com.example:orders:1.0' with jib-maven-plugin.");
    return compared(sample, service, foldersOfTheBase);
  }

  private static PackagedService compared(
      SampleProject sample, PackagedService ours, String... foldersOfTheBase) throws Exception {
    JibItself jib = JibItself.of(sample);
    List<String> ofTheBase = Arrays.stream(foldersOfTheBase).map(path -> path + " ").toList();
    List<String> named = jib.layers().stream().flatMap(layer -> layer.entries().stream()).toList();
    assertThat(ofTheBase)
        .allSatisfy(path -> assertThat(named).anyMatch(line -> line.startsWith(path)));
    List<JibItself.Layer> expected =
        jib.layers().stream()
            .map(layer -> without(layer, ofTheBase))
            .filter(layer -> !layer.entries().isEmpty())
            .toList();
    assertThat(LayerListing.of(ours)).isEqualTo(expected);
    assertThat(facts(ours.container())).isEqualTo(facts(jib.plan()));
    return ours;
  }

  private static JibItself.Layer without(JibItself.Layer layer, List<String> paths) {
    return new JibItself.Layer(
        layer.name(),
        layer.entries().stream()
            .filter(line -> paths.stream().noneMatch(line::startsWith))
            .toList());
  }

  private static Map<String, String> facts(ServiceContainer container) {
    return Map.of(
        "entrypoint", String.valueOf(container.entrypoint()),
        "cmd", String.valueOf(container.cmd()),
        "environment", container.environment().toString(),
        "labels", container.labels().toString(),
        "ports", container.ports().toString(),
        "volumes", container.volumes().toString(),
        "user", String.valueOf(container.user()),
        "workingDirectory", String.valueOf(container.workingDirectory()));
  }

  private static Map<String, String> facts(ContainerBuildPlan plan) {
    return Map.of(
        "entrypoint", String.valueOf(plan.getEntrypoint()),
        "cmd", String.valueOf(plan.getCmd()),
        "environment", new java.util.TreeMap<>(plan.getEnvironment()).toString(),
        "labels", new java.util.TreeMap<>(plan.getLabels()).toString(),
        "ports", plan.getExposedPorts().stream().map(Object::toString).sorted().toList().toString(),
        "volumes", plan.getVolumes().stream().map(Object::toString).sorted().toList().toString(),
        "user", String.valueOf(plan.getUser()),
        "workingDirectory", String.valueOf(plan.getWorkingDirectory()));
  }

  private SampleProject jar() {
    return SampleProject.jar(folder);
  }

  @Test
  void aServiceWithEveryKindOfDependencyEqualsJib() throws Exception {
    SampleProject sample =
        jar()
            .compiledMain()
            .compiled(
                new CompiledSources()
                    .with("com.example.inner.Helper", "package com.example.inner; class Helper {}"))
            .file("target/classes/application.properties", "port=8080")
            .file("target/classes/META-INF/services/com.example.Service", "com.example.Main")
            .file("target/classes/static/empty.html", "")
            .dependency("org.released", "zebra", "2.0", "zebra")
            .dependency("org.released", "alpha", "1.0", "alpha")
            .dependency("org.moving", "snap", "3.0-SNAPSHOT", "moving")
            .module("orders-api", "api");
    equalJib(sample);
    assertThat(layers(sample, Choice.AUTO).layers())
        .extracting("name")
        .containsExactly(
            "dependencies",
            "snapshot dependencies",
            "project dependencies",
            "resources",
            "classes",
            "jvm arg files");
  }

  @Test
  void dependenciesOfOneNameAreToldApartBySizeLikeJib() throws Exception {
    equalJib(
        jar()
            .compiledMain()
            .dependency("org.first", "util", "1.0", "first")
            .dependency("org.second", "util", "1.0", "the second")
            .dependency("org.third", "util", "1.0-SNAPSHOT", "third")
            .dependency("org.fourth", "util", "1.0-SNAPSHOT", "the fourth one")
            .module("other", "other"));
  }

  /**
   * jib gives both one name: one is missing in its image, and the other twice on its class path.
   */
  @ParameterizedTest
  @EnumSource(Choice.class)
  void dependenciesOfOneNameAndSizeAreBothThere(Choice choice) throws Exception {
    PackagedService service =
        layers(
            jar()
                .compiledMain()
                .dependency("org.first", "util", "1.0", "first")
                .dependency("org.second", "util", "1.0", "other")
                .dependency("org.third", "util-1.0-5", "2", "third")
                .dependency("com.example.one", "api", "1.0", "mine1")
                .dependency("com.example.two", "api", "1.0", "mine2")
                .reactor("api"),
            choice);

    assertThat(contents(service, "app/libs/"))
        .containsExactlyInAnyOrder(
            "app/libs/util-1.0-5.jar first",
            "app/libs/util-1.0-5-3.jar other",
            "app/libs/util-1.0-5-2.jar third",
            "app/libs/api-1.0-5.jar mine1",
            "app/libs/api-1.0-5-2.jar mine2");
    assertThat(contents(service, "app/jib-classpath-file"))
        .containsExactly(
            "app/jib-classpath-file /app/resources:/app/classes:/app/libs/util-1.0-5.jar"
                + ":/app/libs/util-1.0-5-3.jar:/app/libs/util-1.0-5-2.jar"
                + ":/app/libs/api-1.0-5.jar:/app/libs/api-1.0-5-2.jar");
  }

  @ParameterizedTest
  @EnumSource(Choice.class)
  void whatSpringBootsRepackagingLeavesOutIsLeftOutAndSaid(Choice choice) throws Exception {
    PackagedService service = layers(springBoot(""), choice);

    assertThat(contents(service, "app/libs/"))
        .containsExactly("app/libs/spring-boot-3.5.0.jar boot");
    assertThat(contents(service, "app/jib-classpath-file"))
        .containsExactly(
            "app/jib-classpath-file"
                + " /app/resources:/app/classes:/app/libs/spring-boot-3.5.0.jar");
    assertThat(console.lines)
        .containsExactly(
            "Left out, as Spring Boot's repackaging does: 'spring-boot-devtools-3.5.0',"
                + " 'spring-boot-docker-compose-3.5.0'");
  }

  @ParameterizedTest
  @EnumSource(Choice.class)
  void whatSpringBootsRepackagingIsToKeepIsKept(Choice choice) throws Exception {
    PackagedService service =
        layers(
            springBoot("<excludeDevtools>false</excludeDevtools>")
                .property("spring-boot.repackage.excludeDockerCompose", "false")
                .userProperty("spring-boot.repackage.excludeDevtools", "true"),
            choice);

    assertThat(contents(service, "app/libs/")).hasSize(3);
    assertThat(console.lines).isEmpty();
  }

  @Test
  void whatASpringBootExecutionIsToKeepIsKept() throws Exception {
    SampleProject sample = springBoot("");
    sample
        .project
        .getBuild()
        .removePlugin(
            sample.project.getPlugin("org.springframework.boot:spring-boot-maven-plugin"));
    sample.wholePlugin(
        "org.springframework.boot:spring-boot-maven-plugin",
        "<executions><execution><goals><goal>repackage</goal></goals><configuration>"
            + "<excludeDevtools>false</excludeDevtools></configuration></execution></executions>");

    assertThat(contents(layers(sample, Choice.AUTO), "app/libs/"))
        .containsExactly(
            "app/libs/spring-boot-3.5.0.jar boot", "app/libs/spring-boot-devtools-3.5.0.jar tools");
  }

  @ParameterizedTest
  @EnumSource(Choice.class)
  void whatSpringBootsFiltersTakeOutIsLeftOutAndSaid(Choice choice) throws Exception {
    SampleProject sample =
        springBoot(
                "<excludes><exclude><groupId>org.projectlombok</groupId><artifactId>lombok"
                    + "</artifactId></exclude><exclude><groupId>org.lib</groupId><artifactId>one"
                    + "</artifactId><classifier>tests</classifier></exclude></excludes>"
                    + "<excludeGroupIds>org.dev, org.tools</excludeGroupIds>")
            .dependency("org.projectlombok", "lombok", "1.18", "lombok")
            .dependency("org.lib", "one", "1.0", "one")
            .dependency("org.dev", "a", "1.0", "a")
            .dependency("org.tools", "b", "1.0", "b");

    PackagedService service = layers(sample, choice);

    assertThat(contents(service, "app/libs/"))
        .containsExactlyInAnyOrder(
            "app/libs/spring-boot-3.5.0.jar boot", "app/libs/one-1.0.jar one");
    assertThat(console.lines)
        .containsExactly(
            "Left out, as Spring Boot's repackaging does: 'spring-boot-devtools-3.5.0',"
                + " 'spring-boot-docker-compose-3.5.0', 'lombok-1.18', 'a-1.0', 'b-1.0'");
  }

  @ParameterizedTest
  @CsvSource({
    "3.5.7, '', true",
    "3.5.7, <includeOptional>false</includeOptional>, false",
    "4.0.0, '', false",
    "10.1.0, '', false",
    "4.0.0, <includeOptional>true</includeOptional>, true",
    ", '', true",
  })
  void whatAProjectCallsOptionalIsKeptAsItsSpringBootKeepsIt(
      @Nullable String version, String configuration, boolean kept) throws Exception {
    SampleProject sample = springBoot(configuration).dependency("org.lib", "one", "1.0", "one");
    sample
        .project
        .getPlugin("org.springframework.boot:spring-boot-maven-plugin")
        .setVersion(version);
    sample.project.getArtifacts().stream()
        .filter(artifact -> artifact.getArtifactId().equals("one"))
        .forEach(artifact -> artifact.setOptional(true));

    List<String> libraries = contents(layers(sample, Choice.AUTO), "app/libs/");

    assertThat(libraries.contains("app/libs/one-1.0.jar one")).isEqualTo(kept);
    assertThat(console.lines.get(0).contains("'one-1.0'")).isNotEqualTo(kept);
  }

  @Test
  void springBootsFiltersMayBePropertiesAndNameWhatAloneIsKept() throws Exception {
    SampleProject excluded =
        springBoot("")
            .dependency("org.lib", "one", "1.0", "one")
            .dependency("org.lib", "two", "1.0", "two")
            .property("spring-boot.excludes", "org.lib:one, org.lib:two:tests");
    SampleProject included =
        springBoot("")
            .dependency("org.lib", "three", "1.0", "three")
            .property("spring-boot.includes", "org.springframework.boot:spring-boot");

    assertThat(contents(layers(excluded, Choice.AUTO), "app/libs/"))
        .containsExactly("app/libs/spring-boot-3.5.0.jar boot", "app/libs/two-1.0.jar two");
    assertThat(contents(layers(included, Choice.AUTO), "app/libs/"))
        .containsExactly("app/libs/spring-boot-3.5.0.jar boot");
  }

  /** Boot's own default; without its plugin nothing is filtered. */
  @Test
  void aDependencyOfTheSystemScopeIsLeftOutUnlessItIsIncluded() throws Exception {
    List<String> kept = new ArrayList<>();
    for (String configuration : List.of("", "<includeSystemScope>true</includeSystemScope>")) {
      SampleProject sample = springBoot(configuration).dependency("org.os", "os", "1.0", "os");
      sample.project.getArtifacts().stream()
          .filter(artifact -> artifact.getGroupId().equals("org.os"))
          .forEach(artifact -> artifact.setScope("system"));
      kept.addAll(contents(layers(sample, Choice.AUTO), "app/libs/os"));
    }

    assertThat(kept).containsExactly("app/libs/os-1.0.jar os");
  }

  private SampleProject springBoot(String configuration) {
    String group = "org.springframework.boot";
    return jar()
        .compiledMain()
        .dependency(group, "spring-boot", "3.5.0", "boot")
        .dependency(group, "spring-boot-devtools", "3.5.0", "tools")
        .dependency(group, "spring-boot-docker-compose", "3.5.0", "compose")
        .plugin("org.springframework.boot:spring-boot-maven-plugin", configuration);
  }

  /** Path and content of the files whose path begins so. */
  private static List<String> contents(PackagedService service, String prefix) throws IOException {
    List<String> contents = new ArrayList<>();
    for (ServiceLayer layer : service.layers()) {
      for (LayerEntry entry : layer.entries()) {
        if (entry instanceof LayerEntry.File file && file.path().startsWith(prefix)) {
          try (InputStream in = file.content().open()) {
            contents.add(file.path() + " " + new String(in.readAllBytes(), UTF_8));
          }
        }
      }
    }
    return contents;
  }

  @ParameterizedTest
  @EnumSource(Choice.class)
  void aPathThatComesTwiceWithOtherContentIsRefused(Choice choice) {
    SampleProject sample =
        jar()
            .compiledMain()
            .file("target/classes/same.txt", "same")
            .file("target/classes/port.txt", "8080")
            .file("target/classes/Port.txt", "in capitals")
            .file("src/main/jib/app/resources/same.txt", "same")
            .file("src/main/jib/app/resources/port.txt", "9090");

    assertThatThrownBy(() -> layers(sample, choice))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'/app/resources/port.txt' is there twice with different content: from '%1$s/target/classes/port.txt'"
                    .formatted(folder)
                + " (resources) and from '%1$s/src/main/jib/app/resources/port.txt' (extra files)."
                    .formatted(folder)
                + ONE_OF_TWO);
  }

  @ParameterizedTest
  @EnumSource(Choice.class)
  void twoExtraDirectoriesMustNotBringOnePathNorAFileWhereAFolderIs(Choice choice) {
    SampleProject sample =
        jar()
            .compiledMain()
            .dependency("org.released", "alpha", "1.0", "alpha")
            .file("one/opt/tool.sh", "run")
            .file("two/opt/tool.sh", "end")
            .file("two/app/libs/alpha-1.0.jar", "other")
            .file("two/app/classes/com", "a file")
            .plugin(
                SampleProject.JIB,
                "<extraDirectories><paths><path>one</path><path>two</path></paths></extraDirectories>");

    assertThatThrownBy(() -> layers(sample, choice))
        .isInstanceOf(RefusedException.class)
        .hasMessageContainingAll(
            "'/app/libs/alpha-1.0.jar' is there twice with different content: from '"
                + folder
                + "/repository/org.released/alpha-1.0.jar' (dependencies) and from '"
                + folder
                + "/two/app/libs/alpha-1.0.jar' (extra files). ",
            "'/app/classes/com' is there once as a file and once as a folder: from a folder"
                + " (classes) and from '"
                + folder
                + "/two/app/classes/com' (extra files). ",
            "'/opt/tool.sh' is there twice with different content: from '"
                + folder
                + "/one/opt/tool.sh' (extra files) and from '"
                + folder
                + "/two/opt/tool.sh' (extra files)."
                + ONE_OF_TWO);
  }

  @ParameterizedTest
  @EnumSource(Choice.class)
  void whatGoldenBuildWritesIsNotReplaced(Choice choice) {
    SampleProject sample = jar().compiledMain().file("src/main/jib/app/jib-main-class-file", "x");

    assertThatThrownBy(() -> layers(sample, choice))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(
            "'/app/jib-main-class-file' is there twice with different content: from ")
        .hasMessageContaining("/src/main/jib/app/jib-main-class-file' (extra files).");
  }

  @Test
  void anExtraFileOverAWarsContentIsRefused() {
    SampleProject sample =
        war("").file("src/main/jib/var/lib/jetty/webapps/ROOT/index.html", "another");

    assertThatThrownBy(() -> layers(sample, Choice.AUTO))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith(
            "'/var/lib/jetty/webapps/ROOT/index.html' is there twice with different content: from"
                + " '")
        .hasMessageEndingWith(
            "/src/main/jib/var/lib/jetty/webapps/ROOT/index.html' (extra files)." + ONE_OF_TWO);
  }

  @Test
  void javaEightGetsAWildcardLikeJib() throws Exception {
    equalJib(
        jar()
            .property("maven.compiler.target", "1.8")
            .compiledMain()
            .dependency("org.released", "alpha", "1.0", "alpha"));
  }

  @Test
  void javaEightGetsEveryJarByNameLikeJibWhereAsked() throws Exception {
    equalJib(
        jar()
            .property("maven.compiler.target", "1.8")
            .compiledMain()
            .plugin(
                SampleProject.JIB,
                "<container><expandClasspathDependencies>true</expandClasspathDependencies></container>")
            .dependency("org.released", "alpha", "1.0", "alpha"));
  }

  @Test
  void theCompilerPluginsReleaseCountsLikeInJib() throws Exception {
    equalJib(
        SampleProject.of(folder, "jar")
            .plugin("org.apache.maven.plugins:maven-compiler-plugin", "<release>11</release>")
            .compiledMain());
  }

  @Test
  void aProjectThatSaysNoJavaVersionEqualsJib() throws Exception {
    equalJib(SampleProject.of(folder, "jar").compiledMain());
  }

  @Test
  void modulesAndKotlinMetadataEqualJib() throws Exception {
    equalJib(
        jar()
            .compiled(
                new CompiledSources()
                    .with("module-info", "module orders { exports com.example; }")
                    .withMain("com.example.Main"))
            .file("target/classes/META-INF/orders.kotlin_module", "kotlin"));
  }

  @Test
  void theJarPluginsMainClassGoesFirstLikeInJib() throws Exception {
    equalJib(
        jar()
            .compiled(new CompiledSources().withMain("com.example.One").withMain("com.example.Two"))
            .plugin(
                "org.apache.maven.plugins:maven-jar-plugin",
                "<archive><manifest><mainClass>com.example.Two</mainClass></manifest></archive>"));
  }

  @Test
  void everythingThatAnExistingContainerSaysIsTakenLikeByJib() throws Exception {
    equalJib(
        jar()
            .compiledMain()
            .compiled(new CompiledSources().withMain("com.example.Other"))
            .plugin(
                SampleProject.JIB,
                """
                <container>
                  <appRoot>/srv/orders</appRoot>
                  <args><arg>--port</arg><arg>8080</arg></args>
                  <environment><B>2</B><A>1</A></environment>
                  <extraClasspath><path>/opt/agent/lib.jar</path></extraClasspath>
                  <filesModificationTime>2026-01-02T03:04:05+09:00</filesModificationTime>
                  <jvmFlags><flag>-Xmx1g</flag><flag>-Dx=a b</flag></jvmFlags>
                  <labels><team>shop</team></labels>
                  <mainClass>com.example.Other</mainClass>
                  <ports><port>8080</port><port>9000-9002/udp</port></ports>
                  <user>1000:1000</user>
                  <volumes><volume>/data</volume><volume>/cache//</volume></volumes>
                  <workingDirectory>/work</workingDirectory>
                </container>
                """)
            .dependency("org.released", "alpha", "1.0", "alpha"),
        "srv/");
  }

  @Test
  void anOwnEntrypointNeedsNoMainClassLikeInJib() throws Exception {
    equalJib(
        jar()
            .compiled(
                new CompiledSources().with("com.example.Lib", "package com.example; class Lib {}"))
            .plugin(
                SampleProject.JIB,
                "<container><entrypoint><shell>sh</shell><arg>/app/run.sh</arg></entrypoint></container>"));
  }

  @Test
  void anInheritedEntrypointEqualsJib() throws Exception {
    equalJib(
        jar()
            .compiledMain()
            .plugin(
                SampleProject.JIB,
                "<container><entrypoint>INHERIT</entrypoint><args/></container>"));
  }

  @Test
  void propertiesOfThePomGoBeforeItsElementsLikeInJib() throws Exception {
    equalJib(
        jar()
            .compiledMain()
            .property("jib.container.args", "a\\,b,c")
            .property("jib.container.environment", "A=1,B=x=y")
            .property("jib.container.appRoot", "/service")
            .plugin(SampleProject.JIB, "<container><args><arg>no</arg></args></container>"));
  }

  @Test
  void extraFilesEqualJibExceptForFoldersOfTheBase() throws Exception {
    equalJib(
        jar()
            .compiledMain()
            .file("src/main/jib/etc/company/app.conf", "x")
            .file("src/main/jib/tmp/seed", "x")
            .file("src/main/jib/company/tool.sh", "x")
            .file("src/main/jib/app/classes/extra.txt", "x"),
        "etc/",
        "tmp/");
  }

  @Test
  void extraFilesWithGlobsModesAndPlacesEqualJib() throws Exception {
    equalJib(
        jar()
            .compiledMain()
            .file("one/bin/run.sh", "run")
            .file("one/bin/stop.sh", "stop")
            .file("one/readme.txt", "text")
            .file("two/deep/er/keep.txt", "keep")
            .file("two/deep/er/drop.bin", "drop")
            .file("two/drop.txt", "drop")
            .plugin(
                SampleProject.JIB,
                """
                <extraDirectories>
                  <paths>
                    <path>one</path>
                    <path>
                      <from>two</from>
                      <into>/opt/two</into>
                      <includes><include>**/*.txt</include></includes>
                      <excludes><exclude>drop*</exclude></excludes>
                    </path>
                  </paths>
                  <permissions>
                    <permission><file>/bin/run.sh</file><mode>750</mode></permission>
                    <permission><file>/bin/*.sh</file><mode>755</mode></permission>
                    <permission><file>/opt/two/deep/**</file><mode>600</mode></permission>
                  </permissions>
                </extraDirectories>
                """),
        "bin/",
        "opt/");
  }

  @Test
  void linksInExtraFilesStandForWhatTheyPointToLikeInJib() throws Exception {
    SampleProject sample = jar().compiledMain().file("outside/file.txt", "content");
    java.nio.file.Files.createDirectories(folder.resolve("src/main/jib/data"));
    java.nio.file.Files.createSymbolicLink(
        folder.resolve("src/main/jib/data/file"), folder.resolve("outside/file.txt"));
    java.nio.file.Files.createSymbolicLink(
        folder.resolve("src/main/jib/data/folder"), folder.resolve("outside"));
    equalJib(sample);
  }

  @Test
  void aPackagedJarEqualsJib() throws Exception {
    byJib(
        jar()
            .compiledMain()
            .zip("target/orders-1.0.jar", Map.of("com/example/Main.class", "bytes"))
            .plugin(SampleProject.JIB, "<containerizingMode>packaged</containerizingMode>")
            .dependency("org.released", "alpha", "1.0", "alpha"));
  }

  @Test
  void aRepackagedSpringBootJarGivesItsOriginalLikeInJib() throws Exception {
    PackagedService service =
        byJib(
            jar()
                .compiledMain()
                .zip("target/orders-1.0.jar", Map.of("BOOT-INF/classes/Main.class", "bytes"))
                .zip("target/orders-1.0.jar.original", Map.of("com/example/Main.class", "bytes"))
                .plugin(SampleProject.JIB, "<containerizingMode>packaged</containerizingMode>")
                .wholePlugin(
                    "org.springframework.boot:spring-boot-maven-plugin",
                    "<executions><execution><goals><goal>repackage</goal></goals></execution></executions>"));
    assertThat(paths(service)).contains("app/classpath/orders-1.0.original.jar");
  }

  @Test
  void aRepackagedSpringBootProjectNeedsNoJibWhenItIsExploded() throws Exception {
    equalJib(
        jar()
            .compiledMain()
            .zip("target/orders-1.0.jar", Map.of("BOOT-INF/classes/Main.class", "bytes"))
            .wholePlugin(
                "org.springframework.boot:spring-boot-maven-plugin",
                "<executions><execution><goals><goal>repackage</goal></goals></execution></executions>"));
  }

  @Test
  void aWarEqualsJibOnABaseOfOnesOwn() throws Exception {
    PackagedService service =
        byJib(war(""), "var/", "var/lib/", "var/lib/jetty/", "var/lib/jetty/webapps/");
    assertThat(service.container().entrypoint()).isNull();
    assertThat(service.container().mainClass()).isNull();
    assertThat(paths(service)).contains("var/lib/jetty/webapps/ROOT/WEB-INF/lib/alpha-1.0.jar");
  }

  @Test
  void aWarInAnotherPlaceWithAnEntrypointEqualsJib() throws Exception {
    byJib(
        war(
            "<container><appRoot>/opt/tomcat/webapps/ROOT</appRoot><entrypoint><e>catalina.sh</e><e>run</e></entrypoint></container>"),
        "opt/",
        "opt/tomcat/",
        "opt/tomcat/webapps/");
  }

  private SampleProject war(String container) {
    return SampleProject.of(folder, "war")
        .property("maven.compiler.release", "17")
        .plugin(
            SampleProject.JIB,
            "<from><image>registry.example/golden/jetty:12</image></from>" + container)
        .dependency("com.example", "orders-api", "1.0", "api")
        .reactor("orders-api")
        .zip(
            "target/orders-1.0.war",
            Map.of(
                "index.html", "hello",
                "WEB-INF/web.xml", "<web-app/>",
                "WEB-INF/classes/com/example/Page.class", "class",
                "WEB-INF/classes/page.properties", "a=b",
                "WEB-INF/lib/alpha-1.0.jar", "alpha",
                "WEB-INF/lib/snap-1.0-SNAPSHOT.jar", "snap",
                "WEB-INF/lib/orders-api-1.0.jar", "api"));
  }

  private static List<String> paths(PackagedService service) {
    return service.layers().stream()
        .flatMap(layer -> layer.entries().stream())
        .map(entry -> entry.path())
        .collect(Collectors.toList());
  }
}
