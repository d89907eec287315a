package io.github.goldenmaven.cache;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * A layer read from the cache. With its last byte it fails, and removes the file, when the bytes
 * are not what was written: so that the next build heals instead of failing for ever.
 */
final class CheckedLayerStream extends FilterInputStream {

  private final Path file;
  private final Digest digest;
  private final MessageDigest sha256 = Digest.sha256();
  private long left;

  CheckedLayerStream(Path file, Digest digest, long size) throws IOException {
    super(Files.newInputStream(file));
    this.file = file;
    this.digest = digest;
    this.left = size;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    if (read > 0) {
      sha256.update(bytes, offset, read);
      left -= read;
      if (left == 0) {
        requireWhole();
      }
    }
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    return readNBytes((int) Math.min(bytes, 8192)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void requireWhole() throws IOException {
    if (!Digest.of(sha256).equals(digest)) {
      Files.deleteIfExists(file);
      throw new UnavailableException(
          "The cached layer '" + file + "' was damaged; it has been removed.",
          "Run the build again. When it happens again, look at the disk, or name another folder in"
              + " <cache> or -Dgolden.cache.");
    }
  }
}
