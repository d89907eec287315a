package io.github.goldenmaven.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.Machine;
import io.github.goldenmaven.peers.NeedsPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keys of a SoftHSM2 token, made with the JDK's keytool. SoftHSM reads where its tokens are from
 * the environment, so each test opens its key in a JVM of its own.
 */
@NeedsPeer({"softhsm2-util", "openssl"})
class TokenKeyTest {

  private static final String PIN = "43219876";
  private static final String MESSAGE = "what is signed";

  private static final String CONFIG =
      " Write the lines 'name = NAME', 'library = PATH' and 'slotListIndex = 0' of the JDK's"
          + " PKCS#11 provider into it, and name it as 'pkcs11:CONFIG-FILE#ALIAS' in <key> or with"
          + " -Dgolden.key.";

  private static final String PINS =
      " Give the token's PIN as 'env:NAME' or a file in <keyPassword> or with"
          + " -Dgolden.keyPassword. Few wrong ones lock a token.";

  @TempDir private static Path folder;
  private static Path settings;
  private static Path config;

  /** What runs in the other JVM: opens a key twice, signs with it, and tells. */
  static final class Signer {

    private Signer() {}

    public static void main(String[] arguments) {
      KeyReference reference = KeyReference.parse(arguments[0]);
      Optional<KeyPassword> pin =
          arguments.length > 1 ? Optional.of(KeyPassword.parse(arguments[1])) : Optional.empty();
      try (SigningKey key = SigningKey.open(reference, pin)) {
        try (SigningKey other = SigningKey.open(reference, pin)) {
          other.sign(new byte[0]);
        }
        // Its login is not ended by the other's end.
        byte[] signature = key.sign(MESSAGE.getBytes(UTF_8));
        System.out.println(Base64.getEncoder().encodeToString(signature));
        System.out.print(key.verificationKey().toPem());
      } catch (RefusedException e) {
        System.out.println("REFUSED " + e.getMessage());
        e.printStackTrace(System.out);
      }
    }
  }

  /** Puts the certificate of one key beside another. */
  static final class Mixer {

    private Mixer() {}

    public static void main(String[] arguments) throws GeneralSecurityException, IOException {
      Provider provider = Security.getProvider("SunPKCS11").configure(arguments[0]);
      KeyStore store = KeyStore.getInstance("PKCS11", provider);
      store.load(null, PIN.toCharArray());
      Certificate[] chain = {
        CertificateFactory.getInstance("X.509")
            .generateCertificate(Files.newInputStream(Path.of(arguments[1])))
      };
      store.setKeyEntry("mixed", TestKeys.pair("secp256r1").getPrivate(), null, chain);
    }
  }

  private static String java(Class<?> main, String... arguments) {
    return Command.java("-Xshare:auto", "-XX:TieredStopAtLevel=1")
        .with(main.getName())
        .with(arguments)
        .environment("SOFTHSM2_CONF", settings.toString())
        .environment("PIN", PIN)
        .environment("WRONG", "11112222")
        .run();
  }

  private static String run(String key, String... pin) {
    String told =
        java(
            Signer.class,
            Stream.of(new String[] {key}, pin).flatMap(Stream::of).toArray(String[]::new));
    assertThat(told).doesNotContain(PIN, "11112222");
    return told;
  }

  private static String refused(String key, String... pin) {
    String told = run(key, pin).lines().findFirst().orElse("");
    assertThat(told).startsWith("REFUSED ");
    return told.substring("REFUSED ".length());
  }

  private static Command soft(String... line) {
    return Command.of(line).environment("SOFTHSM2_CONF", settings.toString());
  }

  private static void keytool(String... arguments) {
    soft(Path.of(System.getProperty("java.home"), "bin", "keytool").toString())
        .with(arguments)
        .with("-storetype", "PKCS11", "-providerClass", "sun.security.pkcs11.SunPKCS11")
        .with("-providerArg", config.toString(), "-storepass:env", "PIN")
        .environment("PIN", PIN)
        .run();
  }

  static Path library() {
    for (String place :
        new String[] {
          "/usr/lib/softhsm/libsofthsm2.so",
          "/usr/lib64/softhsm/libsofthsm2.so",
          "/usr/local/lib/softhsm/libsofthsm2.so"
        }) {
      if (Files.exists(Path.of(place))) {
        return Path.of(place);
      }
    }
    throw new IllegalStateException("SoftHSM2 is here, and its library is not.");
  }

  private static Path configuration(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @BeforeAll
  static void makeAToken() throws IOException {
    Path tokens = Files.createDirectory(folder.resolve("tokens"));
    settings =
        configuration(
            "softhsm2.conf", "directories.tokendir = " + tokens + "\nlog.level = ERROR\n");
    String util = Machine.require("softhsm2-util").toString();
    soft(util, "--init-token", "--free", "--label", "golden", "--pin", PIN, "--so-pin", PIN).run();
    config =
        configuration(
            "hsm.cfg", "name = golden\nlibrary = %s\nslotListIndex = 0\n".formatted(library()));
    pair("ci", "EC", "-groupname", "secp256r1");
    pair("ci384", "EC", "-groupname", "secp384r1");
    pair("rsa", "RSA", "-keysize", "3072");
    pair("weak", "RSA", "-keysize", "2048");
    pair("other", "EC", "-groupname", "secp521r1");
    OpensslKeys openssl = new OpensslKeys(folder);
    soft(util, "--import", openssl.key("P-256").toString(), "--label", "bare", "--id", "A1")
        .with("--token", "golden", "--pin", PIN)
        .run();
    Path certificate = folder.resolve("mixed.pem");
    Path other = openssl.key("P-256");
    openssl.openssl(
        Command.of("req", "-x509", "-key", other.toString(), "-subj", "/CN=mixed")
            .with("-out", certificate.toString()));
    java(Mixer.class, config.toString(), certificate.toString());
  }

  private static void pair(String alias, String... kind) {
    String[] all = {"-genkeypair", "-dname", "CN=golden", "-alias", alias, "-keyalg"};
    keytool(Stream.of(all, kind).flatMap(Stream::of).toArray(String[]::new));
  }

  private static String key(String alias) {
    return "pkcs11:" + config + "#" + alias;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ci", "ci384", "rsa"})
  void aTokensKeySignsAndOpensslAgrees(String alias) throws IOException {
    Path pin = configuration("pin", PIN + "\n");
    for (String place : new String[] {"env:PIN", pin.toString()}) {
      String[] told = run(key(alias), place).split("\n", 2);
      Path half = configuration(alias + ".pub", told[1]);
      assertThat(
              new OpensslKeys(folder)
                  .verifies(half, MESSAGE.getBytes(UTF_8), Base64.getDecoder().decode(told[0])))
          .isTrue();
    }
  }

  @Test
  void aKeyThatIsNotThereOrHasNoCertificateIsRefused() {
    for (String alias : new String[] {"gone", "bare"}) {
      assertThat(refused(key(alias), "env:PIN"))
          .isEqualTo(
              "The token of '%s' has no key '%s' with a certificate beside it; it has 'ci', 'ci384',"
                      .formatted(config, alias)
                  + " 'mixed', 'other', 'rsa', 'weak'. Name one it has as"
                  + " 'pkcs11:CONFIG-FILE#ALIAS' in <key> or with -Dgolden.key, or put a"
                  + " certificate with the key's CKA_ID on the token: Java reads the public half"
                  + " from it.");
    }
    assertThat(refused(key("mixed"), "env:PIN"))
        .isEqualTo(
            "The key 'mixed' of '%s' is not the key of the certificate beside it.".formatted(config)
                + " Put the certificate of that key on the token, with the same CKA_ID, or name"
                + " another key in <key> or with -Dgolden.key.");
  }

  @Test
  void aWeakOrOtherKeyIsRefused() {
    assertThat(refused(key("weak"), "env:PIN"))
        .isEqualTo(
            "The key 'weak' of '%s' is weak: RSA with 2048 bits, fewer than 3072. "
                    .formatted(config)
                + SigningKey.REMEDY);
    assertThat(refused(key("other"), "env:PIN"))
        .isEqualTo(
            "The key 'other' of '%s' is ECDSA on the curve P-521, which is not supported. "
                    .formatted(config)
                + SigningKey.REMEDY);
  }

  @Test
  void aWrongOrMissingPinIsRefused() {
    assertThat(refused(key("ci"), "env:WRONG"))
        .isEqualTo(
            "The PIN does not open the token of '%s': the token says 'CKR_PIN_INCORRECT'."
                    .formatted(config)
                + PINS);
    assertThat(refused(key("ci")))
        .isEqualTo("The token of '%s' needs a PIN, and none is given.".formatted(config) + PINS);
  }

  private static String library(Path library) {
    return "name = x\nlibrary = " + library + "\n";
  }

  private static void assertConfigured(String text, String problem) throws IOException {
    Path file = configuration("broken.cfg", text);
    assertThat(refused("pkcs11:" + file + "#ci", "env:PIN"))
        .isEqualTo(problem.formatted(file) + CONFIG);
  }

  @Test
  void aConfigurationThatOpensNoTokenIsRefused() throws IOException {
    Path absent = folder.resolve("absent.cfg");
    assertThat(refused("pkcs11:" + absent + "#ci", "env:PIN"))
        .isEqualTo("The PKCS#11 configuration '%s' is not there.".formatted(absent) + CONFIG);
    assertConfigured("", "The PKCS#11 configuration '%s' is empty.");
    assertConfigured(
        "name = x\npin = " + PIN + "\n", "The PKCS#11 configuration '%s' has a fault in line 2.");
    assertConfigured("name = x\n", "The PKCS#11 configuration '%s' has a fault.");
    assertConfigured(
        library(Path.of("/nowhere.so")),
        "The PKCS#11 configuration '%s' opens no token: Library /nowhere.so does not exist.");
    Path text = configuration("text.so", "no library");
    // Behind the colon are the words of the system.
    assertThat(refused("pkcs11:" + configuration("text.cfg", library(text)) + "#ci", "env:PIN"))
        .startsWith(
            "The PKCS#11 configuration '%s' opens no token: ".formatted(folder.resolve("text.cfg")))
        .endsWith("." + CONFIG);
    assertConfigured(
        library(library()) + "slotListIndex = 9\n",
        "The PKCS#11 configuration '%s' opens no token: slotListIndex is 9 but token only has 2"
            + " slots.");
    assertConfigured(
        library(library()) + "slotListIndex = 1\n",
        "The PKCS#11 configuration '%s' opens no token: CKR_TOKEN_NOT_RECOGNIZED.");
  }

  /** SoftHSM has a token in each slot; a provider without one offers as little as this one. */
  @Test
  void aSlotWithoutATokenIsRefused() {
    Provider empty = Objects.requireNonNull(Security.getProvider("SunPKCS11"));
    assertThat(Refusal.of(() -> TokenKey.login(empty, PIN.toCharArray(), "'hsm.cfg'"), PIN))
        .isEqualTo("The PKCS#11 configuration 'hsm.cfg' names a slot without a token." + CONFIG);
  }

  @Test
  void aJavaWithoutTheProviderIsRefused() {
    String told =
        Command.java("--limit-modules", "java.base,java.logging")
            .with(Signer.class.getName(), key("ci"), "env:PIN")
            .environment("PIN", PIN)
            .run();
    assertThat(told)
        .startsWith(
            "REFUSED This Java has no PKCS#11 provider. Run Maven with a JDK that has the module"
                + " 'jdk.crypto.cryptoki', or give a PEM key in <key> or with -Dgolden.key.\n");
  }
}
