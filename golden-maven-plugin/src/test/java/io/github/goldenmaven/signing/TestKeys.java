package io.github.goldenmaven.signing;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keys that the JDK makes, without a file. */
public final class TestKeys {

  private static @Nullable KeyPair rsaOrNull;

  private TestKeys() {}

  /** An ECDSA key on P-256, another each time. */
  public static SigningKey make() {
    return open(pair("secp256r1"));
  }

  /** The RSA pair of 3072 bits, the same each time: to make one takes a second. */
  static synchronized KeyPair rsa() {
    if (rsaOrNull == null) {
      rsaOrNull = pair("RSA-3072");
    }
    return rsaOrNull;
  }

  /**
   * Makes a pair.
   *
   * @param kind a curve like {@code secp256r1}, {@code RSA-3072}, or an algorithm of the JDK's
   */
  static KeyPair pair(String kind) {
    try {
      boolean isCurve = kind.startsWith("sec");
      String family = isCurve ? "EC" : kind.replaceAll("-.*", "");
      KeyPairGenerator pairs = KeyPairGenerator.getInstance(family);
      if (isCurve) {
        pairs.initialize(new ECGenParameterSpec(kind));
      } else if (kind.startsWith("RSA-")) {
        pairs.initialize(Integer.parseInt(kind.substring(4)));
      }
      return pairs.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static SigningKey open(KeyPair pair) {
    return SigningKey.open(
        new KeyReference.Variable("KEY"),
        Optional.empty(),
        Map.of("KEY", pem("PRIVATE KEY", pair.getPrivate().getEncoded())));
  }

  static VerificationKey publicHalf(KeyPair pair) {
    return VerificationKey.parse(pem("PUBLIC KEY", pair.getPublic().getEncoded()), "The key");
  }

  static String pem(String label, byte[] der) {
    return "-----BEGIN %s-----\r\n%s\r\n-----END %s-----\r\n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(der), label);
  }
}
