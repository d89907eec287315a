package io.github.goldenmaven.bake.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.bake.certificates.CompanyCertificates.Authority;
import io.github.goldenmaven.bake.certificates.CompanyCertificates.Source;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.provenance.git.Warning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsPeer("openssl")
class CompanyCertificatesTest extends CompanyCertificatesFixture {

  // What is read

  @Test
  void readsPem() throws IOException, CertificateEncodingException {
    Path file = made().authority("ca", "/O=Company/CN=Root");
    Authority authority = MadeCertificates.only(file);

    String fingerprint = Digest.of(MadeCertificates.parse(file).getEncoded()).hex();
    assertThat(authority.certificate()).isEqualTo(MadeCertificates.parse(file));
    assertThat(authority.fingerprint()).isEqualTo(fingerprint);
    assertThat(authority.name()).isEqualTo("golden-" + fingerprint.substring(0, 16));
    assertThat(authority.pem()).isEqualTo(Files.readString(file));
    assertThat(MadeCertificates.read(file).warnings()).isEmpty();
  }

  @Test
  void readsSeveralInAFileWithCommentsAndWindowsLineEnds() throws IOException {
    String one = Files.readString(made().authority("one", "/CN=one"));
    String two = Files.readString(made().authority("two", "/CN=two"));
    String text = "\uFEFF# The first\n" + one + "\n  and - the second --\n" + two + "\n# end\n";
    Path file = Files.writeString(folder.resolve("both.pem"), text.replace("\n", "\r\n"));

    assertThat(MadeCertificates.read(file).authorities())
        .extracting(Authority::pem)
        .containsExactlyInAnyOrder(one, two);
  }

  @Test
  void readsDerAndSeveralOfThemInAFile() throws IOException {
    Path one = der("one");
    Path two = der("two");
    byte[] both = concatenated(Files.readAllBytes(one), Files.readAllBytes(two));

    assertThat(MadeCertificates.only(one).certificate()).isEqualTo(MadeCertificates.parse(one));
    assertThat(MadeCertificates.read(Files.write(folder.resolve("both.der"), both)).fingerprints())
        .containsExactlyInAnyOrder(
            MadeCertificates.only(one).fingerprint(), MadeCertificates.only(two).fingerprint());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PEM", "DER"})
  void readsPkcs7(String form) {
    Path one = made().authority("one", "/CN=one");
    Path two = made().authority("two", "/CN=two");
    Path file = folder.resolve("both.p7b");
    MadeCertificates.openssl("crl2pkcs7", "-nocrl", "-outform", form, "-out", file.toString())
        .with("-certfile", one.toString(), "-certfile", two.toString())
        .run();

    assertThat(MadeCertificates.read(file).fingerprints())
        .containsExactlyInAnyOrder(
            MadeCertificates.only(one).fingerprint(), MadeCertificates.only(two).fingerprint());
  }

  @Test
  void takesOneThatComesTwiceOnce() throws IOException {
    Path pem = made().authority("ca", "/CN=Root");
    Path again = Files.copy(pem, folder.resolve("again.pem"));

    CompanyCertificates certificates =
        CompanyCertificates.read(
            List.of(new Source(pem, "certificates[0]"), new Source(again, "certificates[1]")),
            Instant.parse("2035-12-01T00:00:00Z"));

    assertThat(certificates.authorities()).hasSize(1);
    assertThat(certificates.warnings()).hasSize(1);
  }

  @Test
  void theirOrderIsNotTheFiles() {
    Path one = made().authority("one", "/CN=one");
    Path two = made().authority("two", "/CN=two");

    assertThat(MadeCertificates.read(one, two).fingerprints())
        .isSorted()
        .isEqualTo(MadeCertificates.read(two, one).fingerprints());
  }

  // What is told

  @Test
  void tellsSubjectIssuerAndExpiry() {
    CompanyCertificates certificates =
        MadeCertificates.read(made().authority("ca", "/O=Company/CN=Root"));

    assertThat(certificates.notes())
        .containsExactly(
            "Certificate CN=Root,O=Company, issued by itself, expires 2036-01-01, SHA-256 "
                + certificates.fingerprints().get(0));
  }

  @Test
  void tellsWhoIssuedAnIntermediate() {
    Path issued = made().issuedBy("root", "/CN=" + "x".repeat(60) + "/O=a", "ca", "/CN=Issuing");
    CompanyCertificates certificates =
        CompanyCertificates.read(
            List.of(new Source(issued, "certificates[0]")), Instant.now().plusSeconds(60));

    assertThat(certificates.notes().get(0))
        .startsWith("Certificate CN=Issuing, issued by O=a,CN=" + "x".repeat(60) + ", expires ");
  }

  @Test
  void escapesAForeignSubject() {
    Path file = made().authority("ca", "/CN=Root\n[INFO] BUILD\u202E SUCCESS");

    assertThat(MadeCertificates.read(file).notes().get(0))
        .startsWith(
            "Certificate CN=Root\\u000A[INFO] BUILD\\u202E SUCCESS, issued by itself, expires ");
    assertRefused(
        "2036-01-01T00:00:00Z",
        file,
        "holds 'CN=Root\\u000A[INFO] BUILD\\u202E SUCCESS', which expired on 2036-01-01. Name the"
            + " certificate that replaced it in 'certificates'.");
  }

  @Test
  void warnsSixtyDaysBeforeTheEnd() {
    Path file = made().authority("ca", "/CN=Root");
    List<Source> sources = List.of(new Source(file, "certificates[0]"));
    Instant end = Instant.parse("2036-01-01T00:00:00Z");

    assertThat(CompanyCertificates.read(sources, end.minusSeconds(60 * 86_400)).warnings())
        .isEmpty();
    assertThat(CompanyCertificates.read(sources, end.minusSeconds(60 * 86_400 - 1)).warnings())
        .containsExactly(
            new Warning(
                "The certificate 'CN=Root' expires on 2036-01-01.",
                "Add its successor to 'certificates' beside it, and bake again before that day."));
  }

  /** As {@code openssl pkcs12} writes it. */
  @Test
  void readsABlockWithBagAttributesAndAByteOrderMark() throws IOException {
    String one = Files.readString(made().authority("one", "/CN=one"));
    Path file =
        file(
            "\uFEFFBag Attributes\n"
                + "    friendlyName: one\n"
                + "    localKeyID: 01 02\n"
                + "subject=CN = one\n\n"
                + one);

    assertThat(MadeCertificates.only(file).pem()).isEqualTo(one);
  }

  @Test
  void readsWhatOpensslTrustsForServers() throws IOException {
    Path plain = made().authority("one", "/CN=one");
    Path trusted = folder.resolve("trusted.pem");
    for (List<String> options :
        List.of(
            List.of("-setalias", "a name"),
            List.of("-addtrust", "serverAuth", "-addtrust", "emailProtection"),
            List.of("-addtrust", "anyExtendedKeyUsage", "-addreject", "codeSigning"))) {
      MadeCertificates.openssl("x509", "-trustout", "-in", plain.toString())
          .with("-out", trusted.toString())
          .with(options.toArray(String[]::new))
          .run();
      assertThat(Files.readString(trusted)).startsWith("-----BEGIN TRUSTED CERTIFICATE-----");
      assertThat(MadeCertificates.only(trusted).pem()).isEqualTo(Files.readString(plain));
    }
  }

  @Test
  void leavesOutWhatOpensslDistrusts() throws IOException {
    Path good = made().authority("good", "/CN=good");
    Path bad = made().authority("bad", "/CN=bad");
    for (List<String> options :
        List.of(List.of("-addreject", "serverAuth"), List.of("-addtrust", "emailProtection"))) {
      Path trusted = folder.resolve("trusted.pem");
      MadeCertificates.openssl("x509", "-trustout", "-in", bad.toString())
          .with("-out", trusted.toString())
          .with(options.toArray(String[]::new))
          .run();
      Path both = file(Files.readString(good) + Files.readString(trusted));
      CompanyCertificates read = MadeCertificates.read(both);

      assertThat(read.authorities())
          .extracting(Authority::pem)
          .containsExactly(Files.readString(good));
      assertThat(read.warnings())
          .containsExactly(
              new Warning(
                  "The certificate 'CN=bad' in '" + both + "' is not for servers and is left out.",
                  "Remove it from that file of 'certificates'."));
    }
  }

  @Test
  void takesARootOfTheFirstVersion() throws IOException {
    made().authority("old", "/CN=old");
    Path root = folder.resolve("v1.pem");
    MadeCertificates.openssl("x509", "-req", "-days", "3650", "-in")
        .with(folder.resolve("old.csr").toString(), "-signkey", made().key("old").toString())
        .with("-out", root.toString())
        .run();

    assertThat(MadeCertificates.parse(root).getVersion()).isEqualTo(1);
    assertThat(
            CompanyCertificates.read(
                    List.of(new Source(root, "certificates[0]")),
                    Instant.parse("2027-06-01T00:00:00Z"))
                .authorities())
        .hasSize(1);
  }

  @Test
  void leavesOutAnExpiredRootAmongOthers() throws IOException {
    Path over = made().authority("over", "/CN=over");
    Path valid = made().issuedBy("root", "/CN=root", "valid", "/CN=valid");
    Path both = file(Files.readString(over) + Files.readString(valid));
    CompanyCertificates read =
        CompanyCertificates.read(
            List.of(new Source(both, "certificates[0]")), Instant.parse("2036-06-01T00:00:00Z"));

    assertThat(read.authorities())
        .extracting(Authority::certificate)
        .containsExactly(MadeCertificates.parse(valid));
    assertThat(read.warnings())
        .containsExactly(
            new Warning(
                "The certificate 'CN=over' in '"
                    + both
                    + "' expired on 2036-01-01 and is left out.",
                "Remove it from that file of 'certificates'."));
  }
}
