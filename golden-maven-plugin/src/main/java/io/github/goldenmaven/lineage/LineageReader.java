package io.github.goldenmaven.lineage;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.cache.DocumentCache;
import io.github.goldenmaven.golden.NearTags;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.registry.ImageResolver;
import io.github.goldenmaven.registry.ImageSource;
import io.github.goldenmaven.text.Printable;

/** Reads an image's lineage from the store it is in. */
public final class LineageReader {

  private final ImageSource store;
  private final DocumentCache cache;

  public LineageReader(ImageSource store, DocumentCache cache) {
    this.store = store;
    this.cache = cache;
  }

  /**
   * The lineage of every platform.
   *
   * @param reference in the reader's store
   * @throws RefusedException when there is no such image
   */
  public ImageLineage read(ImageReference reference) {
    return new ImageResolver(store, cache)
        .resolve(reference)
        .map(ImageLineage::of)
        .orElseThrow(
            () ->
                new RefusedException(
                    "The image '" + Printable.of(reference.toString()) + "' does not exist.",
                    "Name an image that was pushed, in <image> or with -Dgolden.image."
                        + NearTags.of(reference, store)));
  }
}
