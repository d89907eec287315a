package io.github.goldenmaven.mojo;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.bake.files.Artifacts;
import io.github.goldenmaven.golden.definition.ArtifactCoordinates;
import io.github.goldenmaven.text.Printable;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.transfer.ArtifactNotFoundException;

/** Artifacts of the repositories that Maven knows, with its settings, mirrors and checksums. */
public record MavenArtifacts(
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
      throw isNowhere(e) ? absent(coordinates, e) : unresolved(coordinates, origin, e);
    }
  }

  private RefusedException absent(ArtifactCoordinates coordinates, ArtifactResolutionException e) {
    return new RefusedException(
        "the artifact '"
            + coordinates
            + "' does not exist in '"
            + remotes.stream().map(RemoteRepository::getId).collect(Collectors.joining("', '"))
            + "'.",
        "Check its coordinates, the version first, and which repositories Maven asks.",
        e);
  }

  private static UnavailableException unresolved(
      ArtifactCoordinates coordinates, String origin, ArtifactResolutionException e) {
    return new UnavailableException(
        "The artifact '%s' of '%s' cannot be resolved: '%s'."
            .formatted(
                coordinates, origin, Printable.withoutCredentials(String.valueOf(e.getMessage()))),
        "Check its coordinates in golden.yaml, Maven's repositories and mirrors in settings.xml,"
            + " and the network; without -o if Maven is offline.",
        e);
  }

  /** Whether each repository said so; whoever could not answer may have it. */
  private static boolean isNowhere(ArtifactResolutionException e) {
    List<Exception> said =
        e.getResults().stream().flatMap(result -> result.getExceptions().stream()).toList();
    return !said.isEmpty() && said.stream().allMatch(ArtifactNotFoundException.class::isInstance);
  }
}
