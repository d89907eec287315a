package io.github.goldenmaven.signing;

import io.github.goldenmaven.RefusedException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The kinds of keys that sign and verify, each with one form of signature: cosign checks all with
 * SHA-256, P-384 too.
 */
enum KeyType {
  P256(
      "ECDSA P-256",
      "EC",
      "SHA256withECDSA",
      "1.2.840.10045.2.1 1.2.840.10045.3.1.7",
      "3059301306072a8648ce3d020106082a8648ce3d030107034200",
      "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"),
  P384(
      "ECDSA P-384",
      "EC",
      "SHA256withECDSA",
      "1.2.840.10045.2.1 1.3.132.0.34",
      "3076301006072a8648ce3d020106052b81040022036200",
      "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973"),
  ED25519("Ed25519", "Ed25519", "Ed25519", "1.3.101.112", "302a300506032b6570032100", "0"),
  RSA("RSA", "RSA", "SHA256withRSA", "1.2.840.113549.1.1.1", "", "0");

  /** What people may bring instead, by its object identifiers. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("1.2.840.10045.2.1 1.3.132.0.35", "ECDSA on the curve P-521"),
          Map.entry("1.2.840.10045.2.1 1.3.132.0.33", "ECDSA on the curve P-224"),
          Map.entry("1.2.840.10045.2.1 1.3.132.0.10", "ECDSA on the curve secp256k1"),
          Map.entry("1.2.840.10045.2.1 ", "ECDSA on a curve without a name"),
          Map.entry("1.2.840.10040.4.1 ", "DSA"),
          Map.entry("1.2.840.113549.1.3.1 ", "Diffie-Hellman"),
          Map.entry("1.2.840.113549.1.1.10 ", "RSA for PSS only"),
          Map.entry("1.2.840.113549.1.1.10", "RSA for PSS only"),
          Map.entry("1.3.101.110", "X25519"),
          Map.entry("1.3.101.111", "X448"),
          Map.entry("1.3.101.113", "Ed448"));

  private final String shown;
  final String family;
  final String signature;
  private final String identifiers;

  /** How its SubjectPublicKeyInfo begins, in hex, up to the point; empty where that differs. */
  final String header;

  /** How many points the curve's group has; zero where the key has no such curve. */
  final BigInteger order;

  KeyType(
      String shown,
      String family,
      String signature,
      String identifiers,
      String header,
      String order) {
    this.shown = shown;
    this.family = family;
    this.signature = signature;
    this.identifiers = identifiers;
    this.header = header;
    this.order = new BigInteger(order, 16);
  }

  /**
   * Reads an AlgorithmIdentifier (RFC 5280, section 4.1.1.2).
   *
   * @param what the key as messages name it
   * @throws RefusedException when keys of its kind are not supported
   */
  static KeyType read(Der algorithm, String what, String remedy) throws Der.MalformedException {
    String identifiers = algorithm.objectIdentifier();
    if (algorithm.isNext(Der.OBJECT_IDENTIFIER)) {
      identifiers += " " + algorithm.objectIdentifier();
    } else if (!algorithm.isAtEnd() && !identifiers.equals(RSA.identifiers)) {
      identifiers += " ";
    }
    String wanted = identifiers;
    Optional<KeyType> known =
        Arrays.stream(values()).filter(type -> type.identifiers.equals(wanted)).findFirst();
    return known.orElseThrow(
        () ->
            new RefusedException(
                "%s is %s, which is not supported."
                    .formatted(what, OTHERS.getOrDefault(wanted, "of the kind " + wanted.strip())),
                remedy));
  }

  @Override
  public String toString() {
    return shown;
  }
}
