package io.github.goldenmaven.verify;

import io.github.goldenmaven.cache.Cache;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.oci.ImageReference;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to check.
 *
 * @param images in this order in the report; one at least
 * @param goldens goldens that images may stand on without saying so, besides those the policy lists
 * @param cache folder for documents
 * @param scans folder for what layers hold
 * @param targetOrNull where the images are to be promoted to, where they are
 * @param now the time that waivers, dates and ages are compared with
 * @param found those of the images that a pattern led to: what is no image among them is left out
 * @param release whether this is a release; where they are to be promoted it always is
 */
public record GateRequest(
    List<ImageReference> images,
    List<ImageReference> goldens,
    GoldenPolicy policy,
    Path cache,
    Path scans,
    @Nullable ImageReference targetOrNull,
    Instant now,
    Set<ImageReference> found,
    boolean release) {

  public GateRequest {
    found = Set.copyOf(found);
    images = List.copyOf(images);
    goldens = List.copyOf(goldens);
    if (images.isEmpty()) {
      throw new IllegalArgumentException("a gate without images would let everything pass");
    }
  }

  /** To check and nothing more. */
  public GateRequest(
      List<ImageReference> images,
      List<ImageReference> goldens,
      GoldenPolicy policy,
      Path cache,
      Instant now) {
    this(
        images,
        goldens,
        policy,
        cache,
        new Cache(cache).folder(Cache.Kind.SCANS),
        null,
        now,
        Set.of(),
        false);
  }
}
