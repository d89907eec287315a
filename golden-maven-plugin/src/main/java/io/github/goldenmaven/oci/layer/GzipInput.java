package io.github.goldenmaven.oci.layer;

import io.github.goldenmaven.RefusedException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Gzip of one or more members, to its very end. Java's own {@code GZIPInputStream} stops after a
 * member when the stream below says that nothing is {@code available}: what a container runtime
 * would still read, a check would not see.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952, GZIP file format</a>
 */
final class GzipInput implements LayerInput {

  private static final int HEADER_CRC = 1 << 1;
  private static final int EXTRA = 1 << 2;
  private static final int NAME = 1 << 3;
  private static final int COMMENT = 1 << 4;
  private static final int RESERVED = 0xE0;
  private static final int MAX_TEXT = 64 * 1024;

  private final LayerFault fault;
  private final CompressedInput stored;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private long length;
  private boolean inMember;
  private boolean ended;

  GzipInput(LayerFault fault, CompressedInput stored) {
    this.fault = fault;
    this.stored = stored;
  }

  @Override
  public int read(byte[] bytes, int offset, int wanted) {
    while (!ended) {
      if (!inMember) {
        header();
      }
      int read = inflate(bytes, offset, wanted);
      if (read > 0) {
        crc.update(bytes, offset, read);
        length += read;
        return read;
      }
      if (inflater.finished()) {
        stored.unread(inflater.getRemaining());
        trailer();
        ended = !anotherMember();
      } else if (inflater.needsInput() && stored.fill()) {
        stored.feed(inflater);
      } else if (inflater.needsInput()) {
        throw fault.truncated();
      } else {
        throw damaged();
      }
    }
    return -1;
  }

  private int inflate(byte[] bytes, int offset, int wanted) {
    try {
      return inflater.inflate(bytes, offset, wanted);
    } catch (DataFormatException e) {
      throw damaged();
    }
  }

  private void header() {
    int first = must();
    int second = must();
    int method = must();
    int flags = must();
    if (first != 0x1f || second != 0x8b || method != 8 || (flags & RESERVED) != 0) {
      throw damaged();
    }
    for (int i = 0; i < 6; i++) {
      must();
    }
    if ((flags & EXTRA) != 0) {
      for (int left = (int) littleEndian(2); left > 0; left--) {
        must();
      }
    }
    if ((flags & NAME) != 0) {
      text();
    }
    if ((flags & COMMENT) != 0) {
      text();
    }
    if ((flags & HEADER_CRC) != 0) {
      littleEndian(2);
    }
    inflater.reset();
    crc.reset();
    length = 0;
    inMember = true;
  }

  private void text() {
    for (int i = 0; must() != 0; i++) {
      if (i == MAX_TEXT) {
        throw damaged();
      }
    }
  }

  private void trailer() {
    if (littleEndian(4) != crc.getValue() || littleEndian(4) != (length & 0xFFFFFFFFL)) {
      throw damaged();
    }
    inMember = false;
  }

  /** Whether another member follows; zeros are padding to gzip(1), and no gzip to runtimes. */
  private boolean anotherMember() {
    if (!stored.fill()) {
      return false;
    }
    if (stored.peekNext() == 0) {
      throw fault.refused("has more bytes after its end");
    }
    return true;
  }

  private int must() {
    int next = stored.next();
    if (next < 0) {
      throw fault.truncated();
    }
    return next;
  }

  private long littleEndian(int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) must() << (8 * i);
    }
    return value;
  }

  private RefusedException damaged() {
    return fault.refused("is not valid gzip");
  }

  @Override
  public void close() {
    inflater.end();
    stored.close();
  }
}
