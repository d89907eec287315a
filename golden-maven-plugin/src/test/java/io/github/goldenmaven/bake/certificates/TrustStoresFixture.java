package io.github.goldenmaven.bake.certificates;

import io.github.goldenmaven.bake.Definitions;
import io.github.goldenmaven.bake.certificates.CompanyCertificates.Authority;
import io.github.goldenmaven.bake.certificates.TrustStoreFile.Form;
import io.github.goldenmaven.bake.files.Additions;
import io.github.goldenmaven.bake.files.Additions.Addition;
import io.github.goldenmaven.bake.files.MemoryImageFiles;
import io.github.goldenmaven.bake.jvm.JvmHome;
import io.github.goldenmaven.oci.layer.LayerEntry;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What the tests of this subject share, one class after the other. */
@ResourceLock("TrustStoresFixture")
abstract class TrustStoresFixture {

  static final JvmHome JDK = new JvmHome("usr/lib/jvm/jdk", 21);

  static final String SECURITY = "usr/lib/jvm/jdk/lib/security/";

  static final String DEBIAN_BUNDLE = "etc/ssl/certs/ca-certificates.crt";

  @TempDir static Path folder;

  static Path companyFile;

  static Authority company;

  static Certificate other;

  final MemoryImageFiles files = new MemoryImageFiles();

  final Additions additions = Definitions.additions(files);

  @BeforeAll
  static void makeCertificates() {
    MadeCertificates made = new MadeCertificates(folder);
    companyFile = made.authority("company", "/O=Company/CN=Root");
    company = MadeCertificates.only(companyFile);
    other = MadeCertificates.parse(made.authority("public", "/CN=Public"));
  }

  /** As Debian's packages make it: the JVM's store is behind two links. */
  void debian() {
    files
        .link("etc/os-release", "../usr/lib/os-release")
        .file("usr/lib/os-release", "ID=debian\n")
        .file(DEBIAN_BUNDLE, "# publics\n")
        .file("etc/ssl/certs/java/cacerts", TrustStoreFile.write(of("public", other), Form.JKS))
        .link("etc/jdk/security/cacerts", "../../ssl/certs/java/cacerts")
        .link(SECURITY + "cacerts", "/etc/jdk/security/cacerts");
  }

  void add() {
    add(companyFile);
  }

  void add(Path... certificates) {
    new TrustStores(MadeCertificates.read(certificates)).addTo(additions, List.of(JDK));
  }

  static SortedMap<String, Certificate> of(String alias, Certificate certificate) {
    return new TreeMap<>(Map.of(alias, certificate));
  }

  SortedMap<String, Certificate> store(String path) {
    return TrustStoreFile.read(path, bytes(path));
  }

  LayerEntry entry(String path) {
    return additions.entries().stream()
        .map(Addition::entry)
        .filter(entry -> entry.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  byte[] bytes(String path) {
    return bytes((LayerEntry.File) entry(path));
  }

  static byte[] bytes(LayerEntry.File file) {
    try (InputStream in = file.content().open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  Map<String, String> written() {
    return written(additions);
  }

  /** Text of files, and where links point to; folders are left out. */
  static Map<String, String> written(Additions additions) {
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
