package io.github.goldenmaven.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.peers.NeedsPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What openssl makes is read, and what is signed here openssl accepts. */
@NeedsPeer("openssl")
class SigningKeyTest {

  private static final byte[] SIGNED = Dsse.pae(Dsse.IN_TOTO, "{\"주문\":1}".getBytes(UTF_8));

  @TempDir private Path folder;
  private OpensslKeys openssl;

  @BeforeEach
  void prepare() {
    openssl = new OpensslKeys(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P-256", "P-384", "ED25519", "RSA-3072", "RSA-4096"})
  void opensslAcceptsOurSignatureAndWeAcceptOpenssls(String kind)
      throws IOException, GeneralSecurityException {
    Path key = openssl.key(kind);
    Path half = openssl.publicHalf(key);
    try (SigningKey signing = OpensslKeys.open(key)) {
      VerificationKey ours = signing.verificationKey();
      assertThat(ours.toPem()).isEqualTo(Files.readString(half));
      assertThat(ours).isEqualTo(openssl.verificationKey(key));
      byte[] signature = signing.sign(SIGNED);
      assertThat(openssl.verifies(half, SIGNED, signature)).isTrue();
      assertThat(openssl.verifies(half, "other".getBytes(UTF_8), signature)).isFalse();
      byte[] theirs = openssl.sign(key, SIGNED);
      assertThat(ours.verifies(SIGNED, theirs)).isTrue();
      assertThat(ours.verifies("other".getBytes(UTF_8), theirs)).isFalse();
      Path der = openssl.again("half.der", key, "pkey", "-pubout", "-outform", "DER");
      assertThat(ours.hint())
          .isEqualTo(
              Base64.getEncoder()
                  .encodeToString(
                      MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(der))));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "P-256, -v2 aes-256-cbc",
    "P-256, -v2 aes-128-cbc -v2prf hmacWithSHA512 -iter 9999",
    "P-384, -v2 aes-256-cbc -v2prf hmacWithSHA1",
    "ED25519, -v2 aes-256-cbc",
    "RSA-3072, -v2 aes-256-cbc",
  })
  void anEncryptedKeyIsOpenedByItsPassword(String kind, String options) throws IOException {
    Path key = openssl.key(kind);
    Path encrypted =
        openssl.again(
            kind + "-encrypted.pem",
            key,
            ("pkcs8 -topk8 -passout pass:grüß-주문-😀 " + options).split(" "));
    Path password = Files.writeString(folder.resolve("password"), "grüß-주문-😀\n");
    try (SigningKey signing =
        SigningKey.open(
            KeyReference.parse(encrypted.toString()),
            Optional.of(KeyPassword.parse(password.toString())))) {
      assertThat(signing.verificationKey()).isEqualTo(openssl.verificationKey(key));
    }
  }

  @Test
  void keyAndPasswordMayBeVariables() throws IOException {
    Path key = openssl.key("P-256");
    Path encrypted =
        openssl.again("encrypted.pem", key, "pkcs8", "-topk8", "-passout", "pass:secret word ");
    Map<String, String> environment =
        Map.of("CI_KEY", Files.readString(encrypted), "CI_PASSWORD", "secret word ");
    try (SigningKey signing =
        SigningKey.open(
            KeyReference.parse("env:CI_KEY"),
            Optional.of(KeyPassword.parse("env:CI_PASSWORD")),
            environment)) {
      assertThat(signing.verificationKey()).isEqualTo(openssl.verificationKey(key));
      assertThat(signing).hasToString("private half of " + signing.verificationKey());
      assertThat(signing.verificationKey().toString()).startsWith("ECDSA P-256 ").hasSize(56);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "P-256, -no_public",
    "P-384, -no_public",
    "P-256, -conv_form compressed",
    "P-384, -conv_form hybrid",
  })
  void thePublicHalfIsFoundWhereItIsNotWrittenPlainly(String curve, String options) {
    Path key = openssl.key(curve);
    Path traditional = openssl.again("bare.pem", key, ("ec " + options).split(" "));
    Path bare = openssl.again("bare8.pem", traditional, "pkcs8", "-topk8", "-nocrypt");
    try (SigningKey signing = OpensslKeys.open(bare)) {
      assertThat(signing.verificationKey()).isEqualTo(openssl.verificationKey(key));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp256r1", "secp384r1", "Ed25519"})
  void thePublicHalfIsTheJdksForKeysOfTheJdk(String curve) throws GeneralSecurityException {
    KeyPairGenerator pairs = KeyPairGenerator.getInstance(curve.startsWith("secp") ? "EC" : curve);
    if (curve.startsWith("secp")) {
      pairs.initialize(new java.security.spec.ECGenParameterSpec(curve));
    }
    for (int round = 0; round < 12; round++) {
      java.security.KeyPair pair = pairs.generateKeyPair();
      Path key =
          openssl.written(
              "jdk.pem",
              ("-----BEGIN PRIVATE KEY-----\r\n"
                      + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                      + "\r\n-----END PRIVATE KEY-----")
                  .getBytes(UTF_8));
      try (SigningKey signing = OpensslKeys.open(key)) {
        assertThat(signing.verificationKey())
            .isEqualTo(
                VerificationKey.ofSpki(pair.getPublic().getEncoded(), "The key", "Make one."));
      }
    }
  }
}
