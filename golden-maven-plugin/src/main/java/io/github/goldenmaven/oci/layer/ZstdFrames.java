package io.github.goldenmaven.oci.layer;

import java.io.InputStream;

/**
 * The frames of a Zstandard stream, at most a million, without those that are to be skipped, which
 * the library does not know: some writers put them between frames, others what they want to find
 * again behind all. The first frame is a real one: not every runtime knows a layer that begins with
 * one to be skipped as compressed.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878#section-3.1">RFC 8878, 3.1, frames</a>
 */
final class ZstdFrames extends InputStream {

  private static final int MAGIC = 0xFD2FB528;
  private static final int SKIPPABLE = 0x184D2A50;
  private static final int LAST = 1;
  private static final int ONE_BYTE_REPEATED = 1;

  /** So that a layer of frames with nothing in them comes to an end. */
  private static final int MAX_FRAMES = 1_000_000;

  private final LayerFault fault;
  private final CompressedInput stored;

  /** What of a frame or block was read to learn its length, and is to be handed on. */
  private final byte[] head = new byte[18];

  private final byte[] passed = new byte[8192];

  private int at;
  private int end;
  private int frames;

  /** Bytes that follow in the frame before the next thing to look at. */
  private long left;

  private boolean inFrame;
  private boolean checksum;

  ZstdFrames(LayerFault fault, CompressedInput stored) {
    this.fault = fault;
    this.stored = stored;
  }

  /** Whether a layer that begins so is compressed with Zstandard. */
  static boolean begin(byte[] first) {
    return first.length >= 4 && number(first, 0, 4) == MAGIC;
  }

  /**
   * Whether a layer begins with a frame to be skipped: compressed to some, a plain tar to others.
   */
  static boolean beginSkipped(byte[] first) {
    return first.length >= 4 && isSkippable(number(first, 0, 4));
  }

  private static boolean isSkippable(int magic) {
    return (magic & ~0xF) == SKIPPABLE;
  }

  private static int number(byte[] bytes, int from, int length) {
    int number = 0;
    for (int i = 0; i < length; i++) {
      number |= (bytes[from + i] & 0xFF) << (8 * i);
    }
    return number;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (at == end && left == 0 && !advance()) {
      return -1;
    }
    if (at < end) {
      int part = Math.min(length, end - at);
      System.arraycopy(head, at, bytes, offset, part);
      at += part;
      return part;
    }
    int part = stored.read(bytes, offset, (int) Math.min(length, left));
    if (part < 0) {
      throw damaged();
    }
    left -= part;
    return part;
  }

  /** Reads on to where there are bytes to hand on; false at the end. */
  private boolean advance() {
    at = 0;
    end = 0;
    return inFrame ? block() : frame();
  }

  private boolean frame() {
    while (stored.fill()) {
      if (++frames > MAX_FRAMES) {
        throw fault.refused("has more than " + MAX_FRAMES + " zstd frames");
      }
      take(4);
      int magic = number(head, 0, 4);
      if (isSkippable(magic)) {
        end = 0;
        take(4);
        passOver(Integer.toUnsignedLong(number(head, 0, 4)));
        end = 0;
      } else if (magic == MAGIC) {
        header();
        return true;
      } else {
        throw damaged();
      }
    }
    return false;
  }

  private void header() {
    take(1);
    int descriptor = head[4];
    boolean singleSegment = (descriptor & 0x20) != 0;
    int contentSize = descriptor >> 6 & 3;
    int dictionary = descriptor & 3;
    checksum = (descriptor & 4) != 0;
    take(singleSegment ? 0 : 1);
    take(dictionary == 3 ? 4 : dictionary);
    take(contentSize == 0 ? (singleSegment ? 1 : 0) : 1 << contentSize);
    inFrame = true;
  }

  private boolean block() {
    take(3);
    int header = number(head, 0, 3);
    int type = header >> 1 & 3;
    left = type == ONE_BYTE_REPEATED ? 1 : header >> 3;
    if ((header & LAST) != 0) {
      inFrame = false;
      left += checksum ? 4 : 0;
    }
    return true;
  }

  private void take(int length) {
    for (int i = 0; i < length; i++) {
      int next = stored.next();
      if (next < 0) {
        throw damaged();
      }
      head[end++] = (byte) next;
    }
  }

  private void passOver(long length) {
    for (long rest = length; rest > 0; ) {
      int part = stored.read(passed, 0, (int) Math.min(passed.length, rest));
      if (part < 0) {
        throw damaged();
      }
      rest -= part;
    }
  }

  private RuntimeException damaged() {
    return fault.refused("is damaged: its zstd frames cannot be read to their end");
  }
}
