package io.github.goldenmaven.bake.certificates;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The few forms of DER that trust stores and names need.
 *
 * @see <a href="https://www.itu.int/rec/T-REC-X.690">X.690</a>
 */
final class Der {

  static final int INTEGER = 0x02;
  static final int OCTET_STRING = 0x04;
  static final int OBJECT_IDENTIFIER = 0x06;
  static final int UTF8_STRING = 0x0C;
  static final int BMP_STRING = 0x1E;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  /** {@code [0] EXPLICIT}. */
  static final int CONTEXT_0 = 0xA0;

  private static final int LONG_FORM = 0x80;

  private Der() {}

  /** Tag, length, and these parts one after the other. */
  static byte[] of(int tag, byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 6);
    out.write(tag);
    if (length < LONG_FORM) {
      out.write(length);
    } else {
      int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
      out.write(LONG_FORM | bytes);
      for (int at = bytes - 1; at >= 0; at--) {
        out.write(length >>> (8 * at));
      }
    }
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** An object identifier: {@code 1.2.840.113549.1.7.1}. */
  static byte[] oid(String dotted) {
    int[] arcs = Arrays.stream(dotted.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(arcs[0] * 40 + arcs[1]);
    for (int at = 2; at < arcs.length; at++) {
      for (int shift = 28; shift > 0; shift -= 7) {
        if (arcs[at] >>> shift != 0) {
          out.write(0x80 | ((arcs[at] >>> shift) & 0x7F));
        }
      }
      out.write(arcs[at] & 0x7F);
    }
    return of(OBJECT_IDENTIFIER, out.toByteArray());
  }

  /** A set whose elements are ordered as DER wants them. */
  static byte[] setOf(byte[]... elements) {
    byte[][] sorted = elements.clone();
    Arrays.sort(sorted, Arrays::compareUnsigned);
    return of(SET, sorted);
  }

  /** Walks over the elements of well-formed DER: a certificate's name that the JDK has parsed. */
  static final class Reader {
    private final byte[] bytes;
    private final int end;
    private int at;

    Reader(byte[] bytes) {
      this(bytes, 0, bytes.length);
    }

    private Reader(byte[] bytes, int at, int end) {
      this.bytes = bytes;
      this.at = at;
      this.end = end;
    }

    boolean hasNext() {
      return at < end;
    }

    int tag() {
      return bytes[at] & 0xFF;
    }

    /** The whole next element, its tag and length with it. */
    byte[] element() {
      int begin = at;
      at = content().end;
      return Arrays.copyOfRange(bytes, begin, at);
    }

    /** What is in the next element, which is passed. */
    Reader open() {
      Reader content = content();
      at = content.end;
      return content;
    }

    byte[] rest() {
      return Arrays.copyOfRange(bytes, at, end);
    }

    private Reader content() {
      int length = bytes[at + 1] & 0xFF;
      int begin = at + 2;
      if (length >= LONG_FORM) {
        int count = length - LONG_FORM;
        length = 0;
        for (int i = 0; i < count; i++) {
          length = (length << 8) | (bytes[begin + i] & 0xFF);
        }
        begin += count;
      }
      return new Reader(bytes, begin, begin + length);
    }
  }
}
