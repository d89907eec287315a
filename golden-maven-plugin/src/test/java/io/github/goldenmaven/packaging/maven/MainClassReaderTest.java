package io.github.goldenmaven.packaging.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.packaging.CompiledSources;
import io.github.goldenmaven.packaging.layers.LayeringSettings;
import io.github.goldenmaven.packaging.layers.MainClass;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who names the class that starts a service, in the order of docs/frameworks.md. */
class MainClassReaderTest {

  private static final String BOOT = "org.springframework.boot:spring-boot-maven-plugin";
  private static final String JAR = "org.apache.maven.plugins:maven-jar-plugin";
  private static final String SHADE = "org.apache.maven.plugins:maven-shade-plugin";
  private static final String ASSEMBLY = "org.apache.maven.plugins:maven-assembly-plugin";
  private static final String TRANSFORMER =
      "org.apache.maven.plugins.shade.resource.ManifestResourceTransformer";

  @TempDir private Path folder;

  /** Two classes could be meant: the service, and a tool beside it. */
  private SampleProject two() {
    return SampleProject.jar(folder)
        .compiled(new CompiledSources().withMain("p.Service").withMain("p.Tool"));
  }

  private SampleProject one() {
    return SampleProject.jar(folder).compiled(new CompiledSources().withMain("p.Service"));
  }

  private static String mainClass(SampleProject sample) {
    return String.valueOf(
        MainClass.of(ProjectReader.read(sample.session, sample.project), LayeringSettings.NONE));
  }

  private static String refusal(SampleProject sample) {
    return catchThrowableOfType(RefusedException.class, () -> mainClass(sample)).getMessage();
  }

  private static String execution(String id, String goal, String configuration) {
    return "<executions><execution><id>"
        + id
        + "</id><goals><goal>"
        + goal
        + "</goal></goals><configuration>"
        + configuration
        + "</configuration></execution></executions>";
  }

  @Test
  void springBootsPluginNamesIt() {
    assertThat(mainClass(two().plugin(BOOT, "<mainClass>p.Service</mainClass>")))
        .isEqualTo("p.Service");
    assertThat(
            mainClass(
                two()
                    .wholePlugin(
                        BOOT,
                        execution("exec", "repackage", "<mainClass> p.Service\n</mainClass>"))))
        .isEqualTo("p.Service");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<manifest><mainClass>p.Service</mainClass></manifest>",
        "<manifestEntries><Main-Class>p.Service</Main-Class></manifestEntries>",
        "<manifestEntries><Main-Class>o.s.Launcher</Main-Class><Start-Class>p.Service</Start-Class>"
            + "</manifestEntries>",
      })
  void theManifestOfTheJarNamesIt(String archive) {
    String configuration = "<archive>" + archive + "</archive>";
    assertThat(mainClass(two().plugin(JAR, configuration))).isEqualTo("p.Service");
    assertThat(mainClass(two().wholePlugin(JAR, execution("default-jar", "jar", configuration))))
        .isEqualTo("p.Service");
  }

  @Test
  void aFurtherJarsManifestSaysNothingOfTheService() {
    String further = "<archive><manifest><mainClass>p.Tool</mainClass></manifest></archive>";
    assertThat(
            mainClass(
                one()
                    .wholePlugin(
                        JAR,
                        execution("default-jar", "jar", "<forceCreation>true</forceCreation>")
                            .replace(
                                "</executions>",
                                execution("tool", "jar", further)
                                    .substring("<executions>".length())))))
        .isEqualTo("p.Service");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<mainClass>p.Service</mainClass>",
        "<manifestEntries><Main-Class>p.Service</Main-Class></manifestEntries>"
      })
  void theTransformerOfTheShadePluginNamesIt(String said) {
    assertThat(
            mainClass(
                two()
                    .wholePlugin(
                        SHADE,
                        execution(
                            "all",
                            "shade",
                            "<transformers><transformer implementation='o.a.Services'/>"
                                + "<transformer implementation='"
                                + TRANSFORMER
                                + "'>"
                                + said
                                + "</transformer></transformers>"))))
        .isEqualTo("p.Service");
  }

  @Test
  void theAssemblyPluginNamesIt() {
    assertThat(
            mainClass(
                two()
                    .plugin(
                        ASSEMBLY,
                        "<archive><manifest><mainClass>p.Service</mainClass></manifest></archive>")))
        .isEqualTo("p.Service");
  }

  @Test
  void whatPackagesGoesBeforeWhatRuns() {
    assertThat(
            mainClass(
                two()
                    .property("exec.mainClass", "p.Tool")
                    .plugin(BOOT, "<mainClass>p.Service</mainClass>")
                    .plugin(
                        JAR,
                        "<archive><manifest><mainClass>p.Tool</mainClass></manifest></archive>")))
        .isEqualTo("p.Service");
  }

  @Test
  void aPropertyThatNobodySetNamesNothing() {
    assertThat(mainClass(one().plugin(BOOT, "<mainClass>${start-class}</mainClass>")))
        .isEqualTo("p.Service");
  }

  @Test
  void whatIsNamedButNotThereIsRefusedByWhoNamedIt() {
    SampleProject sample = one().plugin(BOOT, "<mainClass>p.Gone</mainClass>");
    assertThat(refusal(sample))
        .isEqualTo(
            "The main class 'p.Gone' is neither in '"
                + sample.classes()
                + "' nor in a runtime dependency of 'com.example:orders:1.0'. Correct <mainClass>"
                + " of spring-boot-maven-plugin, or name the class in <container><mainClass> or"
                + " with -Dgolden.container.mainClass=….");
  }

  @ParameterizedTest
  @ValueSource(strings = {"start-class", "exec.mainClass", "mainClass"})
  void aPropertyTellsOneOfSeveralApart(String property) {
    assertThat(mainClass(two().property(property, "p.Service"))).isEqualTo("p.Service");
  }

  @ParameterizedTest
  @ValueSource(strings = {"start-class", "exec.mainClass", "mainClass"})
  void aPropertyForgottenInThePomChangesNothing(String property) {
    assertThat(mainClass(one().property(property, "p.Gone"))).isEqualTo("p.Service");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.codehaus.mojo:exec-maven-plugin",
        "io.micronaut.maven:micronaut-maven-plugin",
        "org.apache.camel:camel-maven-plugin"
      })
  void aPluginThatRunsTheProjectTellsOneOfSeveralApart(String plugin) {
    String named = "<mainClass>p.Service</mainClass>";
    assertThat(mainClass(two().plugin(plugin, named))).isEqualTo("p.Service");
    assertThat(mainClass(two().property("exec.mainClass", "p.Gone").plugin(plugin, named)))
        .isEqualTo("p.Service");
  }

  @Test
  void aGeneratorThatABuildRunsIsNotTheService() {
    assertThat(
            refusal(
                two()
                    .wholePlugin(
                        "org.codehaus.mojo:exec-maven-plugin",
                        execution("generate", "java", "<mainClass>p.Tool</mainClass>"))))
        .startsWith("Several classes of 'com.example:orders:1.0' have a main method: ");
  }

  @Test
  void theCommandLineNamesNoClassByAPropertyOfOthers() {
    assertThat(refusal(two().userProperty("exec.mainClass", "p.Tool")))
        .startsWith("Several classes of 'com.example:orders:1.0' have a main method: ");
  }

  @Test
  void springBootsAnnotationTellsOneOfSeveralApart() {
    CompiledSources sources =
        new CompiledSources()
            .with(
                "org.springframework.boot.autoconfigure.SpringBootApplication",
                "package org.springframework.boot.autoconfigure; public @interface"
                    + " SpringBootApplication {}")
            .with(
                "p.Shop",
                "package p; @org.springframework.boot.autoconfigure.SpringBootApplication public"
                    + " class Shop { public static void main(String[] a) {} }")
            .withMain("p.Tool");
    assertThat(mainClass(SampleProject.jar(folder).compiled(sources))).isEqualTo("p.Shop");
  }

  @Test
  void frameworksLaunchersAreNoMainClasses() {
    assertThat(
            mainClass(
                SampleProject.jar(folder)
                    .compiled(
                        new CompiledSources()
                            .withMain("io.quarkus.runner.GeneratedMain")
                            .withMain("org.springframework.boot.loader.launch.JarLauncher")
                            .withMain("p.MainKt"))))
        .isEqualTo("p.MainKt");
  }

  @Test
  void aLauncherInTheManifestDoesNotHideTheService() {
    assertThat(
            mainClass(
                one()
                    .plugin(
                        JAR,
                        "<archive><manifest><mainClass>"
                            + "org.springframework.boot.loader.launch.PropertiesLauncher"
                            + "</mainClass></manifest></archive>")))
        .isEqualTo("p.Service");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Main-Class: p.Service\n",
        "Main-Class: org.springframework.boot.loader.launch.JarLauncher\nStart-Class: p.Service\n",
      })
  void theManifestOfWhatThisBuildPackagedTellsOneOfSeveralApart(String manifest) {
    SampleProject sample =
        two()
            .zip(
                "target/orders-1.0.jar",
                Map.of("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n" + manifest));
    assertThat(refusal(sample)).startsWith("Several classes of ");
    sample.project.getArtifact().setFile(folder.resolve("target/orders-1.0.jar").toFile());
    assertThat(mainClass(sample)).isEqualTo("p.Service");
  }

  @Test
  void anArtifactThatIsNoJarSaysNothing() {
    SampleProject sample = one();
    sample.project.getArtifact().setFile(sample.classes().toFile());
    assertThat(mainClass(sample)).isEqualTo("p.Service");
    sample.file("target/orders-1.0.jar", "no jar");
    sample.project.getArtifact().setFile(folder.resolve("target/orders-1.0.jar").toFile());
    assertThat(mainClass(sample)).isEqualTo("p.Service");
  }
}
