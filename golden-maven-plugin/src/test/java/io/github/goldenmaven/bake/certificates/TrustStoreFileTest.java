package io.github.goldenmaven.bake.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.bake.certificates.TrustStoreFile.Form;
import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.CommandFailedException;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.TestCertificates;
import io.github.goldenmaven.scenarios.CompanyServer;
import io.github.goldenmaven.scenarios.OtherJdk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustStoreFileTest {

  private static final char[] CHANGEIT = "changeit".toCharArray();
  private static final String REMEDY =
      " Only JKS and PKCS #12 stores that hold certificates alone and have the password 'changeit'"
          + " or none are supported: name another official image in 'from', or leave 'certificates'"
          + " out.";

  /** An authority of openssl's making, P-256. */
  private static final Certificate SOME =
      MadeCertificates.parse(
          Base64.getDecoder()
              .decode(
                  "MIIBczCCARmgAwIBAgIUf1EBC4+bdGwwsGkdsBQTYf6QTl4wCgYIKoZIzj0EAwIwDzENMA"
                      + "sGA1UEAwwEU29tZTAeFw0yNjExMjMxMzMzMDFaFw00NjExMTgxMzMzMDFaMA8xDTALBgNV"
                      + "BAMMBFNvbWUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATMYqGoMW634m7ROEEuP+DWiI"
                      + "/LPUCd8kqI7WIF4TgqE0TDdbvShlHyAhoZjq61/9heOAxahyvdBkfOwU3SgFaqo1MwUTAd"
                      + "BgNVHQ4EFgQUYVA/yGI3Tjp57YT8lipQCYs/dkkwHwYDVR0jBBgwFoAUYVA/yGI3Tjp57Y"
                      + "T8lipQCYs/dkkwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiA+qNAdPHD0"
                      + "oPnac98NYdJH9BLAwdThyh8aH+CVE7cmSwIhAJwMyBBV4Qkf//FQkwQR1QGkmVNWvQeWpp"
                      + "0K/Gn4Uc7I"));

  @TempDir private Path folder;

  // What is written

  @ParameterizedTest
  @EnumSource
  void theJdkReadsBackWhatIsWritten(Form form) throws IOException, GeneralSecurityException {
    SortedMap<String, Certificate> publics = publics();
    byte[] bytes = TrustStoreFile.write(publics, form);

    assertThat(publics).hasSizeGreaterThan(50);
    assertThat(loaded(form.name(), bytes, CHANGEIT)).isEqualTo(publics);
    assertThat(loaded(form.name(), bytes, null)).isEqualTo(publics);
    assertThat(TrustStoreFile.read("/cacerts", bytes)).isEqualTo(publics);
  }

  @ParameterizedTest
  @EnumSource
  void writesTheSameBytesTwice(Form form) throws IOException, GeneralSecurityException {
    byte[] once = TrustStoreFile.write(publics(), form);

    assertThat(TrustStoreFile.write(new TreeMap<>(publics()), form)).isEqualTo(once);
    assertThat(TrustStoreFile.write(TrustStoreFile.read("/cacerts", once), form)).isEqualTo(once);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void keytoolListsBothForms(Path jdk) throws IOException {
    for (Form form : Form.values()) {
      Path file =
          Files.write(
              folder.resolve("cacerts-" + form), TrustStoreFile.write(of("some", "größe"), form));

      assertThat(
              Command.keytool(jdk, "-list", "-storepass", "changeit", "-keystore", file.toString())
                  .with("-J-Dfile.encoding=UTF-8", "-J-Dstdout.encoding=UTF-8")
                  .run())
          .contains("Your keystore contains 2 entries", "some, ", "trustedCertEntry");
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void keepsEveryAuthorityOfAJdksOwnStore(Path jdk) throws IOException, GeneralSecurityException {
    byte[] own = Files.readAllBytes(jdk.resolve("lib/security/cacerts"));
    KeyStore store = KeyStore.getInstance(jdk.resolve("lib/security/cacerts").toFile(), CHANGEIT);

    for (Form form : Form.values()) {
      byte[] written = TrustStoreFile.write(TrustStoreFile.read("/cacerts", own), form);

      assertThat(loaded(form.name(), written, CHANGEIT)).isEqualTo(entries(store)).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  @NeedsPeer("openssl")
  void aJvmTrustsAServerWhoseAuthorityIsInIt(Path jdk) throws IOException {
    TestCertificates made = TestCertificates.in(folder.resolve("tls"));
    try (CompanyServer server = CompanyServer.start(made)) {
      for (Form form : Form.values()) {
        SortedMap<String, Certificate> with = of("some");
        with.put("company", MadeCertificates.parse(made.ca()));

        assertThat(client(jdk, form, with, server).run()).isEqualTo("hello");
        assertThatThrownBy(() -> client(jdk, form, of("some"), server).run())
            .isInstanceOf(CommandFailedException.class)
            .hasMessageContaining("unable to find valid certification path to requested target");
      }
    }
  }

  /** Asks the server with no more than the trust store named: no password, no type. */
  private Command client(
      Path jdk, Form form, SortedMap<String, Certificate> trusted, CompanyServer server)
      throws IOException {
    Path store = Files.createTempFile(folder, "cacerts", "");
    Files.write(store, TrustStoreFile.write(trusted, form));
    return Command.of(jdk.resolve("bin/java").toString())
        .with("-Djavax.net.ssl.trustStore=" + store)
        .with("-cp", System.getProperty("java.class.path"), Client.class.getName(), server.url());
  }

  /** Prints what a server answers. */
  static final class Client {
    private Client() {}

    public static void main(String[] arguments) throws IOException {
      try (var in = URI.create(arguments[0]).toURL().openStream()) {
        System.out.print(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
  }

  @Property(tries = 100)
  void anyAliasIsReadBack(@ForAll("aliases") Set<String> aliases)
      throws IOException, GeneralSecurityException {
    SortedMap<String, Certificate> certificates = of(aliases.toArray(String[]::new));

    for (Form form : Form.values()) {
      byte[] bytes = TrustStoreFile.write(certificates, form);
      assertThat(TrustStoreFile.read("/cacerts", bytes)).isEqualTo(certificates);
      assertThat(loaded(form.name(), bytes, CHANGEIT)).isEqualTo(certificates);
    }
  }

  /** As a JDK's store gives them: lower case. */
  @Provide
  static Arbitrary<Set<String>> aliases() {
    return Arbitraries.strings()
        .ofMaxLength(40)
        .filter(text -> StandardCharsets.UTF_16BE.newEncoder().canEncode(text))
        .map(text -> text.toLowerCase(Locale.ENGLISH))
        .set()
        .ofMaxSize(8);
  }

  // What is read

  @ParameterizedTest
  @ValueSource(strings = {"JKS", "PKCS12"})
  void readsWhatKeytoolWrites(String type) throws IOException {
    assertThat(TrustStoreFile.read("/cacerts", keytools(type, "changeit"))).isEqualTo(of("some"));
  }

  @Test
  void readsJksWhateverItsPassword() throws IOException {
    assertThat(TrustStoreFile.read("/cacerts", keytools("JKS", "company"))).isEqualTo(of("some"));
  }

  @Test
  void readsPkcs12WithAnEmptyPassword() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("some", SOME);
    var out = new java.io.ByteArrayOutputStream();
    store.store(out, new char[0]);

    assertThat(TrustStoreFile.read("/cacerts", out.toByteArray())).isEqualTo(of("some"));
  }

  /** The JDK reads it without a password as a store without a single certificate. */
  @Test
  void refusesPkcs12WithAnotherPasswordRatherThanLoseWhatItHolds() throws IOException {
    assertUnreadable(keytools("PKCS12", "company"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"JKS", "PKCS12"})
  void refusesAStoreWithAPrivateKey(String type) throws IOException {
    Path file = folder.resolve("keys");
    Command.keytool(running(), "-genkeypair", "-keyalg", "EC", "-dname", "CN=a", "-storetype", type)
        .with("-storepass", "changeit", "-keypass", "changeit", "-alias", "a\u202Eb")
        .with("-J-Dsun.jnu.encoding=UTF-8", "-keystore", file.toString())
        .environment("LC_ALL", "C.UTF-8")
        .run();
    byte[] bytes = Files.readAllBytes(file);

    assertThatThrownBy(() -> TrustStoreFile.read("/opt/java/cacerts", bytes))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The trust store '/opt/java/cacerts' of the official image holds 'a\\u202Eb', which is"
                + " no trusted certificate and would be lost."
                + REMEDY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "garbage", "\u00FE\u00ED\u00FE\u00ED"})
  void refusesGarbage(String text) {
    assertUnreadable(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @EnumSource
  void refusesAStoreThatIsCutOff(Form form) {
    byte[] whole = TrustStoreFile.write(of("some", "other"), form);

    assertUnreadable(Arrays.copyOf(whole, whole.length / 2));
  }

  @Property(tries = 300)
  void aSpoiltStoreIsReadOrRefused(
      @ForAll Form form, @ForAll int where, @ForAll byte value, @ForAll byte next) {
    byte[] bytes = TrustStoreFile.write(of("some", "other"), form);
    bytes[Math.floorMod(where, bytes.length)] = value;
    bytes[Math.floorMod(where + 1, bytes.length)] = next;
    try {
      assertThat(TrustStoreFile.read("/cacerts", bytes)).hasSizeLessThan(3);
    } catch (RefusedException e) {
      assertThat(e).hasMessageStartingWith("The trust store '/cacerts' of the official image ");
    }
  }

  @Test
  void olderJvmsGetTheirOwnForm() {
    assertThat(List.of(Form.of(8), Form.of(11), Form.of(17), Form.of(25)))
        .containsExactly(Form.JKS, Form.JKS, Form.PKCS12, Form.PKCS12);
  }

  private static void assertUnreadable(byte[] bytes) {
    assertThatThrownBy(() -> TrustStoreFile.read("/opt/ja\u202Eva/cacerts", bytes))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The trust store '/opt/ja\\u202Eva/cacerts' of the official image cannot be read."
                + REMEDY);
  }

  private byte[] keytools(String type, String password) throws IOException {
    Path file = folder.resolve("keytools");
    Command.keytool(running(), "-importcert", "-noprompt", "-storetype", type, "-alias", "some")
        .with("-storepass", password, "-keystore", file.toString())
        .with("-file", Files.writeString(folder.resolve("some.pem"), pem(SOME)).toString())
        .run();
    return Files.readAllBytes(file);
  }

  private static SortedMap<String, Certificate> of(String... aliases) {
    SortedMap<String, Certificate> certificates = new TreeMap<>();
    for (String alias : aliases) {
      certificates.put(alias, SOME);
    }
    return certificates;
  }

  /** What the running JVM trusts. */
  private static SortedMap<String, Certificate> publics()
      throws IOException, GeneralSecurityException {
    return entries(
        KeyStore.getInstance(running().resolve("lib/security/cacerts").toFile(), CHANGEIT));
  }

  private static SortedMap<String, Certificate> loaded(
      String type, byte[] bytes, char @Nullable [] passwordOrNull)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(type);
    store.load(new ByteArrayInputStream(bytes), passwordOrNull);
    return entries(store);
  }

  private static SortedMap<String, Certificate> entries(KeyStore store)
      throws GeneralSecurityException {
    SortedMap<String, Certificate> entries = new TreeMap<>();
    for (String alias : Collections.list(store.aliases())) {
      assertThat(store.isCertificateEntry(alias)).as(alias).isTrue();
      entries.put(alias, store.getCertificate(alias));
    }
    return entries;
  }

  static Stream<Path> jdks() throws IOException {
    return Stream.concat(Stream.of(running()), OtherJdk.find().stream());
  }

  private static Path running() {
    return Path.of(System.getProperty("java.home"));
  }

  private static String pem(Certificate certificate) throws IOException {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
