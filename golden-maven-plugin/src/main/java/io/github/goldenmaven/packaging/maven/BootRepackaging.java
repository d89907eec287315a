package io.github.goldenmaven.packaging.maven;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * Which runtime dependencies Spring Boot's own repackaging leaves out of what it makes, and so do
 * we. Modules that are for the developer's machine, unless it is told otherwise: in an image {@code
 * spring-boot-devtools} restarts the service whenever a file changes, and opens it to remote
 * updates. And what the POM takes out with the plugin's filters.
 *
 * @see <a
 *     href="https://docs.spring.io/spring-boot/maven-plugin/packaging.html">spring-boot-maven-plugin,
 *     Packaging Executable Archives: excludes, includes, excludeGroupIds, excludeDevtools,
 *     excludeDockerCompose, includeOptional, includeSystemScope</a>
 */
record BootRepackaging(MavenSession session, MavenProject project) {

  private static final String GROUP = "org.springframework.boot";
  private static final String PLUGIN = GROUP + ":spring-boot-maven-plugin";

  /** Artifact to the parameter that keeps it with {@code false}. */
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "spring-boot-devtools", "excludeDevtools",
          "spring-boot-docker-compose", "excludeDockerCompose");

  /** One line of {@code <excludes>}: its classifier, where it has none, is any. */
  private record Named(String group, String artifact, Optional<String> classifier) {

    boolean matches(Artifact other) {
      return group.equals(other.getGroupId())
          && artifact.equals(other.getArtifactId())
          && classifier.map(wanted -> wanted.equals(other.getClassifier())).orElse(true);
    }
  }

  /** The runtime dependencies that no image gets. */
  List<Artifact> leftOut() {
    return project.getArtifacts().stream().filter(this::isLeftOut).toList();
  }

  boolean isLeftOut(Artifact artifact) {
    String parameter =
        artifact.getGroupId().equals(GROUP) ? PARAMETERS.get(artifact.getArtifactId()) : null;
    return (parameter != null && !isSaid("repackage." + parameter, parameter, "false"))
        || (project.getPlugin(PLUGIN) != null && (isFiltered(artifact) || isOptional(artifact)));
  }

  private boolean isFiltered(Artifact artifact) {
    List<Named> includes = named("includes");
    return named("excludes").stream().anyMatch(exclude -> exclude.matches(artifact))
        || (!includes.isEmpty() && includes.stream().noneMatch(only -> only.matches(artifact)))
        || groups().contains(artifact.getGroupId())
        || (Artifact.SCOPE_SYSTEM.equals(artifact.getScope())
            && !isSaid("repackage.includeSystemScope", "includeSystemScope", "true"));
  }

  /** From Spring Boot 4 on, what a project calls optional stays out unless it is asked for. */
  private boolean isOptional(Artifact artifact) {
    String version = String.valueOf(project.getPlugin(PLUGIN).getVersion());
    boolean byDefault = version.matches("([4-9]|[1-9][0-9])\\..*");
    return artifact.isOptional()
        && texts("includeOptional").findFirst().map("false"::equals).orElse(byDefault);
  }

  /** By any execution, for there is one image and it may be any of them that is deployed. */
  private boolean isSaid(String property, String parameter, String value) {
    return Stream.concat(texts(parameter), property(property))
        .findFirst()
        .filter(value::equals)
        .isPresent();
  }

  private Stream<String> property(String name) {
    return Stream.ofNullable(new PomProperties(project, session).hint("spring-boot." + name));
  }

  private Stream<String> texts(String parameter) {
    return written(parameter).flatMap(dom -> Stream.ofNullable(dom.text())).map(String::strip);
  }

  private List<String> groups() {
    return Stream.concat(texts("excludeGroupIds"), property("excludeGroupIds"))
        .findFirst()
        .map(text -> Arrays.stream(text.split(",", -1)).map(String::strip).toList())
        .orElse(List.of());
  }

  /**
   * {@code <exclude><groupId/><artifactId/></exclude>}, or {@code group:artifact} in a property.
   */
  private List<Named> named(String parameter) {
    List<Named> elements =
        written(parameter)
            .findFirst()
            .map(dom -> dom.children().stream().map(BootRepackaging::named).toList())
            .orElse(List.of());
    return elements.isEmpty()
        ? property(parameter)
            .flatMap(text -> Arrays.stream(text.split(",", -1)))
            .map(text -> text.strip().split(":", -1))
            .filter(parts -> parts.length == 2 || parts.length == 3)
            .map(
                parts ->
                    new Named(
                        parts[0],
                        parts[1],
                        parts.length == 3 ? Optional.of(parts[2]) : Optional.empty()))
            .toList()
        : elements;
  }

  private static Named named(MavenDom element) {
    return new Named(
        text(element, "groupId").orElse(""),
        text(element, "artifactId").orElse(""),
        text(element, "classifier"));
  }

  private static Optional<String> text(MavenDom element, String name) {
    return Optional.ofNullable(element.at(name).text()).map(String::strip);
  }

  /** The element where an execution has it, then where the plugin has it for all. */
  private Stream<MavenDom> written(String parameter) {
    Plugin plugin = project.getPlugin(PLUGIN);
    if (plugin == null) {
      return Stream.empty();
    }
    return Stream.concat(
            plugin.getExecutions().stream()
                .filter(execution -> execution.getGoals().contains("repackage"))
                .map(PluginExecution::getConfiguration),
            Stream.ofNullable(plugin.getConfiguration()))
        .map(configuration -> new MavenDom((Xpp3Dom) configuration, text -> text).at(parameter))
        .filter(element -> element.dom() != null);
  }
}
