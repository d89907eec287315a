package io.github.goldenmaven.packaging.maven;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * Modules of Spring Boot that are for the developer's machine. Boot's own repackaging leaves them
 * out of what it makes unless it is told otherwise, and so do we: in an image {@code
 * spring-boot-devtools} restarts the service whenever a file changes, and opens it to remote
 * updates.
 *
 * @see <a
 *     href="https://docs.spring.io/spring-boot/maven-plugin/packaging.html#packaging.repackage-goal.parameters-details.exclude-devtools">spring-boot-maven-plugin,
 *     excludeDevtools and excludeDockerCompose</a>
 */
record DevelopmentTools(MavenSession session, MavenProject project) {

  private static final String GROUP = "org.springframework.boot";
  private static final String PLUGIN = GROUP + ":spring-boot-maven-plugin";

  /** Artifact to the parameter that keeps it with {@code false}. */
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "spring-boot-devtools", "excludeDevtools",
          "spring-boot-docker-compose", "excludeDockerCompose");

  /** The runtime dependencies that no image gets. */
  List<Artifact> leftOut() {
    return project.getArtifacts().stream().filter(this::isLeftOut).toList();
  }

  boolean isLeftOut(Artifact artifact) {
    String parameter =
        artifact.getGroupId().equals(GROUP) ? PARAMETERS.get(artifact.getArtifactId()) : null;
    return parameter != null && !isKept(parameter);
  }

  /** By any execution, for there is one image and it may be any of them that is deployed. */
  private boolean isKept(String parameter) {
    String property =
        new PomProperties(project, session).hint("spring-boot.repackage." + parameter);
    return Stream.concat(written(parameter), Stream.ofNullable(property))
        .findFirst()
        .filter("false"::equals)
        .isPresent();
  }

  private Stream<String> written(String parameter) {
    Plugin plugin = project.getPlugin(PLUGIN);
    if (plugin == null) {
      return Stream.empty();
    }
    return Stream.concat(
            plugin.getExecutions().stream()
                .filter(execution -> execution.getGoals().contains("repackage"))
                .map(PluginExecution::getConfiguration),
            Stream.ofNullable(plugin.getConfiguration()))
        .map(configuration -> new MavenDom((Xpp3Dom) configuration, text -> text))
        .flatMap(dom -> Stream.ofNullable(dom.at(parameter).text()))
        .map(String::strip);
  }
}
