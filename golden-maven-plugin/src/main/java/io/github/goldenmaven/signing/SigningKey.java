package io.github.goldenmaven.signing;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A private key that signs. Shows nothing of itself but its public half. */
public final class SigningKey implements AutoCloseable {

  static final String REMEDY =
      "Use ECDSA on P-256 or P-384, Ed25519, or RSA with 3072 bits or more: 'openssl genpkey"
          + " -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out KEY' makes a key; name it in"
          + " <key> or with -Dgolden.key.";

  private static final byte[] PROBE = {1, 2, 3};

  private final String what;
  private final PrivateKey key;
  private final VerificationKey publicHalf;

  /** Of a token; the JDK chooses one for a key in memory. */
  private final @Nullable Provider provider;

  private final Runnable release;

  private SigningKey(
      String what,
      PrivateKey key,
      VerificationKey publicHalf,
      @Nullable Provider provider,
      Runnable release) {
    this.what = what;
    this.key = key;
    this.publicHalf = publicHalf;
    this.provider = provider;
    this.release = release;
  }

  /**
   * Opens a key, and signs once to see that it fits its public half.
   *
   * @throws RefusedException when there is no such key, or it is weak, or its password is not; it
   *     shows nothing of either
   */
  public static SigningKey open(KeyReference reference, Optional<KeyPassword> password) {
    return open(reference, password, System.getenv());
  }

  static SigningKey open(
      KeyReference reference, Optional<KeyPassword> password, Map<String, String> environment) {
    String what = reference.toString();
    if (reference instanceof KeyReference.Token token) {
      return TokenKey.open(token, password.map(place -> place.read(environment)));
    }
    byte[] pem =
        reference instanceof KeyReference.PemFile file
            ? Secrets.ofFile(file.path(), what, Pem.MAX_BYTES, KeyReference.REMEDY)
            : Secrets.ofVariable(
                ((KeyReference.Variable) reference).name(), environment, KeyReference.REMEDY);
    byte[] der = pkcs8(Pem.read(pem, what, REMEDY), what, password, environment);
    SigningKey opened = ofPkcs8(PrivateKeyInfo.read(der, what, REMEDY), what);
    Arrays.fill(pem, (byte) 0);
    Arrays.fill(der, (byte) 0);
    return opened;
  }

  private static byte[] pkcs8(
      Pem block, String what, Optional<KeyPassword> password, Map<String, String> environment) {
    if (block.label().equals("ENCRYPTED PRIVATE KEY")) {
      char[] secret =
          password
              .orElseThrow(
                  () ->
                      new RefusedException(
                          what + " is encrypted, and no password is given.", KeyPassword.REMEDY))
              .read(environment);
      byte[] der = EncryptedKey.decrypt(block.der(), secret, what);
      Arrays.fill(secret, '\0');
      return der;
    }
    if (!block.label().equals("PRIVATE KEY")) {
      throw otherBlock(block.label(), what);
    }
    if (password.isPresent()) {
      throw new RefusedException(
          what + " is not encrypted, but a password is given.",
          "Leave <keyPassword> (golden.keyPassword) out, or encrypt the key with 'openssl pkcs8"
              + " -topk8 -v2 aes-256-cbc -in OLD -out NEW'.");
    }
    return block.der();
  }

  private static RefusedException otherBlock(String label, String what) {
    return switch (label) {
      case "PUBLIC KEY" ->
          new RefusedException(
              what + " is a public key where a private one is needed.",
              "Give the private key that it belongs to in <key> or with -Dgolden.key.");
      case "CERTIFICATE" ->
          new RefusedException(
              what + " is a certificate where a private key is needed.",
              "Give the private key that it belongs to in <key> or with -Dgolden.key.");
      case "EC PRIVATE KEY", "RSA PRIVATE KEY", "DSA PRIVATE KEY" ->
          new RefusedException(
              "%s is in the traditional form '%s', not in PKCS#8.".formatted(what, label),
              "Convert it with 'openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW', or without"
                  + " '-nocrypt' to encrypt it, and give NEW in <key> or with -Dgolden.key.");
      case "OPENSSH PRIVATE KEY" ->
          new RefusedException(
              what + " is in OpenSSH's own form, not in PKCS#8.",
              "Keys for logging in are not for signing. " + REMEDY);
      default ->
          new RefusedException(
              "%s is a PEM block '%s', not a private key.".formatted(what, label), REMEDY);
    };
  }

  private static SigningKey ofPkcs8(PrivateKeyInfo info, String what) {
    try {
      Optional<byte[]> point = info.point();
      if (point.isPresent()) {
        byte[] spki =
            HexFormat.of().parseHex(info.type().header + HexFormat.of().formatHex(point.get()));
        return checked(info.key(), VerificationKey.ofSpki(spki, what, REMEDY), what)
            .orElseThrow(() -> unfit(what));
      }
      for (PublicKey candidate : PublicHalf.candidates(info)) {
        VerificationKey half = VerificationKey.ofSpki(candidate.getEncoded(), what, REMEDY);
        Optional<SigningKey> fitting = checked(info.key(), half, what);
        if (fitting.isPresent()) {
          return fitting.get();
        }
      }
    } catch (GeneralSecurityException | ProviderException e) {
      // Told below, without the cause, which may show bytes of the key.
    }
    throw unfit(what);
  }

  private static RefusedException unfit(String what) {
    return new RefusedException(what + " has two halves that do not belong together.", REMEDY);
  }

  private static Optional<SigningKey> checked(PrivateKey key, VerificationKey half, String what)
      throws GeneralSecurityException {
    SigningKey signing = new SigningKey(what, key, half, null, () -> {});
    return half.verifies(PROBE, signing.signature(PROBE)) ? Optional.of(signing) : Optional.empty();
  }

  /**
   * A key of a token.
   *
   * @param release ends the use of the token
   * @throws RefusedException when it does not fit its public half
   */
  static SigningKey ofToken(
      String what, PrivateKey key, VerificationKey half, Provider provider, Runnable release) {
    SigningKey signing = new SigningKey(what, key, half, provider, release);
    if (!half.verifies(PROBE, signing.sign(PROBE))) {
      throw new RefusedException(
          what + " is not the key of the certificate beside it.",
          "Put the certificate of that key on the token, with the same CKA_ID, or name another key"
              + " in <key> or with -Dgolden.key.");
    }
    return signing;
  }

  public VerificationKey verificationKey() {
    return publicHalf;
  }

  /**
   * Signs: ECDSA in DER, Ed25519, or RSA with PKCS#1 v1.5, over SHA-256 where a hash is to be
   * chosen.
   *
   * @throws UnavailableException when the key's token does not sign
   */
  public byte[] sign(byte[] message) {
    try {
      return signature(message);
    } catch (GeneralSecurityException | ProviderException e) {
      // Without the cause, which may show something of the key.
      throw new UnavailableException(
          what + " does not sign.",
          "Check that its token is there and allows signing; see <key> (golden.key).");
    }
  }

  private byte[] signature(byte[] message) throws GeneralSecurityException {
    String algorithm = publicHalf.type().signature;
    Signature signer =
        provider == null
            ? Signature.getInstance(algorithm)
            : Signature.getInstance(algorithm, provider);
    signer.initSign(key);
    signer.update(message);
    return signer.sign();
  }

  /** Logs out of the key's token. The JDK cannot overwrite a key in memory. */
  @Override
  public void close() {
    release.run();
  }

  @Override
  public String toString() {
    return "private half of " + publicHalf;
  }
}
