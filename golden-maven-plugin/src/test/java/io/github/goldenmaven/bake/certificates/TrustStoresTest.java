package io.github.goldenmaven.bake.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.bake.Definitions;
import io.github.goldenmaven.bake.certificates.TrustStoreFile.Form;
import io.github.goldenmaven.bake.files.Additions;
import io.github.goldenmaven.bake.files.Additions.Addition;
import io.github.goldenmaven.bake.files.MemoryImageFiles;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.peers.NeedsPeer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

@NeedsPeer("openssl")
class TrustStoresTest extends TrustStoresFixture {

  @Test
  void withoutCertificatesNothingHappens() {
    debian();
    new TrustStores(CompanyCertificates.read(List.of(), MadeCertificates.NOW))
        .addTo(additions, List.of(JDK));

    assertThat(additions.entries()).isEmpty();
    assertThat(additions.warnings()).isEmpty();
    assertThat(additions.environment()).isEmpty();
  }

  @Test
  void theStoreAtTheEndOfTwoLinksIsWrittenAndKeepsWhatItTrusts() {
    debian();
    add();

    assertThat(store("etc/ssl/certs/java/cacerts"))
        .containsExactly(
            Map.entry(company.name(), company.certificate()), Map.entry("public", other));
  }

  @Test
  void modeAndOwnerStayWhatTheyWere() {
    debian();
    Owner owner = new Owner(7, 8);
    files.file(DEBIAN_BUNDLE, "# publics\n".getBytes(StandardCharsets.UTF_8), 0440, owner);
    add();

    assertThat(entry(DEBIAN_BUNDLE).mode()).isEqualTo(0440);
    assertThat(entry(DEBIAN_BUNDLE).owner()).isEqualTo(owner);
    assertThat(entry("opt/golden/company-ca.pem").mode()).isEqualTo(0644);
    assertThat(entry("opt/golden/company-ca.pem").owner()).isEqualTo(Owner.ROOT);
  }

  @Test
  void aBundleWithoutALastLineEndIsNotSpoilt() {
    debian();
    files.file(DEBIAN_BUNDLE, "-----END CERTIFICATE-----");
    add();

    assertThat(written())
        .containsEntry(DEBIAN_BUNDLE, "-----END CERTIFICATE-----\n" + company.pem());
  }

  @Test
  void bytesThatAreNoTextStayInABundle() {
    debian();
    byte[] bytes = {'#', (byte) 0xE9, (byte) 0x80, '\n'};
    files.file(DEBIAN_BUNDLE, bytes);
    add();

    assertThat(bytes(DEBIAN_BUNDLE)).startsWith(bytes);
  }

  @Test
  void aBundleThatHasTheAuthorityStaysAsItIs() {
    debian();
    String bundle = company.pem().replace("\n", "\r\n") + "# more\n";
    files.file(DEBIAN_BUNDLE, bundle);
    add();

    assertThat(written()).containsEntry(DEBIAN_BUNDLE, bundle);
  }

  @Test
  void aStoreThatHasTheAuthorityGetsItNoSecondTime() {
    files.file(
        SECURITY + "cacerts", TrustStoreFile.write(of("theirs", company.certificate()), Form.JKS));
    add();

    assertThat(store(SECURITY + "cacerts"))
        .containsExactly(Map.entry("theirs", company.certificate()));
  }

  @Test
  void anotherCertificateOfOurNameStaysTrusted() {
    SortedMap<String, Certificate> theirs = of(company.name(), other);
    files.file(SECURITY + "cacerts", TrustStoreFile.write(theirs, Form.PKCS12));
    add();

    assertThat(store(SECURITY + "cacerts"))
        .containsExactly(
            Map.entry(company.name(), other),
            Map.entry(company.name() + "-2", company.certificate()));
  }

  @Test
  void aHashedLinkTakesTheNextFreeNumber() {
    debian();
    String hash = SubjectHash.of(company.certificate());
    files
        .link("etc/ssl/certs/" + hash + ".0", "theirs.pem")
        .file("etc/ssl/certs/" + hash + ".1", "");
    add();

    assertThat(written())
        .containsEntry("etc/ssl/certs/" + hash + ".2", "-> " + company.name() + ".pem")
        .doesNotContainKeys("etc/ssl/certs/" + hash + ".0", "etc/ssl/certs/" + hash + ".1");
  }

  @Test
  void aHashedLinkThatIsThereIsNotMadeAgain() {
    debian();
    String hash = SubjectHash.of(company.certificate());
    files.link("etc/ssl/certs/" + hash + ".0", company.name() + ".pem");
    add();

    assertThat(written().keySet()).noneMatch(path -> path.contains(hash));
  }

  @Test
  void twoAuthoritiesOfOneNameHaveTwoHashedLinks() {
    debian();
    Path second = new MadeCertificates(folder).authority("second", "/O=company/CN=root");
    add(companyFile, second);

    String hash = "etc/ssl/certs/" + SubjectHash.of(company.certificate());
    assertThat(written()).containsKeys(hash + ".0", hash + ".1");
    assertThat(written().get("opt/golden/company-ca.pem"))
        .hasSize(company.pem().length() + MadeCertificates.only(second).pem().length())
        .contains(company.pem());
  }

  @Test
  void aJvmThatAToolBroughtKeepsWhatItTrusts() {
    byte[] there = TrustStoreFile.write(of("public", other), Form.JKS);
    additions.file(
        Additions.Tier.TOOLS,
        SECURITY + "cacerts",
        there,
        0600,
        io.github.goldenmaven.oci.layer.LayerEntry.Owner.ROOT,
        "tools[0]");
    add();

    assertThat(store(SECURITY + "cacerts")).containsOnlyKeys("public", company.name());
  }

  @Test
  void bakingWhatIsBakedChangesNoStoreAndNoBundle() {
    debian();
    add();
    MemoryImageFiles baked = new MemoryImageFiles().file("etc/os-release", "ID=debian\n");
    baked.link(SECURITY + "cacerts", "/etc/ssl/certs/java/cacerts");
    for (Addition addition : additions.entries()) {
      if (addition.entry() instanceof LayerEntry.SymbolicLink link) {
        baked.link(link.path(), link.target());
      } else if (addition.entry() instanceof LayerEntry.File file) {
        baked.file(file.path(), bytes(file.path()));
      }
    }
    Additions again = Definitions.additions(baked);
    new TrustStores(MadeCertificates.read(companyFile)).addTo(again, List.of(JDK));

    Map<String, String> first = written(additions);
    first.remove("etc/ssl/certs/" + SubjectHash.of(company.certificate()) + ".0");
    assertThat(written(again)).isEqualTo(first);
  }

  @Test
  void refusesAStoreThatCannotBeRead() {
    files.file(SECURITY + "cacerts", "garbage");

    assertThatThrownBy(this::add)
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The trust store '/usr/lib/jvm/jdk/lib/security/cacerts' of the official image cannot"
                + " be read. Only JKS and PKCS #12 stores that hold certificates alone and have the"
                + " password 'changeit' or none are supported: name another official image in"
                + " 'from', or leave 'certificates' out.");
  }
}
