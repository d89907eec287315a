package io.github.goldenmaven.bake.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.bake.certificates.CompanyCertificates.Source;
import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.NeedsPeer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsPeer("openssl")
class CompanyCertificatesRefusalsTest extends CompanyCertificatesFixture {

  private static final String EXPORT_AGAIN =
      " Export the certificate again, and name its file in 'certificates'.";

  private static final String KEEP_AWAY =
      " Keep the key away from images, consider it disclosed if others saw this file, and name a"
          + " file with the certificate alone in 'certificates'.";

  private static final String NO_CERTIFICATE =
      " Name a file with certificates in PEM, DER or PKCS #7 (.p7b) in 'certificates'.";

  // What is refused

  @Test
  void refusesAFileThatCannotBeRead() {
    String remedy = " Name a readable file in 'certificates'.";
    assertRefused(folder.resolve("gone.pem"), "cannot be read." + remedy);
    assertRefused(folder, "is not a regular file." + remedy);
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    assertRefused(file(new byte[0]), "is empty. Name a file with a certificate in 'certificates'.");
  }

  @Test
  void refusesAHugeFile() throws IOException {
    assertRefused(
        file(new byte[1024 * 1024 + 1]),
        "has more than 1048576 bytes. Name a file with a certificate in 'certificates'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"JKS", "JCEKS", "PKCS12"})
  void refusesAKeyStore(String type) {
    Path file = folder.resolve("store");
    Command.keytool(Path.of(System.getProperty("java.home")))
        .with("-genkeypair", "-keyalg", "EC", "-dname", "CN=a", "-storetype", type)
        .with("-storepass", "changeit", "-keypass", "changeit", "-alias", "a")
        .with("-keystore", file.toString())
        .run();

    assertRefused(
        file,
        "is a key store, which may hold a private key. Export its certificate (keytool -exportcert"
            + " -rfc) and name that file in 'certificates'.");
  }

  @Test
  void refusesAPrivateKeyBesideTheCertificate() throws IOException {
    Path certificate = made().authority("ca", "/CN=Root");
    String both = Files.readString(certificate) + Files.readString(made().key("ca"));

    assertRefused(file(both), "holds a private key." + KEEP_AWAY);
    assertRefused(
        file("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA"), "holds a private key." + KEEP_AWAY);
  }

  @Test
  void refusesAPrivateKeyInDer() {
    made().authority("ca", "/CN=Root");
    Path pkcs8 = folder.resolve("pkcs8.der");
    MadeCertificates.openssl("pkcs8", "-topk8", "-nocrypt", "-outform", "DER")
        .with("-in", made().key("ca").toString(), "-out", pkcs8.toString())
        .run();
    Path sec1 = folder.resolve("sec1.der");
    MadeCertificates.openssl("ec", "-outform", "DER")
        .with("-in", made().key("ca").toString(), "-out", sec1.toString())
        .run();

    assertRefused(pkcs8, "holds a private key." + KEEP_AWAY);
    assertRefused(sec1, "holds a private key." + KEEP_AWAY);
  }

  @Test
  void refusesABlockThatNeverEndsEvenAfterAGoodOne() throws IOException {
    String good = Files.readString(made().authority("ca", "/CN=Root"));
    String never = "begins a PEM block that never ends." + EXPORT_AGAIN;

    assertRefused(file(good.substring(0, good.length() - 10)), never);
    assertRefused(file(good + good.substring(0, 300)), never);
    assertRefused(file(good.substring(0, 300) + "\n" + good), never);
    assertRefused(file(good + "-----BEGIN CERTIFICATE"), never);
  }

  @Test
  void refusesABlockOfSomethingElse() throws IOException {
    String remedy =
        "', which is no certificate. Name a file with certificates alone in 'certificates'.";

    assertRefused(
        file("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"),
        "has a block 'PUBLIC KEY" + remedy);
    assertRefused(
        file("-----BEGIN a\u0007-----\nAAAA\n-----END a\u0007-----\n"),
        "has a block 'a\\u0007" + remedy);
  }

  @ParameterizedTest
  @ValueSource(strings = {"M", "MII!AAAA", "Proc-Type: 4,ENCRYPTED\n\nAAAA"})
  void refusesABlockThatIsNotBase64(String text) throws IOException {
    assertRefused(
        file("-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n"),
        "has a block that is not Base64." + EXPORT_AGAIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0\u0080", "certificate, honestly", "0\u0082\u0004\u0000"})
  void refusesWhatIsNoCertificate(String text) throws IOException {
    assertRefused(
        file(text.getBytes(StandardCharsets.ISO_8859_1)), "is no certificate." + NO_CERTIFICATE);
  }

  @Test
  void refusesABlockThatIsNoCertificate() throws IOException {
    String nothing = Base64.getEncoder().encodeToString(new byte[] {0x30, 1, 2});

    assertRefused(
        file("-----BEGIN CERTIFICATE-----\n" + nothing + "\n-----END CERTIFICATE-----\n"),
        "is no certificate." + NO_CERTIFICATE);
    assertRefused(
        file("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"),
        "is no certificate." + NO_CERTIFICATE);
  }

  @Test
  void refusesDerWithSomethingAfterIt() throws IOException {
    byte[] more =
        concatenated(Files.readAllBytes(der("ca")), "more".getBytes(StandardCharsets.UTF_8));

    assertRefused(file(more), "has something after a certificate that is none." + EXPORT_AGAIN);
  }

  @Test
  void refusesMoreThanTheLabelOfTheirFingerprintsHolds() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 63; i++) {
      all.append(Files.readString(made().authority("many" + i, "/CN=Many " + i)));
    }
    assertThat(MadeCertificates.read(file(all.toString())).fingerprints()).hasSize(63);
    all.append(Files.readString(made().authority("many", "/CN=One too many")));
    Path tooMany = file(all.toString());

    assertThatThrownBy(() -> MadeCertificates.read(tooMany))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'certificates' name 64 certificates, and the label of their fingerprints holds 63."
                + " Name only the root certificates in 'certificates': servers send the"
                + " intermediate ones.");
  }

  @Test
  void namesTheEncodingThatPowerShellWrites() throws IOException {
    String pem = Files.readString(made().authority("ca", "/CN=ca"));

    for (var encoding :
        new java.nio.charset.Charset[] {StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE}) {
      assertRefused(
          file(("\uFEFF" + pem).getBytes(encoding)),
          "is UTF-16, as '>' of PowerShell writes text. Save it as ASCII or UTF-8, and name it in"
              + " 'certificates'.");
    }
  }

  @Test
  void refusesPkcs7WithoutACertificate() throws IOException {
    byte[] none =
        Der.of(
            Der.SEQUENCE,
            Der.oid("1.2.840.113549.1.7.2"),
            Der.of(
                Der.CONTEXT_0,
                Der.of(
                    Der.SEQUENCE,
                    Der.of(Der.INTEGER, new byte[] {1}),
                    Der.of(Der.SET),
                    Der.of(Der.SEQUENCE, Der.oid("1.2.840.113549.1.7.1")),
                    Der.of(Der.SET))));

    assertRefused(
        file(none), "holds no certificate. Name a file with a certificate in 'certificates'.");
  }

  @Test
  void refusesOneThatIsOver() {
    Path file = made().authority("ca", "/CN=Root");

    assertRefused(
        "2036-01-01T00:00:00Z",
        file,
        "holds 'CN=Root', which expired on 2036-01-01. Name the certificate that replaced it in"
            + " 'certificates'.");
    assertThat(
            CompanyCertificates.read(
                    List.of(new Source(file, "certificates[0]")),
                    Instant.parse("2035-12-31T23:59:59Z"))
                .authorities())
        .hasSize(1);
  }

  @Test
  void refusesOneOfTheFuture() {
    assertRefused(
        "2025-12-31T23:59:59Z",
        made().authority("ca", "/CN=Root"),
        "holds 'CN=Root', which is not valid before 2026-01-01. Leave it out of 'certificates'"
            + " until then, or check this machine's clock.");
  }

  @Test
  void refusesTheCertificateOfAServer() {
    assertRefused(
        made().service("server", "/CN=www.company.example"),
        "holds 'CN=www.company.example', which is not the certificate of a certificate authority."
            + " Name the certificate of the CA that issued it in 'certificates'.");
  }

  @Test
  void refusesAWeakKey() {
    String remedy =
        " Have the CA renewed with RSA of at least 2048 bits or a curve of at least 224, and name"
            + " the new certificate in 'certificates'.";

    assertRefused(
        made().authority("rsa", "/CN=Root", "RSA", "rsa_keygen_bits:1024"),
        "holds 'CN=Root', which has a weak key (RSA of 1024 bits)." + remedy);
    assertRefused(
        made().dsaAuthority("dsa", "/CN=Root"),
        "holds 'CN=Root', which has a weak key (DSA)." + remedy);
  }

  @Test
  void takesKeysThatAreStrongEnough() {
    assertThat(
            MadeCertificates.read(
                    made().authority("rsa", "/CN=rsa", "RSA", "rsa_keygen_bits:2048"),
                    made().authority("p384", "/CN=p384", "EC", "ec_paramgen_curve:P-384"))
                .authorities())
        .hasSize(2);
  }

  @Test
  void refusesAllFaultsTogetherAndEachRemedyOnce() throws IOException {
    Path gone = folder.resolve("go\u202Ene.pem");
    Path empty = file(new byte[0]);
    Path good = made().authority("ca", "/CN=Root");

    assertThatThrownBy(() -> MadeCertificates.read(gone, good, empty, folder))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The file '"
                + folder
                + "/go\\u202Ene.pem' of 'certificates[0]' cannot be read. The file '"
                + empty
                + "' of 'certificates[2]' is empty. The file '"
                + folder
                + "' of 'certificates[3]' is not a regular file. Name a readable file in"
                + " 'certificates'. Name a file with a certificate in 'certificates'.");
  }

  @Test
  @Timeout(20)
  void aHostileFileCostsNoTime() throws IOException {
    String hostile = "-----BEGIN A-----\n".repeat(58_000);

    assertRefused(file(hostile), "begins a PEM block that never ends." + EXPORT_AGAIN);
  }
}
