package io.github.goldenmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;

class ProjectFactsReaderTest {

  @Test
  void namesTheSnapshotsAmongTheDependenciesAsThePomDoes() {
    MavenProject project = new MavenProject();
    project.setArtifacts(
        Set.of(
            artifact("tax", "1.0-20261123.101500-7"),
            artifact("pricing", "2.0-SNAPSHOT"),
            artifact("money", "3.1")));

    List<String> snapshots = ProjectFactsReader.snapshots(project);

    assertThat(snapshots)
        .containsExactly("com.example:pricing:2.0-SNAPSHOT", "com.example:tax:1.0-SNAPSHOT");
  }

  private static Artifact artifact(String name, String version) {
    return new DefaultArtifact(
        "com.example",
        name,
        version,
        Artifact.SCOPE_RUNTIME,
        "jar",
        null,
        new DefaultArtifactHandler("jar"));
  }
}
