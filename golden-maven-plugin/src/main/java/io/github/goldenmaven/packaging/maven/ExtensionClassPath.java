package io.github.goldenmaven.packaging.maven;

import java.nio.file.Path;
import java.util.List;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;

/** Where the jars of jib's plugin extensions are. */
@FunctionalInterface
public interface ExtensionClassPath {

  /** The jars that the POM gives to jib-maven-plugin as dependencies, with their own. */
  List<Path> of(MavenProject project, Plugin jibPlugin);
}
