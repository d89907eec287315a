package io.github.goldenmaven.packaging.maven;

import java.util.Optional;
import java.util.Set;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/**
 * A goal of jib-maven-plugin that the POM binds to a phase which golden:build runs first: jib has
 * then made an image of its own before ours is begun.
 *
 * @param goal {@code build}, {@code dockerBuild} or {@code buildTar}
 */
record BoundJib(String goal, String phase) {

  /** Maven's default lifecycle as far as {@code package}. */
  private static final Set<String> PHASES =
      Set.of(
          "validate",
          "initialize",
          "generate-sources",
          "process-sources",
          "generate-resources",
          "process-resources",
          "compile",
          "process-classes",
          "generate-test-sources",
          "process-test-sources",
          "generate-test-resources",
          "process-test-resources",
          "test-compile",
          "process-test-classes",
          "test",
          "prepare-package",
          "package");

  /** The first that runs, unless {@code jib.skip} stops it. */
  static Optional<BoundJib> of(MavenSession session, MavenProject project) {
    Plugin plugin = project.getPlugin(ExistingJib.KEY);
    if (plugin == null || isTrue(property(session, project))) {
      return Optional.empty();
    }
    return plugin.getExecutions().stream()
        .filter(execution -> execution.getPhase() != null && PHASES.contains(execution.getPhase()))
        .filter(execution -> !isTrue(skip(execution.getConfiguration())))
        .flatMap(execution -> bound(execution).stream())
        .findFirst();
  }

  private static Optional<BoundJib> bound(PluginExecution execution) {
    return execution.getGoals().stream()
        .filter(ExistingJib.GOALS::contains)
        .map(goal -> new BoundJib(goal, execution.getPhase()))
        .findFirst();
  }

  private static @Nullable String property(MavenSession session, MavenProject project) {
    String given = session.getUserProperties().getProperty("jib.skip");
    return given != null ? given : project.getProperties().getProperty("jib.skip");
  }

  private static @Nullable String skip(@Nullable Object configuration) {
    return new MavenDom((Xpp3Dom) configuration, text -> text).at("skip").text();
  }

  /** {@code -Djib.skip} alone says true in Maven. */
  private static boolean isTrue(@Nullable String text) {
    return Boolean.parseBoolean(text);
  }
}
