package io.github.goldenmaven.bake.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.bake.certificates.TrustStoreFile.Form;
import io.github.goldenmaven.bake.jvm.JvmHome;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.provenance.git.Warning;
import java.security.cert.Certificate;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

@NeedsPeer("openssl")
class TrustStoresOfDistributionsTest extends TrustStoresFixture {

  private static final String RED_HAT_BUNDLE = "etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem";

  @Test
  void debianHasAStoreABundleAnAnchorAndHashedLinks() {
    debian();
    add();

    String name = company.name();
    String hash = SubjectHash.of(company.certificate());
    assertThat(written())
        .containsOnlyKeys(
            "etc/ssl/certs/java/cacerts",
            DEBIAN_BUNDLE,
            "usr/local/share/ca-certificates/" + name + ".crt",
            "etc/ssl/certs/" + name + ".pem",
            "etc/ssl/certs/" + hash + ".0",
            "opt/golden/company-ca.pem")
        .containsEntry(DEBIAN_BUNDLE, "# publics\n" + company.pem())
        .containsEntry("usr/local/share/ca-certificates/" + name + ".crt", company.pem())
        .containsEntry(
            "etc/ssl/certs/" + name + ".pem",
            "-> /usr/local/share/ca-certificates/" + name + ".crt")
        .containsEntry("etc/ssl/certs/" + hash + ".0", "-> " + name + ".pem")
        .containsEntry("opt/golden/company-ca.pem", company.pem());
    assertThat(additions.warnings()).isEmpty();
  }

  @Test
  void debianWithoutBundlesGetsOneAndNoHashedLinks() {
    files.file("etc/os-release", "ID=debian\n");
    new TrustStores(MadeCertificates.read(companyFile)).addTo(additions, List.of());

    assertThat(written())
        .containsOnlyKeys(
            DEBIAN_BUNDLE,
            "usr/local/share/ca-certificates/" + company.name() + ".crt",
            "opt/golden/company-ca.pem")
        .containsEntry(DEBIAN_BUNDLE, company.pem());
  }

  @Test
  void alpinesBundleIsWrittenOnceThroughItsLink() {
    files
        .file("etc/alpine-release", "3.20.0\n")
        .file("etc/ssl/certs/ca-certificates.crt", "# publics\n")
        .link("etc/ssl/cert.pem", "certs/ca-certificates.crt");
    add();

    assertThat(written())
        .containsEntry(DEBIAN_BUNDLE, "# publics\n" + company.pem())
        .containsKey("usr/local/share/ca-certificates/" + company.name() + ".crt")
        .containsKey("etc/ssl/certs/" + SubjectHash.of(company.certificate()) + ".0")
        .doesNotContainKey("etc/ssl/cert.pem");
  }

  @Test
  void redHatHasItsOwnFoldersAndNoHashedLinks() {
    files
        .file("etc/os-release", "ID=\"rhel\"\nID_LIKE=\"fedora\"\n")
        .file(RED_HAT_BUNDLE, "# publics\n")
        .link("etc/pki/tls/certs/ca-bundle.crt", "/" + RED_HAT_BUNDLE)
        .link("etc/ssl/certs", "../pki/tls/certs")
        .file(
            "etc/pki/ca-trust/extracted/java/cacerts",
            TrustStoreFile.write(of("public", other), Form.JKS))
        .link("etc/pki/java/cacerts", "/etc/pki/ca-trust/extracted/java/cacerts")
        .link(SECURITY + "cacerts", "../../../../../../etc/pki/java/cacerts");
    add();

    assertThat(written())
        .containsOnlyKeys(
            "etc/pki/ca-trust/extracted/java/cacerts",
            RED_HAT_BUNDLE,
            "etc/pki/ca-trust/source/anchors/" + company.name() + ".pem",
            "opt/golden/company-ca.pem")
        .containsEntry(RED_HAT_BUNDLE, "# publics\n" + company.pem());
    assertThat(store("etc/pki/ca-trust/extracted/java/cacerts"))
        .containsOnlyKeys("public", company.name());
  }

  /** From EL 10 on {@code /etc/pki/tls/certs} leads to a folder of hashed names. */
  @Test
  void redHatsHashedFolderGetsItsLinksWhereItIsThere() {
    String hashes = "etc/pki/ca-trust/extracted/pem/directory-hash";
    files
        .file("etc/os-release", "ID=\"rhel\"\nID_LIKE=\"fedora\"\nVERSION_ID=\"10.0\"\n")
        .file(RED_HAT_BUNDLE, "# publics\n")
        .file(hashes + "/" + SubjectHash.of(company.certificate()) + ".0", "another of that name")
        .link("etc/pki/tls/certs", "/" + hashes)
        .link("etc/ssl/certs", "../pki/tls/certs");
    add();

    assertThat(written())
        .containsKeys(
            "etc/pki/ca-trust/source/anchors/" + company.name() + ".pem",
            hashes + "/" + company.name() + ".pem",
            hashes + "/" + SubjectHash.of(company.certificate()) + ".1");
  }

  @Test
  void redHatsSharedStoreIsWrittenBesideTheJvmsOwn() {
    byte[] publics = TrustStoreFile.write(of("public", other), Form.JKS);
    files
        .file("etc/os-release", "ID=fedora\n")
        .file("etc/pki/ca-trust/extracted/java/cacerts", publics)
        .file(SECURITY + "cacerts", publics);
    add();

    assertThat(store("etc/pki/ca-trust/extracted/java/cacerts"))
        .isEqualTo(store(SECURITY + "cacerts"))
        .hasSize(2);
  }

  @Test
  void susesStoreHasAnotherNameBehindTheLink() {
    files
        .file("etc/os-release", "ID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"\n")
        .file("var/lib/ca-certificates/ca-bundle.pem", "# publics\n")
        .link("etc/ssl/ca-bundle.pem", "/var/lib/ca-certificates/ca-bundle.pem")
        .file(
            "var/lib/ca-certificates/java-cacerts",
            TrustStoreFile.write(of("public", other), Form.PKCS12))
        .link(SECURITY + "cacerts", "/var/lib/ca-certificates/java-cacerts");
    add();

    assertThat(written())
        .containsOnlyKeys(
            "var/lib/ca-certificates/java-cacerts",
            "var/lib/ca-certificates/ca-bundle.pem",
            "etc/pki/trust/anchors/" + company.name() + ".pem",
            "opt/golden/company-ca.pem");
    assertThat(store("var/lib/ca-certificates/java-cacerts"))
        .containsOnlyKeys("public", company.name());
  }

  @Test
  void anUnknownDistributionIsSaidAndGetsTheBundleOfOurOwn() {
    files.file("etc/ssl/certs/ca-certificates.crt", "# publics\n");
    add();

    assertThat(written())
        .containsOnlyKeys(SECURITY + "cacerts", DEBIAN_BUNDLE, "opt/golden/company-ca.pem")
        .containsEntry("opt/golden/company-ca.pem", company.pem());
    assertThat(additions.warnings())
        .containsExactly(
            new Warning(
                "The distribution of the official image is not known, so its folder for"
                    + " certificates is not either.",
                "Check that its programs read one of its bundles, or"
                    + " '/opt/golden/company-ca.pem'."));
  }

  @Test
  void anImageWithoutAJvmGetsNoStore() {
    debian();
    new TrustStores(MadeCertificates.read(companyFile)).addTo(additions, List.of());

    assertThat(written())
        .containsKey(DEBIAN_BUNDLE)
        .doesNotContainKeys("etc/ssl/certs/java/cacerts", SECURITY + "cacerts");
  }

  @Test
  void theStoreTheJvmPrefersIsWrittenToo() {
    debian();
    files.file(SECURITY + "jssecacerts", TrustStoreFile.write(of("inner", other), Form.JKS));
    add();

    assertThat(store(SECURITY + "jssecacerts")).containsOnlyKeys("inner", company.name());
    assertThat(store("etc/ssl/certs/java/cacerts")).containsOnlyKeys("public", company.name());
  }

  @Test
  void aJvmWithoutAStoreGetsOne() {
    files.directory("usr/lib/jvm/jdk/lib/security");
    add();

    assertThat(store(SECURITY + "cacerts")).containsOnlyKeys(company.name());
  }

  @Test
  void anOldJvmGetsTheFormItReads() {
    files.file("opt/jdk8/jre/lib/security/cacerts", TrustStoreFile.write(of("p", other), Form.JKS));
    new TrustStores(MadeCertificates.read(companyFile))
        .addTo(additions, List.of(new JvmHome("opt/jdk8", 8)));

    SortedMap<String, Certificate> both = of("p", other);
    both.put(company.name(), company.certificate());
    assertThat(bytes("opt/jdk8/jre/lib/security/cacerts"))
        .isEqualTo(TrustStoreFile.write(both, Form.JKS));
  }

  @Test
  void everyJvmGetsItsOwnStore() {
    files.directory("opt/jdk8/jre/lib/security").directory("usr/lib/jvm/jdk/lib/security");
    new TrustStores(MadeCertificates.read(companyFile))
        .addTo(additions, List.of(JDK, new JvmHome("opt/jdk8", 8)));

    SortedMap<String, Certificate> one = of(company.name(), company.certificate());
    assertThat(bytes("opt/jdk8/jre/lib/security/cacerts"))
        .isEqualTo(TrustStoreFile.write(one, Form.JKS));
    assertThat(bytes(SECURITY + "cacerts"))
        .isEqualTo(TrustStoreFile.write(one, Form.of(JDK.feature())));
  }

  @Test
  void aStoreThatJvmsShareHasTheFormThatTheOldestReads() {
    debian();
    files.link("opt/jdk8/lib/security/cacerts", "/etc/ssl/certs/java/cacerts");
    new TrustStores(MadeCertificates.read(companyFile))
        .addTo(additions, List.of(JDK, new JvmHome("opt/jdk8", 8)));

    SortedMap<String, Certificate> both = of("public", other);
    both.put(company.name(), company.certificate());
    assertThat(bytes("etc/ssl/certs/java/cacerts")).isEqualTo(TrustStoreFile.write(both, Form.JKS));
  }
}
