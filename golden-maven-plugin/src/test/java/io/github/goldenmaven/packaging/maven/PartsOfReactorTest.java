package io.github.goldenmaven.packaging.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.packaging.CompiledSources;
import io.github.goldenmaven.packaging.container.WrittenContainer;
import io.github.goldenmaven.packaging.jib.JibProvider;
import io.github.goldenmaven.packaging.layers.LayeringSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.maven.model.Dependency;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of which modules of a reactor an image is expected, when golden:build runs over all of them. */
class PartsOfReactorTest {

  @TempDir private Path folder;

  private static boolean isOnlyPart(SampleProject sample, LayeringSettings settings) {
    return new ProjectLayering(
            sample.session,
            new RecordingLog(),
            new RecordingConsole(),
            JibProvider::new,
            (project, jib) -> List.of())
        .isOnlyPartOfReactor(sample.project, settings);
  }

  private static boolean isOnlyPart(SampleProject sample) {
    return isOnlyPart(sample, LayeringSettings.NONE);
  }

  /** A module that depends on the sample. */
  private static SampleProject used(SampleProject sample) {
    return beside(sample, "orders");
  }

  private static SampleProject beside(SampleProject sample, String dependsOn) {
    Dependency dependency = new Dependency();
    dependency.setGroupId("com.example");
    dependency.setArtifactId(dependsOn);
    MavenProject other = new MavenProject();
    other.getModel().addDependency(dependency);
    sample.session.setProjects(List.of(sample.project, other));
    return sample;
  }

  private SampleProject library() {
    return SampleProject.jar(folder)
        .compiled(
            new CompiledSources().with("com.example.Lib", "package com.example; class Lib {}"));
  }

  @Test
  void thePomOverTheModulesIsOnlyAPart() {
    assertThat(isOnlyPart(used(SampleProject.of(folder, "pom")))).isTrue();
  }

  @Test
  void aLibraryThatAnotherModuleUsesIsOnlyAPart() {
    assertThat(isOnlyPart(used(library()))).isTrue();
  }

  @Test
  void aModuleWithoutClassesThatAnotherUsesIsOnlyAPart() {
    assertThat(isOnlyPart(used(SampleProject.jar(folder)))).isTrue();
  }

  @Test
  void aServiceThatAnotherModuleUsesIsAService() {
    assertThat(isOnlyPart(used(SampleProject.jar(folder).compiledMain()))).isFalse();
  }

  @Test
  void aQuarkusServiceThatAnotherModuleUsesIsAService() {
    assertThat(
            isOnlyPart(
                used(
                    library()
                        .wholePlugin(
                            "io.quarkus:quarkus-maven-plugin",
                            "<executions><execution><goals><goal>build</goal></goals></execution>"
                                + "</executions>"))))
        .isFalse();
  }

  @Test
  void aModuleThatIsToldHowToStartIsAService() {
    LayeringSettings told =
        LayeringSettings.of(WrittenContainer.empty().mainClass("org.boot.Launcher").build());
    assertThat(isOnlyPart(used(library()), told)).isFalse();
  }

  /** A reactor's parent names its service once, and its libraries inherit that. */
  @Test
  void aLibraryThatInheritsTheMainClassOfTheServiceIsOnlyAPart() {
    SampleProject library =
        library()
            .plugin(
                "org.apache.maven.plugins:maven-jar-plugin",
                "<archive><manifest><mainClass>com.example.Orders</mainClass></manifest>"
                    + "</archive>");
    assertThat(isOnlyPart(used(library))).isTrue();
  }

  @Test
  void aModuleThatIsStartedByAClassOfADependencyIsAService() throws IOException {
    SampleProject helidon =
        library()
            .plugin(
                "org.apache.maven.plugins:maven-jar-plugin",
                "<archive><manifest><mainClass>io.helidon.Main</mainClass></manifest></archive>")
            .dependency("io.helidon", "cdi", "3", "");
    Path jar = helidon.project.getArtifacts().iterator().next().getFile().toPath();
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("io/helidon/Main.class"));
    }
    assertThat(isOnlyPart(used(helidon))).isFalse();
  }

  @Test
  void aLibraryThatNobodyUsesIsExpectedToBeAService() {
    assertThat(isOnlyPart(beside(library(), "another"))).isFalse();
  }

  @Test
  void aProjectAloneIsExpectedToBeAService() {
    assertThat(isOnlyPart(library())).isFalse();
    assertThat(isOnlyPart(SampleProject.of(folder, "pom"))).isFalse();
  }
}
