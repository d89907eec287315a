package io.github.goldenmaven.contents;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Hashes all that is read of a file, and what its reader left. */
final class HashedInput extends FilterInputStream {

  private static final int BUFFER = 64 * 1024;

  private final MessageDigest hash;

  HashedInput(InputStream content, MessageDigest hash) {
    super(content);
    this.hash = hash;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    if (read > 0) {
      hash.update(buffer, offset, read);
    }
    return read;
  }

  /** Reads what it passes over. */
  @Override
  public long skip(long bytes) throws IOException {
    return readNBytes((int) Math.min(Math.max(0, bytes), BUFFER)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Reads to the end. */
  void drain() throws IOException {
    byte[] buffer = new byte[BUFFER];
    while (read(buffer, 0, buffer.length) >= 0) {}
  }
}
