package io.github.goldenmaven.lineage;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.registry.ResolvedImage;
import java.util.List;

/**
 * The lineage of an image, platform by platform.
 *
 * @param name the reference without a digest
 * @param digest what the reference resolved to: of the index where it is one
 * @param platforms in the order of the index
 */
public record ImageLineage(String name, Digest digest, List<Lineage> platforms) {

  public ImageLineage {
    platforms = List.copyOf(platforms);
  }

  /** Reads the lineage that an image's own documents tell; nothing else is asked. */
  public static ImageLineage of(ResolvedImage image) {
    return new ImageLineage(
        name(image.reference()),
        image.digest(),
        image.platforms().stream().map(platform -> Lineage.of(image, platform)).toList());
  }

  /** Host, repository and tag: what people know the image by. */
  static String name(ImageReference reference) {
    String whole = reference.toString();
    return reference
        .digest()
        .map(digest -> whole.substring(0, whole.length() - digest.toString().length() - 1))
        .orElse(whole);
  }
}
