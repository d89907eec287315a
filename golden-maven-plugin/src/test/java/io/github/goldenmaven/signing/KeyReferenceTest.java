package io.github.goldenmaven.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyReferenceTest {

  private static final String PLACES =
      " Give the path of a PEM key, 'env:NAME' or 'pkcs11:CONFIG-FILE#ALIAS' in <key> or with"
          + " -Dgolden.key.";

  private static final String PASSWORDS =
      " Give 'env:NAME' or the path of a file with the password in <keyPassword> or with"
          + " -Dgolden.keyPassword.";

  @TempDir private Path folder;

  @Test
  void readsAPathAVariableAndATokensKey() {
    assertThat(KeyReference.parse("keys/ci.pem"))
        .isEqualTo(new KeyReference.PemFile(Path.of("keys/ci.pem")))
        .hasToString("The key 'keys/ci.pem'");
    assertThat(KeyReference.parse("env:CI_KEY"))
        .isEqualTo(new KeyReference.Variable("CI_KEY"))
        .hasToString("The key in the environment variable 'CI_KEY'");
    assertThat(KeyReference.parse("pkcs11:/etc/hsm.cfg#golden ci#2"))
        .isEqualTo(new KeyReference.Token(Path.of("/etc/hsm.cfg"), "golden ci#2"))
        .hasToString("The key 'golden ci#2' of '/etc/hsm.cfg'");
  }

  @Test
  void relativePathsAreOfTheFolderThatIsGiven() {
    assertThat(KeyReference.parse("ci.pem", folder))
        .isEqualTo(new KeyReference.PemFile(folder.resolve("ci.pem")));
    assertThat(KeyReference.parse("/ci.pem", folder))
        .isEqualTo(new KeyReference.PemFile(Path.of("/ci.pem")));
    assertThat(KeyReference.parse("pkcs11:hsm.cfg#ci", folder))
        .isEqualTo(new KeyReference.Token(folder.resolve("hsm.cfg"), "ci"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|is empty.",
        "' '|is empty.",
        "env:|has something behind 'env:' that is no variable's name.",
        "env:-----BEGIN-----|has something behind 'env:' that is no variable's name.",
        "env:MC4CAQ==|has something behind 'env:' that is no variable's name.",
        "pkcs11:|begins with 'pkcs11:', but is not 'pkcs11:CONFIG-FILE#ALIAS'.",
        "pkcs11:hsm.cfg|begins with 'pkcs11:', but is not 'pkcs11:CONFIG-FILE#ALIAS'.",
        "pkcs11:hsm.cfg#|begins with 'pkcs11:', but is not 'pkcs11:CONFIG-FILE#ALIAS'.",
        "pkcs11:#alias|begins with 'pkcs11:', but is not 'pkcs11:CONFIG-FILE#ALIAS'.",
      })
  void refusesWhatIsNoPlace(String text, String fault) {
    assertThat(Refusal.of(() -> KeyReference.parse(text)))
        .isEqualTo("<key> (golden.key) " + fault + PLACES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIHq5Oj6BWk0\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----MC4CAQAwBQYDK2VwBCIEIHq5Oj6BWk0-----END PRIVATE KEY-----",
        "MC4CAQAwBQYDK2VwBCIEIHq5Oj6BWk0k3Bf7wz9Wq0x8pSgQz2mYt4nZ1cV6uEwX",
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "MC4CAQAw\0BQYDK2VwBCIEIHq5Oj6BWk0k3Bf7wz9Wq0x8pSgQz2mYt4nZ1cV6uEwX",
      })
  void aKeyItselfIsRefusedWithoutShowingIt(String key) {
    assertThat(Refusal.of(() -> KeyReference.parse(key), key))
        .isEqualTo(
            "<key> (golden.key) looks like a key itself, not like its place."
                + PLACES
                + " Replace a key that stood in a command line or a POM.");
  }

  @Test
  void aFileMayBeNamedAsKeysAreWritten() throws IOException {
    String name = "a".repeat(64);
    Files.createFile(folder.resolve(name));
    assertThat(KeyReference.parse(name, folder))
        .isEqualTo(new KeyReference.PemFile(folder.resolve(name)));
  }

  @Test
  void aKeyThatOthersCanReadIsToldOnce() throws IOException {
    Path key = Files.createFile(folder.resolve("ci.pem"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(KeyReference.parse(key.toString()).warning()).isEmpty();
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(KeyReference.parse(key.toString()).warning())
        .contains("The key '" + key + "' can be read by every user of this machine (rw-r--r--).");
    assertThat(KeyReference.parse("env:CI_KEY").warning()).isEmpty();
    assertThat(KeyReference.parse(folder.resolve("none").toString()).warning()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hunter2-hunter2", "no\0path", "correct horse battery staple", "."})
  void aPasswordItselfIsRefusedWithoutShowingIt(String password) {
    assertThat(Refusal.of(() -> KeyPassword.parse(password), password.length() < 2 ? "" : password))
        .isEqualTo(
            "<keyPassword> (golden.keyPassword) is neither 'env:NAME' nor a file that is there."
                + PASSWORDS
                + " A password itself is refused: logs and process lists would show it.");
  }

  @Test
  void aPasswordsPlaceIsHeldToItsForm() {
    assertThat(Refusal.of(() -> KeyPassword.parse("")))
        .isEqualTo("<keyPassword> (golden.keyPassword) is empty." + PASSWORDS);
    assertThat(Refusal.of(() -> KeyPassword.parse("env:hunter-two"), "hunter-two"))
        .isEqualTo(
            "<keyPassword> (golden.keyPassword) has something behind 'env:' that is no variable's"
                + " name."
                + PASSWORDS);
  }

  @Test
  void aPasswordIsTheOneLineOfItsFile() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), " with blanks \r\n");
    KeyPassword password = KeyPassword.parse("password", folder);
    assertThat(password.read(Map.of())).isEqualTo(" with blanks ".toCharArray());
    Files.writeString(file, "\n");
    assertThat(Refusal.of(() -> password.read(Map.of())))
        .isEqualTo("The password in '" + file + "' is empty." + PASSWORDS);
    Files.writeString(file, "first-line\nsecond-line\n");
    assertThat(Refusal.of(() -> password.read(Map.of()), "first-line\nsecond-line"))
        .isEqualTo("The password in '" + file + "' has more than one line." + PASSWORDS);
    Files.writeString(file, "0123456789".repeat(500));
    assertThat(Refusal.of(() -> password.read(Map.of()), "0123456789"))
        .isEqualTo("The password in '" + file + "' has more than 4096 bytes." + PASSWORDS);
    Files.delete(file);
    assertThat(Refusal.of(() -> password.read(Map.of())))
        .isEqualTo("The password in '" + file + "' is not there." + PASSWORDS);
  }

  @Test
  void variablesAreSetAndNotEmpty() {
    KeyPassword password = KeyPassword.parse("env:PIN");
    assertThat(password).hasToString("The password in the environment variable 'PIN'");
    assertThat(Refusal.of(() -> password.read(Map.of())))
        .isEqualTo("The environment variable 'PIN' is not set." + PASSWORDS);
    assertThat(Refusal.of(() -> password.read(Map.of("PIN", ""))))
        .isEqualTo("The environment variable 'PIN' is empty." + PASSWORDS);
    KeyReference key = KeyReference.parse("env:GOLDEN_MAVEN_TESTS_HAVE_NO_SUCH_VARIABLE");
    assertThat(Refusal.of(() -> SigningKey.open(key, Optional.empty())))
        .isEqualTo(
            "The environment variable 'GOLDEN_MAVEN_TESTS_HAVE_NO_SUCH_VARIABLE' is not set."
                + PLACES);
  }
}
