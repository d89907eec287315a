package io.github.goldenmaven.oci.layer;

import io.github.goldenmaven.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The fields of one 512-byte header. Where readers are known to understand one header differently,
 * it is refused rather than understood in one way.
 *
 * @see <a href="https://www.gnu.org/software/tar/manual/html_node/Standard.html">GNU tar, Basic Tar
 *     Format</a>
 */
final class TarHeader {

  private static final byte[] USTAR = {'u', 's', 't', 'a', 'r', 0};
  private static final byte[] GNU = {'u', 's', 't', 'a', 'r', ' ', ' ', 0};
  private static final byte[] STAR = {'t', 'a', 'r', 0};
  private static final int MAGIC = 257;
  private static final int PREFIX = 345;
  private static final int STAR_TRAILER = 508;

  private final LayerFault fault;
  private final byte[] block;

  /** Checks checksum and dialect. */
  TarHeader(LayerFault fault, byte[] block) {
    this.fault = fault;
    this.block = block;
    requireChecksum();
    if (isGnu()) {
      // Readers take these fields for a path's prefix where they are not numbers.
      number("access time", PREFIX, 12);
      number("change time", PREFIX + 12, 12);
    } else if (isUstar()) {
      if (Arrays.equals(STAR, Arrays.copyOfRange(block, STAR_TRAILER, TarOutput.BLOCK))) {
        throw fault.refused("is in the format of star, whose long names readers disagree on");
      }
    } else if (!isZero(MAGIC, GNU.length)) {
      throw fault.refused("is in no tar format this build knows");
    }
    requireNumbers();
  }

  /** Readers in Go refuse a layer for any field that is none, also where nobody asks for it. */
  private void requireNumbers() {
    mode();
    uid();
    gid();
    size();
    modified();
    deviceMajor();
    deviceMinor();
  }

  private boolean isUstar() {
    return Arrays.equals(USTAR, Arrays.copyOfRange(block, MAGIC, MAGIC + USTAR.length));
  }

  private boolean isGnu() {
    return Arrays.equals(GNU, Arrays.copyOfRange(block, MAGIC, MAGIC + GNU.length));
  }

  private void requireChecksum() {
    long unsigned = 0;
    long signed = 0;
    for (int i = 0; i < block.length; i++) {
      byte b = i >= 148 && i < 156 ? (byte) ' ' : block[i];
      unsigned += b & 0xFF;
      signed += b;
    }
    long stated = number("checksum", 148, 8);
    if (stated != unsigned && stated != signed) {
      throw fault.refused("has a tar header with a wrong checksum");
    }
  }

  char type() {
    return (char) (block[156] & 0xFF);
  }

  /** The path's bytes, one character each. */
  String name() {
    String name = text(0, 100);
    String prefix = isUstar() ? text(PREFIX, 155) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  /** The link target's bytes, one character each. */
  String link() {
    return text(157, 100);
  }

  int mode() {
    return (int) (notNegative("mode", 100, 8) & 07777);
  }

  long uid() {
    return notNegative("uid", 108, 8);
  }

  long gid() {
    return notNegative("gid", 116, 8);
  }

  long size() {
    return notNegative("size", 124, 12);
  }

  long modified() {
    return number("time", 136, 12);
  }

  long deviceMajor() {
    return isZero(MAGIC, GNU.length) ? 0 : notNegative("device number", 329, 8);
  }

  long deviceMinor() {
    return isZero(MAGIC, GNU.length) ? 0 : notNegative("device number", 337, 8);
  }

  private String text(int from, int length) {
    int end = from;
    while (end < from + length && block[end] != 0) {
      end++;
    }
    return new String(block, from, end - from, StandardCharsets.ISO_8859_1);
  }

  private long notNegative(String field, int from, int length) {
    long number = number(field, from, length);
    if (number < 0) {
      throw fault.refused("has a tar header with a negative " + field);
    }
    return number;
  }

  /** Octal digits between spaces and NULs, or base 256 where the first bit is set. */
  private long number(String field, int from, int length) {
    if ((block[from] & 0x80) != 0) {
      return base256(field, from, length);
    }
    int at = from;
    int end = from + length;
    while (at < end && isBlank(block[at])) {
      at++;
    }
    long value = 0;
    while (at < end && block[at] >= '0' && block[at] <= '7') {
      value = value << 3 | (block[at++] - '0');
    }
    while (at < end && isBlank(block[at])) {
      at++;
    }
    if (at < end) {
      throw notANumber(field);
    }
    return value;
  }

  /** Two's complement, big endian, the first bit being only the mark. */
  private long base256(String field, int from, int length) {
    boolean negative = (block[from] & 0x40) != 0;
    long value = negative ? -1 : 0;
    for (int i = from; i < from + length; i++) {
      int octet = i == from ? (negative ? block[i] & 0xFF : block[i] & 0x7F) : block[i] & 0xFF;
      long shifted = value << 8 | octet;
      if (shifted >> 8 != value) {
        throw notANumber(field);
      }
      value = shifted;
    }
    return value;
  }

  private boolean isZero(int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (block[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == 0;
  }

  private RefusedException notANumber(String field) {
    return fault.refused("has a tar header whose " + field + " is not a number");
  }
}
