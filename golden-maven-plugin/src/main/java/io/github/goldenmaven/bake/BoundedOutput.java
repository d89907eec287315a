package io.github.goldenmaven.bake;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Fails when more is written than is allowed. */
final class BoundedOutput extends FilterOutputStream {

  private long left;

  /**
   * @param most bytes
   */
  BoundedOutput(OutputStream out, long most) {
    super(out);
    this.left = most;
  }

  @Override
  public void write(int b) throws IOException {
    spend(1);
    out.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    spend(length);
    out.write(bytes, offset, length);
  }

  private void spend(int bytes) throws IOException {
    left -= bytes;
    if (left < 0) {
      throw new IOException("more than is allowed");
    }
  }
}
