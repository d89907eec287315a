package io.github.goldenmaven.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.NeedsPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each key of openssl's that cannot sign has its own message, which shows nothing of the key. */
@NeedsPeer("openssl")
class KeyRefusalsTest {

  private static final String KINDS =
      " Use ECDSA on P-256 or P-384, Ed25519, or RSA with 3072 bits or more: 'openssl genpkey"
          + " -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out KEY' makes a key; name it in"
          + " <key> or with -Dgolden.key.";

  private static final String PLACES =
      " Give the path of a PEM key, 'env:NAME' or 'pkcs11:CONFIG-FILE#ALIAS' in <key> or with"
          + " -Dgolden.key.";

  private static final String ANEW =
      " Encrypt it anew with 'openssl pkcs8 -topk8 -v2 aes-256-cbc -in OLD -out NEW' and give NEW"
          + " in <key> or with -Dgolden.key.";

  private static final String PASSWORD = "s3cret-word";

  @TempDir private Path folder;
  private OpensslKeys openssl;

  @BeforeEach
  void prepare() {
    openssl = new OpensslKeys(folder);
  }

  private String refused(Path key, Optional<KeyPassword> password) {
    String bytes = new String(OpensslKeys.read(key), UTF_8);
    String message =
        Refusal.of(
            () -> SigningKey.open(KeyReference.parse(key.toString()), password), bytes, PASSWORD);
    return message.replace("'" + key + "'", "KEY");
  }

  private String refused(Path key) {
    return refused(key, Optional.empty());
  }

  private Optional<KeyPassword> password(String password) {
    return Optional.of(
        KeyPassword.parse(openssl.written("password", password.getBytes(UTF_8)).toString()));
  }

  @ParameterizedTest
  @CsvSource({
    "secp521r1, is ECDSA on the curve P-521",
    "secp224r1, is ECDSA on the curve P-224",
    "secp256k1, is ECDSA on the curve secp256k1",
    "sect283k1, is of the kind 1.2.840.10045.2.1 1.3.132.0.16",
    "X25519, is X25519",
    "X448, is X448",
    "ED448, is Ed448",
  })
  void aKeyOfAnotherKind(String kind, String fault) {
    assertThat(refused(openssl.key(kind)))
        .isEqualTo("The key KEY " + fault + ", which is not supported." + KINDS);
  }

  @Test
  void aKeyOfAnotherKindThatNeedsParameters() {
    Path parameters = folder.resolve("dsa.parameters");
    openssl.openssl(
        Command.of("genpkey", "-genparam", "-algorithm", "DSA", "-out", parameters.toString())
            .with("-pkeyopt", "dsa_paramgen_bits:1024"));
    Path dsa = folder.resolve("dsa.pem");
    openssl.openssl(
        Command.of("genpkey", "-paramfile", parameters.toString(), "-out", dsa.toString()));
    assertThat(refused(dsa)).isEqualTo("The key KEY is DSA, which is not supported." + KINDS);
    Path pss = folder.resolve("pss.pem");
    openssl.openssl(
        Command.of("genpkey", "-algorithm", "RSA-PSS", "-out", pss.toString())
            .with("-pkeyopt", "rsa_keygen_bits:3072"));
    assertThat(refused(pss))
        .isEqualTo("The key KEY is RSA for PSS only, which is not supported." + KINDS);
    Path explicit =
        openssl.again("ex.pem", openssl.key("P-256"), "pkey", "-ec_param_enc", "explicit");
    assertThat(refused(explicit))
        .isEqualTo(
            "The key KEY is ECDSA on a curve without a name, which is not supported." + KINDS);
  }

  @Test
  void aWeakKey() {
    assertThat(refused(openssl.key("RSA-2048")))
        .isEqualTo("The key KEY is weak: RSA with 2048 bits, fewer than 3072." + KINDS);
    Path small = folder.resolve("three.pem");
    openssl.openssl(
        Command.of("genpkey", "-algorithm", "RSA", "-out", small.toString())
            .with("-pkeyopt", "rsa_keygen_bits:3072", "-pkeyopt", "rsa_keygen_pubexp:3"));
    assertThat(refused(small))
        .isEqualTo(
            "The key KEY is weak: RSA with an exponent that is even or below 65537." + KINDS);
  }

  @Test
  void whatIsNoPrivateKey() {
    Path key = openssl.key("P-256");
    assertThat(refused(openssl.publicHalf(key)))
        .isEqualTo(
            "The key KEY is a public key where a private one is needed. Give the private key that"
                + " it belongs to in <key> or with -Dgolden.key.");
    Path certificate = folder.resolve("certificate.pem");
    openssl.openssl(
        Command.of("req", "-x509", "-subj", "/CN=x", "-key", key.toString())
            .with("-out", certificate.toString()));
    assertThat(refused(certificate))
        .isEqualTo(
            "The key KEY is a certificate where a private key is needed. Give the private key that"
                + " it belongs to in <key> or with -Dgolden.key.");
    Path request = folder.resolve("request.pem");
    openssl.openssl(
        Command.of("req", "-new", "-subj", "/CN=x", "-key", key.toString())
            .with("-out", request.toString()));
    assertThat(refused(request))
        .isEqualTo("The key KEY is a PEM block 'CERTIFICATE REQUEST', not a private key." + KINDS);
  }

  @Test
  void aKeyInAnOlderForm() throws IOException {
    String remedy =
        " Convert it with 'openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW', or without '-nocrypt'"
            + " to encrypt it, and give NEW in <key> or with -Dgolden.key.";
    Path sec1 = openssl.again("sec1.pem", openssl.key("P-256"), "ec");
    assertThat(refused(sec1))
        .isEqualTo(
            "The key KEY is in the traditional form 'EC PRIVATE KEY', not in PKCS#8." + remedy);
    Path pkcs1 = openssl.again("pkcs1.pem", openssl.key("RSA-3072"), "rsa", "-traditional");
    assertThat(refused(pkcs1))
        .isEqualTo(
            "The key KEY is in the traditional form 'RSA PRIVATE KEY', not in PKCS#8." + remedy);
    Path locked =
        openssl.again("locked.pem", sec1, "ec", "-aes128", "-passout", "pass:" + PASSWORD);
    assertThat(refused(locked))
        .isEqualTo(
            "The key KEY is in the traditional form 'EC PRIVATE KEY', not in PKCS#8." + remedy);
    Path withCurve = folder.resolve("ecparam.pem");
    openssl.openssl(
        Command.of("ecparam", "-genkey", "-name", "prime256v1", "-out", withCurve.toString()));
    assertThat(Files.readString(withCurve)).startsWith("-----BEGIN EC PARAMETERS-----");
    assertThat(refused(withCurve))
        .isEqualTo(
            "The key KEY is in the traditional form 'EC PRIVATE KEY', not in PKCS#8." + remedy);
    Path converted = openssl.again("new.pem", withCurve, "pkcs8", "-topk8", "-nocrypt");
    OpensslKeys.open(converted).close();
    Path ssh =
        openssl.written(
            "id_ed25519",
            TestKeys.pem("OPENSSH PRIVATE KEY", "openssh-key-v1\0none".getBytes(UTF_8))
                .getBytes(UTF_8));
    assertThat(refused(ssh))
        .isEqualTo(
            "The key KEY is in OpenSSH's own form, not in PKCS#8. Keys for logging in are not for"
                + " signing."
                + KINDS);
  }

  @Test
  void aPasswordThatIsMissingWrongOrTooMuch() {
    Path plain = openssl.key("P-256");
    Path locked =
        openssl.again("locked.pem", plain, "pkcs8", "-topk8", "-passout", "pass:" + PASSWORD);
    assertThat(refused(locked))
        .isEqualTo(
            "The key KEY is encrypted, and no password is given. Give 'env:NAME' or the path of a"
                + " file with the password in <keyPassword> or with -Dgolden.keyPassword.");
    for (String wrong : new String[] {"s3cret-worD", "s3cret-word ", "x"}) {
      assertThat(refused(locked, password(wrong)))
          .isEqualTo(
              "The password does not open the key KEY. Give the key's own password as 'env:NAME' or"
                  + " a file in <keyPassword> or with -Dgolden.keyPassword; 'openssl pkey -in KEY"
                  + " -noout' tries one.");
    }
    assertThat(refused(plain, password(PASSWORD)))
        .isEqualTo(
            "The key KEY is not encrypted, but a password is given. Leave <keyPassword>"
                + " (golden.keyPassword) out, or encrypt the key with 'openssl pkcs8 -topk8 -v2"
                + " aes-256-cbc -in OLD -out NEW'.");
  }

  @ParameterizedTest
  @CsvSource({
    "-scrypt",
    "-v1 PBE-SHA1-3DES",
    "-v2 des3",
    "-v2 camellia256",
    "-v2 aes-192-cbc",
  })
  void anEncryptionThatJavaDoesNotRead(String options) {
    Path locked =
        openssl.again(
            "locked.pem",
            openssl.key("P-256"),
            ("pkcs8 -topk8 -passout pass:" + PASSWORD + " " + options).split(" "));
    assertThat(refused(locked, password(PASSWORD)))
        .isEqualTo(
            "The key KEY is encrypted in a way that Java does not read: not by PBES2 with PBKDF2"
                + " and AES."
                + ANEW);
  }

  @Test
  void anEncryptionThatWouldTakeForEver() {
    Path locked =
        openssl.again(
            "locked.pem",
            openssl.key("P-256"),
            "pkcs8 -topk8 -iter 10000001 -passout pass:x".split(" "));
    assertThat(refused(locked, password("x")))
        .isEqualTo(
            "The key KEY is encrypted with 10000001 iterations; 10000000 are the most." + ANEW);
  }

  @Test
  void whatIsNoPem() {
    assertThat(refused(openssl.written("empty", new byte[0])))
        .isEqualTo("The key KEY is empty." + KINDS);
    assertThat(refused(openssl.written("blank", " \r\n".getBytes(UTF_8))))
        .isEqualTo("The key KEY is empty." + KINDS);
    assertThat(refused(openssl.written("text", "what a lovely key".getBytes(UTF_8))))
        .isEqualTo("The key KEY has no PEM block." + KINDS);
    Path key = openssl.key("P-256");
    Path der = openssl.again("key.der", key, "pkcs8", "-topk8", "-nocrypt", "-outform", "DER");
    assertThat(refused(der)).isEqualTo("The key KEY is in DER, not in PEM." + KINDS);
    byte[] pem = OpensslKeys.read(key);
    String text = new String(pem, UTF_8);
    assertThat(refused(openssl.written("twice", (text + text).getBytes(UTF_8))))
        .isEqualTo("The key KEY has several PEM blocks." + KINDS);
    assertThat(refused(openssl.written("cut", text.substring(0, 150).getBytes(UTF_8))))
        .isEqualTo("The key KEY has no PEM block." + KINDS);
    assertThat(refused(openssl.written("odd", text.replace("END P", "END X").getBytes(UTF_8))))
        .isEqualTo("The key KEY ends as another kind of PEM than it begins." + KINDS);
    assertThat(refused(openssl.written("wild", text.replace("\nM", "\n*").getBytes(UTF_8))))
        .isEqualTo("The key KEY has a block 'PRIVATE KEY' that is not Base64." + KINDS);
    assertThat(
            refused(openssl.written("short", text.replaceAll("(?m)^.{64}$", "").getBytes(UTF_8))))
        .isEqualTo("The key KEY is broken: its PEM block holds no PKCS#8 key." + KINDS);
    assertThat(
            refused(
                openssl.written(
                    "notlocked",
                    text.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY").getBytes(UTF_8)),
                password(PASSWORD)))
        .isEqualTo("The key KEY is broken: its PEM block holds no encrypted PKCS#8 key." + ANEW);
    assertThat(refused(openssl.written("huge", new byte[70_000])))
        .isEqualTo("The key KEY has more than 65536 bytes, which no key needs." + KINDS);
  }

  @Test
  void halvesThatDoNotBelongTogether() {
    byte[] one = TestKeys.pair("secp256r1").getPrivate().getEncoded();
    Path other =
        openssl.again(
            "der", openssl.key("P-256"), "pkcs8", "-topk8", "-nocrypt", "-outform", "DER");
    byte[] mixed = OpensslKeys.read(other);
    // Both hold the 32 bytes of the secret at a place that is known: behind the header of RFC 5915.
    System.arraycopy(one, one.length - 32, mixed, 36, 32);
    Path key = openssl.written("mixed", TestKeys.pem("PRIVATE KEY", mixed).getBytes(UTF_8));
    assertThat(refused(key))
        .isEqualTo("The key KEY has two halves that do not belong together." + KINDS);
  }

  @Test
  void aFileThatCannotBeRead() {
    Path absent = folder.resolve("absent.pem");
    assertThat(
            Refusal.of(
                () -> SigningKey.open(KeyReference.parse(absent.toString()), Optional.empty())))
        .isEqualTo("The key '" + absent + "' is not there." + PLACES);
    assertThat(
            Refusal.of(
                () -> SigningKey.open(KeyReference.parse(folder.toString()), Optional.empty())))
        .isEqualTo("'" + folder + "' is not a regular file." + PLACES);
    // A file that even root cannot read from its begin.
    assertThat(
            Refusal.of(
                () -> SigningKey.open(KeyReference.parse("/proc/self/mem"), Optional.empty())))
        .isEqualTo("The key '/proc/self/mem' cannot be read." + PLACES);
  }
}
