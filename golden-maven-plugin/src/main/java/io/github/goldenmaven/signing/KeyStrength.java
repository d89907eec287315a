package io.github.goldenmaven.signing;

import io.github.goldenmaven.RefusedException;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;

/** Which public keys are too weak to say who signed. */
final class KeyStrength {

  static final int MIN_RSA_BITS = 3072;

  /** The smallest that FIPS 186-5, section 5.1, allows. */
  private static final BigInteger MIN_RSA_EXPONENT = BigInteger.valueOf(65537);

  private static final BigInteger PRIME_25519 =
      BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

  /** The y of two of the four points of order eight; the others' is its negative. */
  private static final BigInteger ORDER_EIGHT =
      new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16);

  private KeyStrength() {}

  /**
   * Demands a key that is strong enough for its kind.
   *
   * @param what the key as messages name it
   * @throws RefusedException when it is weak
   */
  static void require(PublicKey key, String what, String remedy) {
    if (key instanceof RSAPublicKey rsa) {
      refuseWeak(rsa, what, remedy);
    }
    if (key instanceof EdECPublicKey edwards && isOfSmallOrder(edwards)) {
      throw new RefusedException(
          what + " is weak: an Ed25519 point that signatures of nobody fit.", remedy);
    }
  }

  private static void refuseWeak(RSAPublicKey key, String what, String remedy) {
    int bits = key.getModulus().bitLength();
    if (bits < MIN_RSA_BITS) {
      throw new RefusedException(
          "%s is weak: RSA with %d bits, fewer than %d.".formatted(what, bits, MIN_RSA_BITS),
          remedy);
    }
    BigInteger exponent = key.getPublicExponent();
    if (exponent.compareTo(MIN_RSA_EXPONENT) < 0 || !exponent.testBit(0)) {
      throw new RefusedException(
          "%s is weak: RSA with an exponent that is even or below %d."
              .formatted(what, MIN_RSA_EXPONENT),
          remedy);
    }
  }

  /**
   * Eight points of the curve, and other spellings of them, verify signatures that anyone can
   * write: eight times such a point is the neutral one (RFC 8032, section 5.1; RFC 7748, section
   * 7).
   */
  private static boolean isOfSmallOrder(EdECPublicKey key) {
    BigInteger y = key.getPoint().getY().mod(PRIME_25519);
    BigInteger mirrored = PRIME_25519.subtract(y);
    return y.signum() == 0
        || y.equals(BigInteger.ONE)
        || mirrored.equals(BigInteger.ONE)
        || y.equals(ORDER_EIGHT)
        || mirrored.equals(ORDER_EIGHT);
  }

  /** Whether an EC key's point is on its curve: RFC 5480 leaves it to readers, and so do JDKs. */
  static boolean isOnCurve(PublicKey anyKey) {
    if (!(anyKey instanceof ECPublicKey key)) {
      return true;
    }
    EllipticCurve curve = key.getParams().getCurve();
    BigInteger prime = ((ECFieldFp) curve.getField()).getP();
    ECPoint point = key.getW();
    BigInteger x = point.getAffineX();
    BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB());
    return x.compareTo(prime) < 0
        && point.getAffineY().compareTo(prime) < 0
        && point.getAffineY().pow(2).subtract(right).mod(prime).signum() == 0;
  }
}
