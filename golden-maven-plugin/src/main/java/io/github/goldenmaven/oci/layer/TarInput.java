package io.github.goldenmaven.oci.layer;

import io.github.goldenmaven.oci.Digest;
import java.security.MessageDigest;
import java.util.Arrays;

/** A layer's tar, decompressed: counted, bounded and hashed as it passes. */
final class TarInput implements AutoCloseable {

  private static final byte[] XZ = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
  private static final byte[] BZIP2 = {'B', 'Z', 'h'};
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};

  private static final String PUSH_AGAIN =
      "Push the image again with gzip layers; with BuildKit that is"
          + " '--output type=image,compression=gzip,force-compression=true'.";

  /** Below this many bytes no ratio is too good. */
  private static final long RATIO_FREE = 256L * 1024 * 1024;

  private final LayerFault fault;
  private final LayerReader.Limits limits;
  private final CompressedInput stored;
  private final LayerInput tar;
  private final MessageDigest sha256 = Digest.sha256();
  private final byte[] skipped = new byte[64 * 1024];
  private long total;

  /**
   * @param plain whether the layer is said to be no compressed one
   */
  TarInput(LayerFault fault, CompressedInput stored, LayerReader.Limits limits, boolean plain) {
    this.fault = fault;
    this.limits = limits;
    this.stored = stored;
    byte[] first = stored.peek(XZ.length);
    requireKnown(first, XZ, "xz");
    requireKnown(first, BZIP2, "bzip2");
    if (ZstdFrames.beginSkipped(first)) {
      throw fault.refused(
          "begins with a zstd frame that is to be skipped, which some runtimes read as a plain tar",
          PUSH_AGAIN);
    }
    if (plain && (startsWith(first, GZIP) || ZstdFrames.begin(first))) {
      throw fault.refused(
          "is compressed, and its media type is that of a plain tar, which runtimes then read",
          PUSH_AGAIN);
    }
    this.tar = unpacked(first);
  }

  private LayerInput unpacked(byte[] first) {
    if (startsWith(first, GZIP)) {
      return new ReadAheadInput(fault, new GzipInput(fault, stored));
    }
    return ZstdFrames.begin(first)
        ? new ReadAheadInput(fault, new ZstdInput(fault, stored))
        : stored;
  }

  private void requireKnown(byte[] first, byte[] magic, String format) {
    if (startsWith(first, magic)) {
      throw fault.refused(
          "is compressed with " + format + ", which this build cannot read", PUSH_AGAIN);
    }
  }

  private static boolean startsWith(byte[] bytes, byte[] magic) {
    return bytes.length >= magic.length
        && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
  }

  /** Reads at least one byte; -1 at the end. */
  int read(byte[] bytes, int offset, int length) {
    int read = tar.read(bytes, offset, length);
    if (read > 0) {
      total += read;
      requireWithinLimits();
      sha256.update(bytes, offset, read);
    }
    return read;
  }

  private void requireWithinLimits() {
    if (total > limits.maxBytes()) {
      throw fault.refused("has more than " + limits.maxBytes() + " bytes once decompressed");
    }
    if (total > RATIO_FREE && total / limits.maxRatio() > stored.total()) {
      throw fault.refused(
          "grows to more than " + limits.maxRatio() + " times its size when decompressed");
    }
  }

  /**
   * Fills the whole array.
   *
   * @return false when there was not a single byte any more
   */
  boolean fill(byte[] bytes) {
    int filled = 0;
    while (filled < bytes.length) {
      int read = read(bytes, filled, bytes.length - filled);
      if (read < 0) {
        if (filled == 0) {
          return false;
        }
        throw fault.truncated();
      }
      filled += read;
    }
    return true;
  }

  void skip(long length) {
    if (!skipToEnd(length)) {
      throw fault.truncated();
    }
  }

  /** Skips so many bytes, or what is left of them; false when it is less. */
  boolean skipToEnd(long length) {
    long left = length;
    while (left > 0) {
      int read = read(skipped, 0, (int) Math.min(left, skipped.length));
      if (read < 0) {
        return false;
      }
      left -= read;
    }
    return true;
  }

  /** Reads to the very end, which must be all zeros. */
  void drain() {
    int read;
    while ((read = read(skipped, 0, skipped.length)) >= 0) {
      for (int i = 0; i < read; i++) {
        if (skipped[i] != 0) {
          throw fault.refused("has more bytes after its end");
        }
      }
    }
  }

  /** The digest of all that was read; once, at the end. */
  Digest digest() {
    return Digest.of(sha256);
  }

  @Override
  public void close() {
    tar.close();
  }
}
