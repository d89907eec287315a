package io.github.goldenmaven.mojo.service;

import io.github.goldenmaven.packaging.maven.ProjectReader;
import io.github.goldenmaven.provenance.Coordinates;
import io.github.goldenmaven.provenance.ProjectFacts;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.InputLocation;
import org.apache.maven.model.Model;
import org.apache.maven.model.Organization;
import org.apache.maven.model.Scm;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * What a Maven project says of itself, without Maven's types. Its coordinates are whatever Maven
 * calls it; all else must stand in its own POM or in that of a parent in the same checkout.
 */
public final class ProjectFactsReader {

  private static final String OUTPUT_TIMESTAMP = "project.build.outputTimestamp";

  private ProjectFactsReader() {}

  static ProjectFacts read(MavenProject project, MavenSession session) {
    Model model = project.getModel();
    OwnPoms own = ownPoms(project, session);
    Organization organization = model.getOrganization();
    return new ProjectFacts(
        new Coordinates(project.getGroupId(), project.getArtifactId(), project.getVersion()),
        name(project),
        own.own(model.getDescription(), model.getLocation("description")),
        own.own(model.getUrl(), model.getLocation("url")),
        source(model.getScm(), own),
        organization == null
            ? null
            : own.own(organization.getName(), organization.getLocation("name")),
        model.getLicenses().stream()
            .map(license -> own.own(license.getName(), license.getLocation("name")))
            .filter(Objects::nonNull)
            .toList(),
        outputTimestamp(project, session));
  }

  /**
   * {@code project.build.outputTimestamp}: of the command line, else of the project. A parent from
   * outside tells when it was released itself, and Maven 4 tells 1980 of every project.
   */
  public static @Nullable String outputTimestamp(MavenProject project, MavenSession session) {
    String given = session.getUserProperties().getProperty(OUTPUT_TIMESTAMP);
    if (given != null) {
      return given;
    }
    InputLocation properties = project.getModel().getLocation("properties");
    return ownPoms(project, session)
        .own(
            project.getProperties().getProperty(OUTPUT_TIMESTAMP),
            properties == null ? null : properties.getLocation(OUTPUT_TIMESTAMP));
  }

  /** The POM that people wrote: plugins that flatten it write another one beside it. */
  static Path pom(MavenProject project) {
    Path pom = ProjectReader.folder(project).resolve("pom.xml");
    File named = project.getModel().getPomFile();
    return Files.exists(pom) || named == null ? pom : named.toPath();
  }

  /** What goes into the image and is no release, {@code group:artifact:version}, sorted. */
  static List<String> snapshots(MavenProject project) {
    return project.getArtifacts().stream()
        .filter(Artifact::isSnapshot)
        .map(
            artifact ->
                new Coordinates(
                        artifact.getGroupId(), artifact.getArtifactId(), artifact.getBaseVersion())
                    .toString())
        .distinct()
        .sorted()
        .toList();
  }

  private static OwnPoms ownPoms(MavenProject project, MavenSession session) {
    File top = session.getRequest().getMultiModuleProjectDirectory();
    return OwnPoms.of(project, top == null ? null : top.toPath());
  }

  private static String name(MavenProject project) {
    String name = project.getName();
    return name == null || name.isBlank() ? project.getArtifactId() : name;
  }

  /** A page for people first, as all tools expect it, else what git clones. */
  private static @Nullable String source(@Nullable Scm scm, OwnPoms own) {
    if (scm == null) {
      return null;
    }
    for (String element : List.of("url", "connection", "developerConnection")) {
      String address =
          switch (element) {
            case "url" -> scm.getUrl();
            case "connection" -> scm.getConnection();
            default -> scm.getDeveloperConnection();
          };
      String written = own.own(address, scm.getLocation(element));
      if (written != null && !written.isBlank()) {
        return written;
      }
    }
    return null;
  }
}
