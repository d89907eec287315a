package io.github.goldenmaven.signing;

import java.util.Arrays;

/**
 * Reads the one DER form of ASN.1 values (X.690, section 10): lengths as short as they can be, and
 * nothing indefinite. Goes forward only.
 */
final class Der {

  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int OBJECT_IDENTIFIER = 0x06;
  static final int SEQUENCE = 0x30;

  /** The tag of an element that a SEQUENCE numbers itself, with a whole value in it. */
  static final int NUMBERED = 0xa0;

  private final byte[] bytes;
  private int at;

  /** It is not DER, or not what was asked for. Shows nothing of the bytes: they may be a key's. */
  static final class MalformedException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedException() {
      super("not the DER that is expected");
    }
  }

  Der(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean isAtEnd() {
    return at == bytes.length;
  }

  boolean isNext(int tag) {
    return at < bytes.length && (bytes[at] & 0xff) == tag;
  }

  /** The content of the next value, which has this tag. */
  byte[] content(int tag) throws MalformedException {
    if (!isNext(tag)) {
      throw new MalformedException();
    }
    at++;
    int length = length();
    if (length > bytes.length - at) {
      throw new MalformedException();
    }
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  /** The next value, which has this tag, to be read in its turn. */
  Der within(int tag) throws MalformedException {
    return new Der(content(tag));
  }

  /** The only value there is, which has this tag. */
  Der only(int tag) throws MalformedException {
    Der within = within(tag);
    if (!isAtEnd()) {
      throw new MalformedException();
    }
    return within;
  }

  private int length() throws MalformedException {
    int first = octet();
    if (first < 0x80) {
      return first;
    }
    int octets = first & 0x7f;
    if (octets < 1 || octets > 3) {
      throw new MalformedException();
    }
    int length = 0;
    for (int octet = 0; octet < octets; octet++) {
      length = (length << 8) | octet();
    }
    if (length < 0x80 || length >>> (8 * (octets - 1)) == 0) {
      throw new MalformedException();
    }
    return length;
  }

  private int octet() throws MalformedException {
    if (isAtEnd()) {
      throw new MalformedException();
    }
    return bytes[at++] & 0xff;
  }

  /** The next value, an object identifier: {@code 1.2.840.10045.2.1}. */
  String objectIdentifier() throws MalformedException {
    byte[] content = content(OBJECT_IDENTIFIER);
    StringBuilder dotted = new StringBuilder();
    long arc = 0;
    for (byte octet : content) {
      if (arc > Integer.MAX_VALUE) {
        throw new MalformedException();
      }
      arc = (arc << 7) | (octet & 0x7f);
      if (octet >= 0) {
        dotted.append(dotted.isEmpty() ? first(arc) : "." + arc);
        arc = 0;
      }
    }
    if (content.length == 0 || content[content.length - 1] < 0) {
      throw new MalformedException();
    }
    return dotted.toString();
  }

  /** The first two arcs are written as one number. */
  private static String first(long arc) {
    long top = Math.min(arc / 40, 2);
    return top + "." + (arc - 40 * top);
  }
}
