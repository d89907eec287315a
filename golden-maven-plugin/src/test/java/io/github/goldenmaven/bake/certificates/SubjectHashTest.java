package io.github.goldenmaven.bake.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.peers.NeedsPeer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsPeer("openssl")
class SubjectHashTest {

  private static final String SIX = "Q9zQ9z";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/CN=Company Root CA",
        "/C=DE/O=Company/OU=Platform/CN=COMPANY root Ca 2026",
        "/CN=  Company   Root  \tCA  ",
        "/CN=Größte Firma ÄÖÜ 公司 😀",
        "/O=Company+CN=Root+OU=a",
        "/DC=example/DC=COMPANY/CN=issuing",
        "/O=/CN=Root without a company",
        "/emailAddress=Root@Example.COM/serialNumber=0042/CN=Ca"
      })
  void isOpenSslsOwn(String subject) {
    assertSame(new MadeCertificates(folder).authority("ca", subject));
  }

  /** OpenSSL writes UTF-8 alone; old authorities have other types, and so a byte is changed. */
  @ParameterizedTest
  @CsvSource({
    "13, 41622020C3E9", // PrintableString with what it must not have
    "14, C46220e96220", // T61String
    "16, 41622009C3E9", // IA5String
    "1E, 00C400410020", // BMPString
    "1E, 516C53F80041",
    "12, 303120323334", // NumericString, which is not folded
  })
  void isOpenSslsOwnForOldStringTypes(String tag, String value)
      throws IOException, CertificateEncodingException {
    HexFormat upper = HexFormat.of().withUpperCase();
    X509Certificate made =
        MadeCertificates.parse(new MadeCertificates(folder).authority("ca", "/CN=" + SIX));
    String hex = upper.formatHex(made.getEncoded());
    String before = "0C06" + upper.formatHex(SIX.getBytes(StandardCharsets.US_ASCII));
    assertThat(hex).contains(before);

    String after = hex.replace(before, tag + "06" + value);
    assertSame(Files.write(folder.resolve("old.der"), upper.parseHex(after)));
  }

  @Test
  void differsFromSubjectToSubject() {
    MadeCertificates made = new MadeCertificates(folder);

    assertThat(hash(made.authority("a", "/CN=a"))).isNotEqualTo(hash(made.authority("b", "/CN=b")));
  }

  private static void assertSame(Path file) {
    assertThat(hash(file))
        .isEqualTo(
            MadeCertificates.openssl("x509", "-noout", "-subject_hash", "-in", file.toString())
                .run()
                .strip());
  }

  private static String hash(Path file) {
    return SubjectHash.of(MadeCertificates.parse(file));
  }
}
