package io.github.goldenmaven.packaging.maven;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.packaging.layers.JarProject;
import io.github.goldenmaven.packaging.layers.RuntimeDependency;
import io.github.goldenmaven.packaging.layers.RuntimeDependency.Origin;
import io.github.goldenmaven.text.Printable;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/** Takes from a Maven project what layering needs, found where jib-maven-plugin 3.5.2 finds it. */
public final class ProjectReader {

  /** What jib takes where a POM says nothing: maven-compiler-plugin's default of old. */
  private static final int JAVA_UNKNOWN = 6;

  private ProjectReader() {}

  /** All of it. */
  public static JarProject read(MavenSession session, MavenProject project) {
    return new JarProject(
        coordinates(project),
        Path.of(project.getBuild().getOutputDirectory()),
        dependencies(session, project),
        javaVersion(project),
        MainClassReader.read(session, project));
  }

  /** What is needed to see whether a project can be started, with the dependencies it has. */
  static JarProject startable(MavenSession session, MavenProject project) {
    return new JarProject(
        coordinates(project),
        Path.of(project.getBuild().getOutputDirectory()),
        project.getArtifacts().stream()
            .filter(artifact -> artifact.getFile() != null)
            .map(artifact -> dependency(project, artifact, false))
            .toList(),
        javaVersion(project),
        MainClassReader.read(session, project));
  }

  /** {@code group:artifact:version}. */
  public static String coordinates(MavenProject project) {
    return project.getGroupId() + ":" + project.getArtifactId() + ":" + project.getVersion();
  }

  /**
   * The folder of the POM that people wrote. Plugins put another POM in its place, and with that
   * move Maven's own base folder: maven-shade-plugin's {@code <dependencyReducedPomLocation>} does.
   *
   * <p>Only of a project that is checked out, as all are that are built.
   */
  public static Path folder(MavenProject project) {
    File written = project.getModel().getPomFile();
    File folder = written == null ? null : written.getAbsoluteFile().getParentFile();
    return (folder == null ? project.getBasedir() : folder).toPath();
  }

  private static List<RuntimeDependency> dependencies(MavenSession session, MavenProject project) {
    Set<Artifact> reactor =
        session.getProjects().stream()
            .map(MavenProject::getArtifact)
            .filter(artifact -> !artifact.equals(project.getArtifact()))
            .filter(artifact -> artifact.getFile() != null)
            .collect(Collectors.toSet());
    BootRepackaging tools = new BootRepackaging(session, project);
    return project.getArtifacts().stream()
        .filter(artifact -> !tools.isLeftOut(artifact))
        .map(artifact -> dependency(project, artifact, reactor.contains(artifact)))
        .toList();
  }

  private static RuntimeDependency dependency(
      MavenProject project, Artifact artifact, boolean ofReactor) {
    String coordinates =
        artifact.getGroupId() + ":" + artifact.getArtifactId() + ":" + artifact.getVersion();
    File file = artifact.getFile();
    if (file == null) {
      throw new RefusedException(
          "The runtime dependency '"
              + Printable.of(coordinates)
              + "' of '"
              + Printable.of(coordinates(project))
              + "' has no file.",
          "Run 'mvn package' from the root of the reactor before golden:build-no-fork, or 'mvn"
              + " golden:build', which does it itself.");
    }
    Origin origin =
        ofReactor ? Origin.REACTOR : artifact.isSnapshot() ? Origin.SNAPSHOT : Origin.RELEASE;
    return new RuntimeDependency(coordinates, file.toPath(), origin);
  }

  /** jib looks at these four places only, in this order. */
  private static int javaVersion(MavenProject project) {
    Properties properties = project.getProperties();
    return Stream.of(
            properties.getProperty("maven.compiler.target"),
            properties.getProperty("maven.compiler.release"),
            ofPlugin(project, "maven-compiler-plugin", "target"),
            ofPlugin(project, "maven-compiler-plugin", "release"))
        .flatMap(Stream::ofNullable)
        .findFirst()
        .map(ProjectReader::feature)
        .orElse(JAVA_UNKNOWN);
  }

  /** {@code 1.8} is 8, {@code 11.0.1} is 11, what is no version is 0. */
  private static int feature(String version) {
    if (version.startsWith("1.")) {
      return version.length() > 2 && Character.isDigit(version.charAt(2))
          ? version.charAt(2) - '0'
          : 0;
    }
    int dot = version.indexOf('.');
    try {
      return Integer.parseInt(dot < 0 ? version : version.substring(0, dot));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static @Nullable String ofPlugin(
      MavenProject project, String plugin, String... elements) {
    Plugin found = project.getPlugin("org.apache.maven.plugins:" + plugin);
    return found == null
        ? null
        : new MavenDom((Xpp3Dom) found.getConfiguration(), text -> text).at(elements).text();
  }
}
