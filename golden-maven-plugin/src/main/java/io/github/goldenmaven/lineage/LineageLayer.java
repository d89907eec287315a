package io.github.goldenmaven.lineage;

import io.github.goldenmaven.oci.Digest;
import org.jspecify.annotations.Nullable;

/**
 * A layer, and whose it is.
 *
 * @param size in bytes, as stored
 * @param partOrNull whose layer it is; absent where no seam tells
 * @param commentOrNull what the image's history says of it; foreign text
 */
public record LineageLayer(
    Digest digest,
    Digest diffId,
    long size,
    @Nullable Part partOrNull,
    @Nullable String commentOrNull) {

  /** Whose layer it is. */
  public enum Part {
    OFFICIAL("official"),
    GOLDEN("golden"),
    APPLICATION("application");

    private final String word;

    Part(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }
}
