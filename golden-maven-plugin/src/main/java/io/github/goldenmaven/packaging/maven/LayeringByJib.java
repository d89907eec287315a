package io.github.goldenmaven.packaging.maven;

import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.packaging.layers.LayeringSettings;
import io.github.goldenmaven.packaging.layers.PackagedService;
import java.nio.file.Path;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;

/** Layers a project by jib's classes, which not every build loads. */
public interface LayeringByJib {

  /** The layers of a project that was packaged where it has to be. */
  PackagedService layersOf(Job job);

  /**
   * What is to be layered, and how.
   *
   * @param settings ours over those of jib-maven-plugin in the POM
   * @param jib what the POM tells jib-maven-plugin
   * @param packaged whether the project's jar goes in as it is
   * @param scratch a folder for files that jib makes; emptied first; the layers read from it
   * @param log for jib and its extensions
   */
  record Job(
      MavenSession session,
      MavenProject project,
      LayeringSettings settings,
      ExistingJib jib,
      ExtensionClassPath extensionClassPath,
      boolean war,
      boolean packaged,
      Path scratch,
      Log log,
      Console console) {}
}
