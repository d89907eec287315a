package io.github.goldenmaven.verify.finding;

import io.github.goldenmaven.golden.GoldenImage;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.registry.ImageSource;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;

/**
 * One platform of a golden image that the policy allows.
 *
 * @param reference as it is named, not pinned
 * @param digest of its index, or of its manifest where it has none
 * @param golden what its labels say, checked against its own layers
 * @param store where its layers can be read
 */
public record GoldenBase(
    ImageReference reference,
    Digest digest,
    PlatformImage platform,
    GoldenImage golden,
    ImageSource store) {

  /** {@code name:tag@digest}. */
  public String shown() {
    return reference.pinnedTo(digest).toString();
  }

  public ImageConfig config() {
    return platform.config();
  }

  public int layers() {
    return platform.layers().size();
  }
}
