package io.github.goldenmaven.signing;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.List;
import javax.crypto.KeyAgreement;

/**
 * Finds the public half of a private key, for which the JDK has no call. Where the point is not
 * written beside the secret, the JDK's key agreement multiplies the curve's own base point by the
 * secret: that gives one coordinate of the public point. The other one has two values, and a
 * signature tells which is right. So no arithmetic here touches a secret.
 */
final class PublicHalf {

  private static final BigInteger ONE = BigInteger.ONE;

  /** RFC 7748, section 4.1: the field of Curve25519, and the u of its base point. */
  private static final BigInteger PRIME_25519 = ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

  private static final BigInteger BASE_U = BigInteger.valueOf(9);

  private PublicHalf() {}

  /** One or two public keys, of which one is the private key's. */
  static List<PublicKey> candidates(PrivateKeyInfo info) throws GeneralSecurityException {
    if (info.key() instanceof RSAPrivateCrtKey rsa) {
      return List.of(
          KeyFactory.getInstance("RSA")
              .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent())));
    }
    if (info.key() instanceof EdECPrivateKey edwards) {
      return ofEdwards(edwards.getBytes().orElseThrow());
    }
    return ofCurve((ECPrivateKey) info.key());
  }

  /** Both points with the x of base point times secret: y^2 = x^3 + ax + b. */
  private static List<PublicKey> ofCurve(ECPrivateKey key) throws GeneralSecurityException {
    ECParameterSpec curve = key.getParams();
    KeyFactory keys = KeyFactory.getInstance("EC");
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(key);
    agreement.doPhase(keys.generatePublic(new ECPublicKeySpec(curve.getGenerator(), curve)), true);
    BigInteger x = new BigInteger(1, agreement.generateSecret());
    BigInteger prime = ((ECFieldFp) curve.getCurve().getField()).getP();
    BigInteger square =
        x.pow(3).add(curve.getCurve().getA().multiply(x)).add(curve.getCurve().getB()).mod(prime);
    // The primes of P-256 and P-384 are 3 modulo 4, so this power is a square root.
    BigInteger y = square.modPow(prime.add(ONE).shiftRight(2), prime);
    return List.of(
        keys.generatePublic(new ECPublicKeySpec(new ECPoint(x, y), curve)),
        keys.generatePublic(new ECPublicKeySpec(new ECPoint(x, prime.subtract(y)), curve)));
  }

  /**
   * Both points with the y of base point times secret. Ed25519 and X25519 share curve, base point
   * and the form of the secret number (RFC 8032, section 5.1.5; RFC 7748, sections 4.1 and 5).
   */
  private static List<PublicKey> ofEdwards(byte[] seed) throws GeneralSecurityException {
    byte[] hash = MessageDigest.getInstance("SHA-512").digest(seed);
    byte[] number = java.util.Arrays.copyOf(hash, 32);
    KeyFactory exchanging = KeyFactory.getInstance("X25519");
    KeyAgreement agreement = KeyAgreement.getInstance("X25519");
    agreement.init(
        exchanging.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, number)));
    agreement.doPhase(
        exchanging.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, BASE_U)), true);
    BigInteger u = littleEndian(agreement.generateSecret());
    BigInteger y = u.subtract(ONE).multiply(u.add(ONE).modInverse(PRIME_25519)).mod(PRIME_25519);
    KeyFactory keys = KeyFactory.getInstance("Ed25519");
    return List.of(
        keys.generatePublic(
            new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(false, y))),
        keys.generatePublic(
            new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(true, y))));
  }

  private static BigInteger littleEndian(byte[] bytes) {
    byte[] turned = new byte[bytes.length];
    for (int at = 0; at < bytes.length; at++) {
      turned[at] = bytes[bytes.length - 1 - at];
    }
    return new BigInteger(1, turned);
  }
}
