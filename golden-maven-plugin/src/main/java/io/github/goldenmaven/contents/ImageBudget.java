package io.github.goldenmaven.contents;

import io.github.goldenmaven.RefusedException;

/**
 * What all layers of one image may hold together, for all of it is in memory at once. Safe for use
 * by several threads.
 */
public final class ImageBudget {

  /** Engines stop at 127 or at 500. */
  private static final int MAX_LAYERS = 500;

  private static final String REMEDY =
      "Name another official image in 'from' of golden.yaml: one of this size is more than a bake"
          + " reads.";

  private final long maxEntries;
  private final long maxNames;
  private final long maxKept;
  private long entries;
  private long names;
  private long kept;

  /** That of one image. */
  public ImageBudget() {
    this(1_000_000, 128L << 20, 64L << 20);
  }

  /**
   * @param maxNames of paths and links, in characters
   * @param maxKept of files that {@link RetainedFiles} keeps, in bytes
   */
  ImageBudget(long maxEntries, long maxNames, long maxKept) {
    this.maxEntries = maxEntries;
    this.maxNames = maxNames;
    this.maxKept = maxKept;
  }

  /**
   * An image's number of layers.
   *
   * @throws RefusedException when there are too many
   */
  public static void requireLayers(int layers) {
    if (layers > MAX_LAYERS) {
      throw new RefusedException(
          "The official image has " + layers + " layers, more than " + MAX_LAYERS + ".", REMEDY);
    }
  }

  /**
   * One more entry of a layer.
   *
   * @throws RefusedException when that is too much
   */
  public synchronized void spend(ContentEntry entry) {
    entries++;
    names += entry.path().length() + entry.link().length();
    kept += entry.bytes().map(bytes -> bytes.length).orElse(0);
    require(entries, maxEntries, "more than %d entries");
    require(names, maxNames, "names of more than %d characters");
    require(kept, maxKept, "more than %d bytes of trust stores and the like");
  }

  private static void require(long spent, long most, String tooMuch) {
    if (spent > most) {
      throw new RefusedException(
          "The layers of the official image have " + tooMuch.formatted(most) + " together.",
          REMEDY);
    }
  }
}
