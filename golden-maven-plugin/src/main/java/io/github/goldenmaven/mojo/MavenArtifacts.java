package io.github.goldenmaven.mojo;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.bake.Artifacts;
import io.github.goldenmaven.golden.ArtifactCoordinates;
import io.github.goldenmaven.oci.Printable;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/** Artifacts of the repositories that Maven knows, with its settings, mirrors and checksums. */
record MavenArtifacts(
    RepositorySystem repositories, RepositorySystemSession session, List<RemoteRepository> remotes)
    implements Artifacts {

  @Override
  public Path resolve(ArtifactCoordinates coordinates, String origin) {
    DefaultArtifact artifact =
        new DefaultArtifact(
            coordinates.groupId(),
            coordinates.artifactId(),
            coordinates.classifier().orElse(""),
            coordinates.extension(),
            coordinates.version());
    try {
      return repositories
          .resolveArtifact(session, new ArtifactRequest(artifact, remotes, null))
          .getArtifact()
          .getFile()
          .toPath();
    } catch (ArtifactResolutionException e) {
      throw new UnavailableException(
          "The artifact '"
              + coordinates
              + "' of '"
              + origin
              + "' cannot be resolved: '"
              + Printable.withoutCredentials(String.valueOf(e.getMessage()))
              + "'.",
          "Check its coordinates in golden.yaml, Maven's repositories and mirrors in settings.xml,"
              + " and the network; without -o if Maven is offline.",
          e);
    }
  }
}
