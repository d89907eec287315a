package io.github.goldenmaven.mojo;

import io.github.goldenmaven.provenance.Coordinates;
import io.github.goldenmaven.provenance.ProjectFacts;
import java.util.List;
import java.util.Objects;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.model.License;
import org.apache.maven.model.Organization;
import org.apache.maven.model.Scm;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** What a Maven project says of itself, without Maven's types. */
final class ProjectFactsReader {

  private ProjectFactsReader() {}

  static ProjectFacts read(MavenProject project) {
    Scm scm = project.getScm();
    Organization organization = project.getOrganization();
    return new ProjectFacts(
        new Coordinates(project.getGroupId(), project.getArtifactId(), project.getVersion()),
        project.getName(),
        project.getDescription(),
        project.getUrl(),
        scm == null ? null : scm.getUrl(),
        organization == null ? null : organization.getName(),
        project.getLicenses().stream().map(License::getName).filter(Objects::nonNull).toList(),
        outputTimestamp(project));
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

  private static @Nullable String outputTimestamp(MavenProject project) {
    return project.getProperties().getProperty("project.build.outputTimestamp");
  }
}
