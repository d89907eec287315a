package io.github.goldenmaven.signing;

import java.math.BigInteger;

/**
 * The one DER form of an ECDSA signature (RFC 3279, section 2.2.3): what the JDK reads beyond it is
 * no signature here, so that nobody can write a second form of one.
 */
final class DerSignature {

  private DerSignature() {}

  /** Whether these bytes are two numbers from 1 to below the order, and nothing more. */
  static boolean isStrict(byte[] bytes, BigInteger order) {
    try {
      Der numbers = new Der(bytes).only(Der.SEQUENCE);
      byte[] r = numbers.content(Der.INTEGER);
      byte[] s = numbers.content(Der.INTEGER);
      return isBelow(order, r) && isBelow(order, s) && numbers.isAtEnd();
    } catch (Der.MalformedException e) {
      return false;
    }
  }

  private static boolean isBelow(BigInteger order, byte[] number) {
    boolean padded = number.length > 1 && number[0] == 0 && number[1] >= 0;
    if (number.length == 0 || padded) {
      return false;
    }
    BigInteger value = new BigInteger(number);
    return value.signum() > 0 && value.compareTo(order) < 0;
  }
}
