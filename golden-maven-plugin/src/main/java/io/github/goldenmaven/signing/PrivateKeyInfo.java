package io.github.goldenmaven.signing;

import io.github.goldenmaven.RefusedException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;

/**
 * A private key in PKCS#8 (RFC 5208, section 5; RFC 5958), with the EC point that its writer put
 * beside the secret.
 *
 * <p>No record: a record would show its content.
 */
final class PrivateKeyInfo {

  private final KeyType type;
  private final PrivateKey key;
  private final byte[] point;

  private PrivateKeyInfo(KeyType type, PrivateKey key, byte[] point) {
    this.type = type;
    this.key = key;
    this.point = point;
  }

  KeyType type() {
    return type;
  }

  PrivateKey key() {
    return key;
  }

  /** The uncompressed point of an EC key, as its writer says; no proof that it is the key's. */
  Optional<byte[]> point() {
    return point.length == 0 ? Optional.empty() : Optional.of(point);
  }

  /** Whether these bytes look like PKCS#8 at all; what a wrong password leaves does not. */
  static boolean isWellFormed(byte[] der) {
    try {
      Der info = new Der(der).only(Der.SEQUENCE);
      info.content(Der.INTEGER);
      info.within(Der.SEQUENCE).objectIdentifier();
      info.content(Der.OCTET_STRING);
      return true;
    } catch (Der.MalformedException e) {
      return false;
    }
  }

  /**
   * Reads a key.
   *
   * @param what the key as messages name it
   * @throws RefusedException when it is malformed, or of a kind that is not supported
   */
  static PrivateKeyInfo read(byte[] der, String what, String remedy) {
    try {
      Der info = new Der(der).only(Der.SEQUENCE);
      info.content(Der.INTEGER);
      KeyType type = KeyType.read(info.within(Der.SEQUENCE), what, remedy);
      byte[] secret = info.content(Der.OCTET_STRING);
      PrivateKey key =
          KeyFactory.getInstance(type.family).generatePrivate(new PKCS8EncodedKeySpec(der));
      return new PrivateKeyInfo(
          type, key, type.family.equals("EC") ? pointOf(secret) : new byte[0]);
    } catch (Der.MalformedException | GeneralSecurityException e) {
      // Without the cause, which may show bytes of the key.
      throw new RefusedException(what + " is broken: its PEM block holds no PKCS#8 key.", remedy);
    }
  }

  /** The optional public key of ECPrivateKey (RFC 5915, section 3). */
  private static byte[] pointOf(byte[] secret) throws Der.MalformedException {
    Der key = new Der(secret).only(Der.SEQUENCE);
    key.content(Der.INTEGER);
    key.content(Der.OCTET_STRING);
    if (key.isNext(Der.NUMBERED)) {
      key.content(Der.NUMBERED);
    }
    if (!key.isNext(Der.NUMBERED + 1)) {
      return new byte[0];
    }
    byte[] bits = key.within(Der.NUMBERED + 1).content(Der.BIT_STRING);
    boolean isUncompressed = bits.length > 1 && bits[0] == 0 && bits[1] == 4;
    return isUncompressed ? java.util.Arrays.copyOfRange(bits, 1, bits.length) : new byte[0];
  }
}
