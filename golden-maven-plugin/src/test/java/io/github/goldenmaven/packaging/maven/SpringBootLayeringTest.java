package io.github.goldenmaven.packaging.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.packaging.layers.PackagedService;
import io.github.goldenmaven.packaging.maven.ProjectLayering.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SpringBootLayeringTest extends ProjectLayeringFixture {

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
}
