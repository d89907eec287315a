package io.github.goldenmaven.verify.subject;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import java.util.List;

/**
 * How many of the lowest layers two images have in common, in order and from the bottom.
 *
 * @param stored by the digests of the stored bytes
 * @param content by the diff IDs, those of the decompressed bytes
 * @param golden how many layers the golden has
 */
public record SharedLayers(int stored, int content, int golden) {

  public static SharedLayers of(PlatformImage image, PlatformImage golden) {
    return new SharedLayers(
        common(digests(image), digests(golden)),
        common(image.config().diffIds(), golden.config().diffIds()),
        golden.layers().size());
  }

  private static List<Digest> digests(PlatformImage image) {
    return image.layers().stream().map(Descriptor::digest).toList();
  }

  private static int common(List<Digest> one, List<Digest> other) {
    int at = 0;
    while (at < one.size() && at < other.size() && one.get(at).equals(other.get(at))) {
      at++;
    }
    return at;
  }

  /** All layers of the golden, by both measures: the bytes are the golden's. */
  public boolean same() {
    return stored == golden && content == golden;
  }

  /** The config says all of the golden's content, and the stored bytes are others. */
  public boolean recompressed() {
    return content == golden && stored < golden;
  }

  /** What both measures agree on. */
  public int both() {
    return Math.min(stored, content);
  }
}
