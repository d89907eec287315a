package io.github.goldenmaven.packaging.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.packaging.container.WrittenContainer;
import io.github.goldenmaven.packaging.jib.JibProvider;
import io.github.goldenmaven.packaging.layers.LayeringSettings;
import io.github.goldenmaven.packaging.layers.PackagedService;
import io.github.goldenmaven.packaging.maven.ProjectLayering.Choice;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectLayeringRefusalsTest {

  private static final String BUILD_IT =
      " Run 'mvn package' before golden:build-no-fork, or 'mvn golden:build', which does it"
          + " itself.";

  @TempDir private Path folder;

  private final RecordingConsole console = new RecordingConsole();

  private PackagedService layers(SampleProject sample, LayeringSettings settings, Choice choice) {
    return new ProjectLayering(
            sample.session,
            new RecordingLog(),
            console,
            JibProvider::new,
            (project, plugin) -> List.of())
        .layersOf(sample.project, settings, choice, folder.resolve("scratch"));
  }

  private PackagedService layers(SampleProject sample) {
    return layers(sample, LayeringSettings.NONE, Choice.AUTO);
  }

  private String refusal(SampleProject sample, Choice choice) {
    return catchThrowableOfType(
            GoldenException.class, () -> layers(sample, LayeringSettings.NONE, choice))
        .getMessage();
  }

  private String refusal(SampleProject sample) {
    return refusal(sample, Choice.AUTO);
  }

  @Test
  void refusesAProjectThatOnlyHoldsModules() {
    assertThat(refusal(SampleProject.of(folder, "pom")))
        .isEqualTo(
            "'com.example:orders:1.0' has packaging 'pom': there is nothing in it to put into an"
                + " image. Run golden:build in the module that is the service, or set golden.skip"
                + " to true in this POM's properties and to false in the modules'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ear", "maven-plugin", "rar", "maven-archetype"})
  void refusesWhatIsNoService(String packaging) {
    assertThat(refusal(SampleProject.of(folder, packaging).compiledMain()))
        .isEqualTo(
            "'com.example:orders:1.0' has packaging '"
                + packaging
                + "', which is not a service that can be started. Run golden:build in a module with"
                + " packaging 'jar' or 'war', or set golden.skip here.");
  }

  @ParameterizedTest
  @EnumSource(Choice.class)
  void bothWaysRefuseAProjectThatIsNotCompiled(Choice choice) {
    SampleProject sample = SampleProject.jar(folder);
    assertThat(refusal(sample, choice))
        .isEqualTo(
            "'com.example:orders:1.0' is not compiled: there is no folder '"
                + sample.classes()
                + "'."
                + BUILD_IT);
  }

  @ParameterizedTest
  @EnumSource(Choice.class)
  void bothWaysRefuseAProjectWithoutMainClass(Choice choice) {
    SampleProject sample =
        SampleProject.jar(folder).compiledMain().property("jib.container.mainClass", "p.Other");
    assertThat(refusal(sample, choice))
        .isEqualTo(
            "The main class 'p.Other' is neither in '"
                + sample.classes()
                + "' nor in a runtime dependency of 'com.example:orders:1.0'. Correct"
                + " <container><mainClass> or -Dgolden.container.mainClass, or jib-maven-plugin's"
                + " <mainClass> if neither is set.");
  }

  @ParameterizedTest
  @EnumSource(Choice.class)
  void bothWaysRefuseADependencyWithoutFile(Choice choice) {
    SampleProject sample =
        SampleProject.jar(folder)
            .compiledMain()
            .artifact(SampleProject.artifact("com.example", "orders-api", "1.0", null));
    assertThat(refusal(sample, choice))
        .isEqualTo(
            "The runtime dependency 'com.example:orders-api:1.0' of 'com.example:orders:1.0' has no"
                + " file. Run 'mvn package' from the root of the reactor before"
                + " golden:build-no-fork, or 'mvn golden:build', which does it itself.");
  }

  @ParameterizedTest
  @EnumSource(Choice.class)
  void bothWaysRefuseAModuleThatIsOnlyCompiled(Choice choice) {
    SampleProject sample = SampleProject.jar(folder).compiledMain();
    sample.artifact(SampleProject.artifact("com.example", "orders-api", "1.0", sample.classes()));
    assertThat(refusal(sample, choice))
        .isEqualTo(
            "The runtime dependency 'com.example:orders-api:1.0' is not packaged: '"
                + sample.classes()
                + "' is not a file. Run 'mvn package' from the root of the reactor before"
                + " golden:build-no-fork, or 'mvn golden:build', which does it itself.");
  }

  @ParameterizedTest
  @EnumSource(Choice.class)
  void bothWaysRefuseMalformedSettings(Choice choice) {
    SampleProject sample =
        SampleProject.jar(folder).compiledMain().property("jib.container.ports", "http");
    assertThat(refusal(sample, choice))
        .isEqualTo(
            "'http' in <container><ports> is not a port. Write ports of 1 to 65535 in"
                + " <container><ports>, like '8080', '8000-8010' or '53/udp'.");
  }

  @Test
  void refusesAnUnknownContainerizingMode() {
    SampleProject sample =
        SampleProject.jar(folder).compiledMain().property("jib.containerizingMode", "Packaged");
    assertThat(refusal(sample))
        .isEqualTo(
            "'Packaged' in <containerizingMode> is not a containerizing mode. Write 'exploded' or"
                + " 'packaged' in <containerizingMode> or -Dgolden.containerizingMode.");
  }

  @Test
  void refusesAnUnknownLayering() {
    assertThat(Choice.parse("Auto")).isEqualTo(Choice.AUTO);
    assertThat(Choice.parse("jib")).isEqualTo(Choice.JIB);
    assertThat(
            catchThrowableOfType(RefusedException.class, () -> Choice.parse("kaniko")).getMessage())
        .isEqualTo(
            "'kaniko' in <layering> is not a way of layering. Write 'auto' or 'jib' in <layering>"
                + " or -Dgolden.layering.");
  }

  @Test
  void refusesAPackagedModeWithoutJar() {
    SampleProject sample =
        SampleProject.jar(folder).compiledMain().property("jib.containerizingMode", "packaged");
    assertThat(refusal(sample))
        .isEqualTo(
            "'com.example:orders:1.0' is not packaged: '"
                + folder.resolve("target/orders-1.0.jar")
                + "' is not there."
                + BUILD_IT);
  }

  @Test
  void refusesAWarThatIsNotPackaged() {
    assertThat(refusal(SampleProject.of(folder, "war")))
        .isEqualTo(
            "'com.example:orders:1.0' is not packaged: '"
                + folder.resolve("target/orders-1.0.war")
                + "' is not there."
                + BUILD_IT);
  }

  @Test
  void refusesAPackagedWar() {
    assertThat(
            refusal(SampleProject.of(folder, "war").property("jib.containerizingMode", "packaged")))
        .isEqualTo(
            "'packaged' in <containerizingMode> does not go with a WAR, which is unpacked always."
                + " Leave <containerizingMode> out for 'com.example:orders:1.0'.");
  }

  @Test
  void refusesAWarThatLeavesItsFolder() {
    SampleProject sample =
        SampleProject.of(folder, "war").zip("target/orders-1.0.war", Map.of("../evil", "x"));
    assertThat(refusal(sample))
        .startsWith("The files of 'com.example:orders:1.0' cannot be read: '")
        .endsWith(
            "Check that the project is built, and that this user may read and write in its"
                + " folder.");
    assertThat(folder.resolve("scratch/jib/evil")).doesNotExist();
  }

  @Test
  void warnsThatTheClockOfAnExistingJibIsNotFollowed() {
    SampleProject sample =
        SampleProject.jar(folder)
            .compiledMain()
            .property("jib.container.creationTime", "USE_CURRENT_TIMESTAMP");
    assertThat(layers(sample).container().created()).isNull();
    assertThat(console.lines)
        .containsExactly(
            "warning: jib-maven-plugin's <creationTime> is 'USE_CURRENT_TIMESTAMP', which"
                + " golden:build does not follow: the image would be another one at every build."
                + " Nothing has to be done; a <container><creationTime> of golden-maven-plugin"
                + " silences this.");
  }

  private SampleProject bound(String phase, String configuration) {
    return SampleProject.jar(folder)
        .compiledMain()
        .wholePlugin(
            SampleProject.JIB,
            "<executions><execution><phase>"
                + phase
                + "</phase><goals><goal>build</goal></goals><configuration>"
                + configuration
                + "</configuration></execution></executions>");
  }

  @Test
  void warnsThatAJibBoundToAnEarlierPhaseMakesAnImageToo() {
    layers(bound("package", ""));
    assertThat(console.lines)
        .containsExactly(
            "warning: The POM binds jib-maven-plugin's goal 'build' to the phase 'package':"
                + " golden:build runs that phase first, so jib makes an image of its own beside"
                + " this one, on its own base and to its own target. Give -Djib.skip=true to Maven,"
                + " or remove that <execution> from the POM.");
  }

  @Test
  void saysNothingOfAJibThatDoesNotRun() {
    layers(bound("deploy", ""));
    layers(bound("package", "<skip>true</skip>"));
    layers(bound("package", "").userProperty("jib.skip", "true"));
    layers(bound("package", "").property("jib.skip", "true"));
    assertThat(console.lines).isEmpty();
  }

  @Test
  void warnsAboutWhatAWarIgnores() {
    SampleProject sample =
        SampleProject.of(folder, "war")
            .zip("target/orders-1.0.war", Map.of("index.html", "x"))
            .property("jib.container.jvmFlags", "-Xmx1g");
    layers(sample);
    assertThat(console.lines)
        .containsExactly(
            "warning: <mainClass>, <jvmFlags>, <extraClasspath> and"
                + " <expandClasspathDependencies> of"
                + " <container> have no effect on the WAR 'com.example:orders:1.0'. Take them out;"
                + " the base's servlet engine says how it starts.");
  }

  @ParameterizedTest
  @EnumSource(Choice.class)
  void whatIsSaidToUsWinsOverAnExistingJib(Choice choice) {
    SampleProject sample =
        SampleProject.jar(folder)
            .compiledMain()
            .plugin(
                SampleProject.JIB,
                "<container><user>jibs</user><workingDirectory>/jibs</workingDirectory></container>");
    LayeringSettings ours =
        LayeringSettings.of(
            WrittenContainer.empty().user("ours").creationTime("EPOCH").format("Docker").build());
    var container = layers(sample, ours, choice).container();
    assertThat(container.user()).isEqualTo("ours");
    assertThat(container.workingDirectory()).isEqualTo("/jibs");
    assertThat(container.created()).isEqualTo(Instant.EPOCH);
    assertThat(container.format()).hasToString("DOCKER");
    assertThat(layers(sample, LayeringSettings.NONE, choice).container().created()).isNull();
    assertThat(layers(sample, LayeringSettings.NONE, choice).container().format()).isNull();
  }

  @Test
  void aSecondBuildStartsWithAnEmptyScratchFolder() {
    SampleProject sample =
        SampleProject.of(folder, "war")
            .zip("target/orders-1.0.war", Map.of("index.html", "x", "old.html", "x"));
    layers(sample);
    sample.zip("target/orders-1.0.war", Map.of("index.html", "x"));
    assertThat(layers(sample).layers())
        .flatExtracting(layer -> layer.entries())
        .extracting(entry -> entry.path())
        .containsExactly("var/lib/jetty/webapps/ROOT", "var/lib/jetty/webapps/ROOT/index.html");
  }
}
