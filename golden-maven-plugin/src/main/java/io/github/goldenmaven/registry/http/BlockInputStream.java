package io.github.goldenmaven.registry.http;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that come in blocks; one byte is a block of one, and what is skipped is read. */
public abstract class BlockInputStream extends InputStream {

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public abstract int read(byte[] target, int offset, int length) throws IOException;
}
