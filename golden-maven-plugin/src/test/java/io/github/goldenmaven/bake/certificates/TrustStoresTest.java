package io.github.goldenmaven.bake.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.bake.Definitions;
import io.github.goldenmaven.bake.certificates.CompanyCertificates.Authority;
import io.github.goldenmaven.bake.certificates.TrustStoreFile.Form;
import io.github.goldenmaven.bake.files.Additions;
import io.github.goldenmaven.bake.files.Additions.Addition;
import io.github.goldenmaven.bake.files.MemoryImageFiles;
import io.github.goldenmaven.bake.jvm.JvmHome;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.provenance.git.Warning;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsPeer("openssl")
class TrustStoresTest {

  private static final JvmHome JDK = new JvmHome("usr/lib/jvm/jdk", 21);
  private static final String SECURITY = "usr/lib/jvm/jdk/lib/security/";
  private static final String DEBIAN_BUNDLE = "etc/ssl/certs/ca-certificates.crt";
  private static final String RED_HAT_BUNDLE = "etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem";

  @TempDir private static Path folder;

  private static Path companyFile;
  private static Authority company;
  private static Certificate other;

  private final MemoryImageFiles files = new MemoryImageFiles();
  private final Additions additions = Definitions.additions(files);

  @BeforeAll
  static void makeCertificates() {
    MadeCertificates made = new MadeCertificates(folder);
    companyFile = made.authority("company", "/O=Company/CN=Root");
    company = MadeCertificates.only(companyFile);
    other = MadeCertificates.parse(made.authority("public", "/CN=Public"));
  }

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

  /** As Debian's packages make it: the JVM's store is behind two links. */
  private void debian() {
    files
        .link("etc/os-release", "../usr/lib/os-release")
        .file("usr/lib/os-release", "ID=debian\n")
        .file(DEBIAN_BUNDLE, "# publics\n")
        .file("etc/ssl/certs/java/cacerts", TrustStoreFile.write(of("public", other), Form.JKS))
        .link("etc/jdk/security/cacerts", "../../ssl/certs/java/cacerts")
        .link(SECURITY + "cacerts", "/etc/jdk/security/cacerts");
  }

  private void add() {
    add(companyFile);
  }

  private void add(Path... certificates) {
    new TrustStores(MadeCertificates.read(certificates)).addTo(additions, List.of(JDK));
  }

  private static SortedMap<String, Certificate> of(String alias, Certificate certificate) {
    return new TreeMap<>(Map.of(alias, certificate));
  }

  private SortedMap<String, Certificate> store(String path) {
    return TrustStoreFile.read(path, bytes(path));
  }

  private LayerEntry entry(String path) {
    return additions.entries().stream()
        .map(Addition::entry)
        .filter(entry -> entry.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private byte[] bytes(String path) {
    return bytes((LayerEntry.File) entry(path));
  }

  private static byte[] bytes(LayerEntry.File file) {
    try (InputStream in = file.content().open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Map<String, String> written() {
    return written(additions);
  }

  /** Text of files, and where links point to; folders are left out. */
  private static Map<String, String> written(Additions additions) {
    return additions.entries().stream()
        .map(Addition::entry)
        .filter(entry -> !(entry instanceof LayerEntry.Directory))
        .collect(
            Collectors.toMap(
                LayerEntry::path,
                entry ->
                    entry instanceof LayerEntry.SymbolicLink link
                        ? "-> " + link.target()
                        : new String(bytes((LayerEntry.File) entry), StandardCharsets.ISO_8859_1)));
  }
}
