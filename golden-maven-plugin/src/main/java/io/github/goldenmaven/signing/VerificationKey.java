package io.github.goldenmaven.signing;

import io.github.goldenmaven.RefusedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The public half of a key: ECDSA on P-256 or P-384, Ed25519, or RSA with 3072 bits or more. Two
 * are equal when their SubjectPublicKeyInfo is.
 */
public final class VerificationKey {

  private static final String REMEDY =
      "Give the public key as 'openssl pkey -in KEY -pubout' writes it: ECDSA on P-256 or P-384,"
          + " Ed25519, or RSA with 3072 bits or more.";

  private final KeyType type;
  private final PublicKey key;

  private VerificationKey(KeyType type, PublicKey key) {
    this.type = type;
    this.key = key;
  }

  /**
   * Reads a PEM block {@code PUBLIC KEY} (SubjectPublicKeyInfo; RFC 7468, section 13).
   *
   * @param what the key as messages name it: {@code "The key 'ci.pub'"}
   * @throws RefusedException when it is no such key, or a weak one
   */
  public static VerificationKey parse(byte[] pem, String what) {
    Pem block = Pem.read(pem, what, REMEDY);
    String label = block.label();
    if (label.endsWith("PRIVATE KEY")) {
      throw new RefusedException(what + " is a private key where a public one is needed.", REMEDY);
    }
    if (label.endsWith("CERTIFICATE")) {
      throw new RefusedException(
          what + " is a certificate where a public key is needed.",
          "Take the key out of it with 'openssl x509 -in CERTIFICATE -noout -pubkey'.");
    }
    if (label.equals("RSA PUBLIC KEY")) {
      throw new RefusedException(
          what + " is in the traditional form 'RSA PUBLIC KEY'.",
          "Convert it with 'openssl rsa -RSAPublicKey_in -in OLD -pubout -out NEW'.");
    }
    if (!label.equals("PUBLIC KEY")) {
      throw new RefusedException(
          "%s is a PEM block '%s', not a public key.".formatted(what, label), REMEDY);
    }
    return ofSpki(block.der(), what, REMEDY);
  }

  /** The same of a file; one that cannot be read is refused too. */
  public static VerificationKey read(Path file, String what) {
    return parse(Secrets.ofFile(file, what, Pem.MAX_BYTES, REMEDY), what);
  }

  /** The same of a text. */
  public static VerificationKey parse(String pem, String what) {
    return parse(pem.getBytes(StandardCharsets.UTF_8), what);
  }

  /**
   * Reads a SubjectPublicKeyInfo, of which there is one form a key.
   *
   * @throws RefusedException when it is of an unsupported kind, weak or malformed
   */
  static VerificationKey ofSpki(byte[] spki, String what, String remedy) {
    try {
      KeyType type =
          KeyType.read(new Der(spki).only(Der.SEQUENCE).within(Der.SEQUENCE), what, remedy);
      PublicKey key =
          KeyFactory.getInstance(type.family).generatePublic(new X509EncodedKeySpec(spki));
      KeyStrength.require(key, what, remedy);
      if (Arrays.equals(key.getEncoded(), spki) && KeyStrength.isOnCurve(key)) {
        return new VerificationKey(type, key);
      }
    } catch (Der.MalformedException | InvalidKeySpecException e) {
      // Told below; the cause may show bytes, which are a private key's where it was made of one.
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has EC, Ed25519 and RSA", e);
    }
    throw new RefusedException(
        what + " is broken: its PEM block holds no public key in the usual form.", remedy);
  }

  /** Whether this key made the signature over exactly these bytes; a malformed one is false. */
  public boolean verifies(byte[] message, byte[] signature) {
    if (!isWellFormed(signature)) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance(type.signature);
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (SignatureException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + type.signature, e);
    }
  }

  /** JDKs read zeros behind the 64 bytes of Ed25519, and forms of DER that others refuse. */
  private boolean isWellFormed(byte[] signature) {
    return switch (type) {
      case P256, P384 -> DerSignature.isStrict(signature, type.order);
      case ED25519 -> signature.length == 64;
      case RSA -> true;
    };
  }

  /** How a Sigstore bundle names it: Base64 of the SHA-256 of its SubjectPublicKeyInfo in DER. */
  public String hint() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** As {@code openssl pkey -pubout} writes it. */
  public String toPem() {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    return "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
  }

  KeyType type() {
    return type;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VerificationKey that
        && Arrays.equals(key.getEncoded(), that.key.getEncoded());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key.getEncoded());
  }

  @Override
  public String toString() {
    return type + " " + hint();
  }
}
