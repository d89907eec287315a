package io.github.goldenmaven.certificates;

import java.util.Arrays;

/**
 * What OpenSSL writes after a {@code TRUSTED CERTIFICATE}: a sequence of purposes that it is
 * trusted for, if any are named, and under {@code [0]} of those that it is rejected for.
 *
 * @see <a href="https://docs.openssl.org/master/man1/openssl-x509/#trust-options">openssl-x509,
 *     trust options</a>
 */
final class TrustSettings {

  private static final int SEQUENCE = 0x30;
  private static final int REJECTED = 0xA0;

  /** {@code serverAuth}, 1.3.6.1.5.5.7.3.1. */
  private static final byte[] SERVERS = {0x06, 8, 0x2B, 6, 1, 5, 5, 7, 3, 1};

  /** {@code anyExtendedKeyUsage}, 2.5.29.37.0. */
  private static final byte[] ANYTHING = {0x06, 4, 0x55, 0x1D, 0x25, 0};

  private TrustSettings() {}

  /** Whether servers may be trusted; what cannot be read allows nothing. */
  static boolean allowServers(byte[] settings) {
    if (settings.length == 0) {
      return true;
    }
    byte[] content = content(settings, 0);
    if (settings[0] != SEQUENCE || content.length == 0) {
      return settings[0] == SEQUENCE && settings.length == 2;
    }
    int at = 0;
    boolean allowed = true;
    if (content[0] == SEQUENCE) {
      byte[] purposes = content(content, 0);
      allowed = names(purposes);
      at = 2 + (content[1] < 0 ? content[1] & 0x7F : 0) + purposes.length;
    }
    return allowed
        && !(at < content.length
            && (content[at] & 0xFF) == REJECTED
            && names(content(content, at)));
  }

  private static boolean names(byte[] purposes) {
    for (int at = 0; at < purposes.length; at++) {
      if (begins(purposes, at, SERVERS) || begins(purposes, at, ANYTHING)) {
        return true;
      }
    }
    return false;
  }

  private static boolean begins(byte[] bytes, int at, byte[] with) {
    return at + with.length <= bytes.length
        && Arrays.equals(bytes, at, at + with.length, with, 0, with.length);
  }

  /** Of an element of less than 128 bytes, or of the long form at the very beginning. */
  private static byte[] content(byte[] bytes, int at) {
    if (at + 1 >= bytes.length) {
      return new byte[0];
    }
    int length = bytes[at + 1] & 0xFF;
    int begin = at + 2;
    if (length > 0x80 && length < 0x83) {
      int count = length - 0x80;
      length = 0;
      for (int i = 0; i < count && begin < bytes.length; i++) {
        length = (length << 8) | (bytes[begin++] & 0xFF);
      }
    }
    return Arrays.copyOfRange(bytes, begin, Math.min(bytes.length, begin + length));
  }
}
