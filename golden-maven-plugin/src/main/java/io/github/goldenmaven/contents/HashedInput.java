package io.github.goldenmaven.contents;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Hashes all that is read of a file, and what its reader left. */
final class HashedInput extends FilterInputStream {

  private final MessageDigest hash;
  private final byte[] buffer;

  /**
   * @param buffer for what is not asked for: a layer has thousands of files, and one buffer
   */
  HashedInput(InputStream content, MessageDigest hash, byte[] buffer) {
    super(content);
    this.hash = hash;
    this.buffer = buffer;
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
    return readNBytes((int) Math.min(Math.max(0, bytes), buffer.length)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Reads to the end. */
  void drain() throws IOException {
    while (read(buffer, 0, buffer.length) >= 0) {}
  }
}
