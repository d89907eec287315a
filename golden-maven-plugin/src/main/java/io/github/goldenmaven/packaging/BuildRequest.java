package io.github.goldenmaven.packaging;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.packaging.layers.PackagedService;
import io.github.goldenmaven.provenance.ProjectFacts;
import io.github.goldenmaven.provenance.git.GitFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What to build: a service, on this golden image, to that reference.
 *
 * @param target where the image goes; names a tag, never a digest
 * @param policy the golden repositories allowed; {@code null} takes the base's role label as enough
 * @param platforms of the base's; none means all of them
 * @param snapshots the project's runtime dependencies that are SNAPSHOTs, {@code
 *     group:artifact:version}
 * @param service asked once, while the base is being resolved
 * @param git asked once, in parallel with both
 * @param cache folder for documents, layers and notes of pushes
 * @param dryRun everything but the push
 * @param further the same place under other tags, which are to name the same image
 * @param resolved what the base was found to be earlier in this build, or {@code null}
 */
public record BuildRequest(
    ImageReference base,
    ImageReference target,
    @Nullable GoldenPolicy policy,
    List<Platform> platforms,
    ProjectFacts project,
    List<String> snapshots,
    Supplier<GitFacts> git,
    Supplier<PackagedService> service,
    Path cache,
    boolean release,
    boolean dryRun,
    List<ImageReference> further,
    @Nullable Digest resolved) {

  public BuildRequest {
    further = List.copyOf(further);
    platforms = List.copyOf(platforms);
    snapshots = List.copyOf(snapshots);
    if (target.digest().isPresent()) {
      throw new RefusedException(
          "The image '" + target + "' is pinned to a digest.",
          "A build decides the digest itself: name a tag in <image> or -Dgolden.image.");
    }
  }

  /** For one tag. */
  public BuildRequest(
      ImageReference base,
      ImageReference target,
      @Nullable GoldenPolicy policy,
      List<Platform> platforms,
      ProjectFacts project,
      List<String> snapshots,
      Supplier<GitFacts> git,
      Supplier<PackagedService> service,
      Path cache,
      boolean release,
      boolean dryRun) {
    this(
        base, target, policy, platforms, project, snapshots, git, service, cache, release, dryRun,
        List.of(), null);
  }

  /** This request, for these further tags, too. */
  public BuildRequest also(List<ImageReference> references) {
    return new BuildRequest(
        base,
        target,
        policy,
        platforms,
        project,
        snapshots,
        git,
        service,
        cache,
        release,
        dryRun,
        references,
        resolved);
  }

  /** This request, whose base need not be asked for again. */
  public BuildRequest resolvedTo(@Nullable Digest digest) {
    return new BuildRequest(
        base, target, policy, platforms, project, snapshots, git, service, cache, release, dryRun,
        further, digest);
  }
}
