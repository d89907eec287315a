package io.github.goldenmaven.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationKeyTest {

  private static final String REMEDY =
      " Give the public key as 'openssl pkey -in KEY -pubout' writes it: ECDSA on P-256 or P-384,"
          + " Ed25519, or RSA with 3072 bits or more.";

  private static final String UNUSUAL =
      "The key 'ci.pub' is broken: its PEM block holds no public key in the usual form." + REMEDY;

  private static void assertRefused(String pem, String message) {
    assertThat(Refusal.of(() -> VerificationKey.parse(pem, "The key 'ci.pub'"), pem))
        .isEqualTo(message);
  }

  private static String pem(byte[] spki) {
    return TestKeys.pem("PUBLIC KEY", spki);
  }

  private static String pem(String hex) {
    return pem(HexFormat.of().parseHex(hex));
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp256r1", "secp384r1", "Ed25519", "RSA-3072"})
  void readsWhatItWrites(String kind) {
    KeyPair pair = TestKeys.pair(kind);
    VerificationKey key = TestKeys.publicHalf(pair);
    VerificationKey again = VerificationKey.parse("\ufeff# ours\n" + key.toPem() + "\n", "The key");
    assertThat(again).isEqualTo(key).hasSameHashCodeAs(key).hasToString(key.toString());
    assertThat(again.hint()).isEqualTo(key.hint()).hasSize(44);
    assertThat(again).isNotEqualTo(TestKeys.publicHalf(TestKeys.pair(kind)));
    assertThat(again).isNotEqualTo(key.hint());
  }

  @ParameterizedTest
  @CsvSource({
    "secp521r1, is ECDSA on the curve P-521",
    "X25519, is X25519",
    "Ed448, is Ed448",
    "DSA-2048, is DSA",
    "DH-2048, is Diffie-Hellman",
  })
  void aKeyOfAnotherKindIsNamed(String kind, String fault) {
    assertRefused(
        pem(TestKeys.pair(kind).getPublic().getEncoded()),
        "The key 'ci.pub' " + fault + ", which is not supported." + REMEDY);
  }

  @Test
  void aWeakKeyIsRefused() throws GeneralSecurityException {
    assertRefused(
        pem(TestKeys.pair("RSA-2048").getPublic().getEncoded()),
        "The key 'ci.pub' is weak: RSA with 2048 bits, fewer than 3072." + REMEDY);
    BigInteger modulus = ((RSAPublicKey) TestKeys.rsa().getPublic()).getModulus();
    for (long exponent : new long[] {3, 65535, 65538}) {
      RSAPublicKeySpec spec = new RSAPublicKeySpec(modulus, BigInteger.valueOf(exponent));
      assertRefused(
          pem(KeyFactory.getInstance("RSA").generatePublic(spec).getEncoded()),
          "The key 'ci.pub' is weak: RSA with an exponent that is even or below 65537." + REMEDY);
    }
  }

  @Test
  void whatIsNoPublicKeyIsNamed() {
    String key = "-----BEGIN %s-----\nAAAA\n-----END %s-----\n";
    for (String label : new String[] {"PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "EC PRIVATE KEY"}) {
      assertRefused(
          key.formatted(label, label),
          "The key 'ci.pub' is a private key where a public one is needed." + REMEDY);
    }
    assertRefused(
        key.formatted("CERTIFICATE", "CERTIFICATE"),
        "The key 'ci.pub' is a certificate where a public key is needed. Take the key out of it"
            + " with 'openssl x509 -in CERTIFICATE -noout -pubkey'.");
    assertRefused(
        key.formatted("RSA PUBLIC KEY", "RSA PUBLIC KEY"),
        "The key 'ci.pub' is in the traditional form 'RSA PUBLIC KEY'. Convert it with 'openssl rsa"
            + " -RSAPublicKey_in -in OLD -pubout -out NEW'.");
    assertRefused(
        key.formatted("PGP PUBLIC KEY BLOCK", "PGP PUBLIC KEY BLOCK"),
        "The key 'ci.pub' is a PEM block 'PGP PUBLIC KEY BLOCK', not a public key." + REMEDY);
    assertRefused("", "The key 'ci.pub' is empty." + REMEDY);
    assertRefused("ssh-ed25519 AAAAC3Nz x", "The key 'ci.pub' has no PEM block." + REMEDY);
    assertThatThrownBy(() -> VerificationKey.parse("0".repeat(70_000), "The key 'ci.pub'"))
        .hasMessage("The key 'ci.pub' has more than 65536 bytes, which no key needs." + REMEDY);
  }

  @Test
  void aKeyHasOneForm() {
    byte[] spki = TestKeys.pair("secp256r1").getPublic().getEncoded();
    String hex = HexFormat.of().formatHex(spki);
    String point = hex.substring(54);
    VerificationKey.parse(pem(hex), "The key 'ci.pub'");
    assertRefused(pem(hex + "00"), UNUSUAL);
    assertRefused(pem(hex.substring(2)), UNUSUAL);
    assertRefused(pem(hex.substring(0, hex.length() - 2)), UNUSUAL);
    // Compressed, hybrid, and with a length that is longer than it must be.
    assertRefused(
        pem("3039301306072a8648ce3d020106082a8648ce3d030107032200" + "02" + point.substring(0, 64)),
        UNUSUAL);
    assertRefused(pem(hex.substring(0, 52) + "06" + point), UNUSUAL);
    assertRefused(pem("308159" + hex.substring(4)), UNUSUAL);
    // Ed25519 with the parameters that RFC 8410 forbids.
    assertRefused(
        pem("302c300706032b65700500032100" + "11".repeat(32)),
        "The key 'ci.pub' is of the kind 1.3.101.112, which is not supported." + REMEDY);
  }

  @Test
  void aPointIsOnItsCurve() {
    byte[] spki = TestKeys.pair("secp384r1").getPublic().getEncoded();
    spki[spki.length - 1] ^= 1;
    assertRefused(pem(spki), UNUSUAL);
    String header = "3059301306072a8648ce3d020106082a8648ce3d03010703420004";
    assertRefused(pem(header + "00".repeat(64)), UNUSUAL);
    assertRefused(pem(header + "ff".repeat(64)), UNUSUAL);
  }

  /** To the JDK, a signature that anyone writes is such a key's for one message in a few. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85"
      })
  void aPointThatSignaturesOfNobodyFitIsRefused(String point) throws GeneralSecurityException {
    byte[] spki = HexFormat.of().parseHex("302a300506032b6570032100" + point);
    PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
    byte[] signature = new byte[64];
    signature[0] = 1; // The neutral point, and zero times the base point.
    int fitting = 0;
    for (int message = 0; message < 200; message++) {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update((byte) message);
      fitting += verifier.verify(signature) ? 1 : 0;
    }
    assertThat(fitting).isPositive();
    assertRefused(
        pem(spki),
        "The key 'ci.pub' is weak: an Ed25519 point that signatures of nobody fit." + REMEDY);
  }

  @Test
  void textAndBytesAreTheSame() {
    String pem = TestKeys.make().verificationKey().toPem();
    assertThat(VerificationKey.parse(pem.getBytes(UTF_8), "The key"))
        .isEqualTo(VerificationKey.parse(pem, "The key"));
  }
}
