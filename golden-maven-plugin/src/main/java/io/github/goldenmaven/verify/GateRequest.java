package io.github.goldenmaven.verify;

import io.github.goldenmaven.golden.GoldenPolicy;
import io.github.goldenmaven.oci.ImageReference;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What to check.
 *
 * @param images in this order in the report; one at least
 * @param goldens goldens that images may stand on without saying so, besides those the policy lists
 * @param cache folder for documents and what layers hold
 * @param now what waivers, dates and ages are held to
 */
public record GateRequest(
    List<ImageReference> images,
    List<ImageReference> goldens,
    GoldenPolicy policy,
    Path cache,
    Instant now) {

  public GateRequest {
    images = List.copyOf(images);
    goldens = List.copyOf(goldens);
    if (images.isEmpty()) {
      throw new IllegalArgumentException("a gate without images would let everything pass");
    }
  }
}
