package io.github.goldenmaven.oci.layer;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Inflater;

/** A layer's stored bytes: buffered, counted, bounded, and the one place where reading can fail. */
final class CompressedInput implements LayerInput {

  private final LayerFault fault;
  private final InputStream in;
  private final long max;
  private final byte[] buffer = new byte[64 * 1024];
  private int at;
  private int end;
  private final AtomicLong total = new AtomicLong();

  CompressedInput(LayerFault fault, InputStream in, long max) {
    this.fault = fault;
    this.in = in;
    this.max = max;
  }

  /** Whether there are bytes to {@link #read}; reads more where the buffer is empty. */
  boolean fill() {
    return at < end || fill(0);
  }

  private boolean fill(int from) {
    try {
      int read = in.read(buffer, from, buffer.length - from);
      if (read < 0) {
        return false;
      }
      at = 0;
      end = from + read;
      total.addAndGet(read);
    } catch (IOException e) {
      throw new UnavailableException(
          fault.what()
              + " could not be read: "
              + Printable.of(String.valueOf(e.getMessage()))
              + ".",
          "Run the goal again; when it stays, look whether the store it comes from answers.",
          e);
    }
    if (total.get() > max) {
      throw fault.refused("is stored in more than " + max + " bytes");
    }
    return true;
  }

  /** The first bytes, which stay to be read; fewer where there are no more. */
  byte[] peek(int length) {
    boolean more = true;
    while (more && end < length) {
      more = fill(end);
    }
    byte[] first = new byte[Math.min(length, end)];
    System.arraycopy(buffer, 0, first, 0, first.length);
    return first;
  }

  /** The next byte, -1 at the end. */
  int next() {
    return fill() ? buffer[at++] & 0xFF : -1;
  }

  /** The next byte, which stays to be read; only after {@link #fill} said there is one. */
  int peekNext() {
    return buffer[at] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    if (!fill()) {
      return -1;
    }
    int part = Math.min(length, end - at);
    System.arraycopy(buffer, at, bytes, offset, part);
    at += part;
    return part;
  }

  /** Hands everything buffered to an inflater. */
  void feed(Inflater inflater) {
    inflater.setInput(buffer, at, end - at);
    at = end;
  }

  /** Takes back what the inflater did not use of the last {@link #feed}. */
  void unread(int bytes) {
    at = end - bytes;
  }

  /** Bytes read so far; may be asked by any thread. */
  long total() {
    return total.get();
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      // Everything wanted was read; there is nothing to tell.
    }
  }
}
