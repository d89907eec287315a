package io.github.goldenmaven.contents;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.verify.rules.image.SecretVariable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not lie in an image, known by its content; and what looks like it and may. */
class SecretContentTest {

  private static final String TEXT =
      "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PRIVATE KEY",
        "ENCRYPTED PRIVATE KEY",
        "RSA PRIVATE KEY",
        "EC PRIVATE KEY",
        "DSA PRIVATE KEY",
        "OPENSSH PRIVATE KEY",
        "PGP PRIVATE KEY BLOCK"
      })
  void aPemBlockOfAPrivateKey(String kind) {
    String pem = "-----BEGIN " + kind + "-----\n" + TEXT + "-----END " + kind + "-----\n";
    String certificate =
        "-----BEGIN CERTIFICATE-----\n" + TEXT.repeat(90) + "-----END CERTIFICATE-----\n";

    for (String text :
        List.of(
            pem,
            pem.replace("\n", "\r\n"),
            "tls:\n  key: |\n" + pem.indent(4),
            certificate + certificate + pem)) {
      assertThat(whole(text)).as(text).contains(SecretContent.PRIVATE_KEY);
      assertThat(SecretVariable.matches("X", text)).as(text).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n",
        "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: x\n",
        "{\"type\": \"service_account\", \"private_key\": \"-----BEGIN PRIVATE KEY-----\\nMIIE\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\","
            + "\"d\":\"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE\"}",
        "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T\"}]}",
        "0\u0082\1\2\2\1\0000\r\6\t*\u0086H\u0086\u00f7\r\1\1\1\5\0",
        "0\u0081\u00f00\34\6\t*\u0086H\u0086\u00f7\r\1\5\r0\17"
      })
  void aPrivateKeyInAnotherForm(String text) {
    assertThat(SecretContent.of(text)).contains(SecretContent.PRIVATE_KEY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "registry=https://npm.example/\n//npm.example/:_authToken=npm_8yZ3kQ1vT5sW7xA9\n",
        "_auth = dXNlcjpwYXNzd29yZDEyMw==\n",
        "machine git.example login ci password s3cret\n",
        "machine git.example\n  login ci\n  password s3cret\n",
        "{\"auths\": {\"registry.example\": {\"auth\": \"dXNlcjpwYXNzd29yZA==\"}}}",
        """
        [default]
        aws_access_key_id = AKIAIOSFODNN7EXAMPLE
        aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
        """
      })
  void aLoginAsItsToolWritesIt(String text) {
    assertThat(SecretContent.of(text)).contains(SecretContent.LOGIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----\n",
        "-----BEGIN NEW CERTIFICATE REQUEST-----\nMIIB\n",
        "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n",
        "-----BEGIN RSA PUBLIC KEY-----\nMIIB\n",
        "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQEN\n",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ me@example\n",
        "ecdsa-sha2-nistp256 AAAAE2VjZHNh me@example\n",
        "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"2026\",\"n\":\"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2\","
            + "\"e\":\"AQAB\"}]}"
      })
  void whatEverybodyMayHave(String text) {
    assertThat(SecretContent.of(text)).contains(SecretContent.PUBLIC_KEY);
    assertThat(SecretVariable.matches("X", text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spring.datasource.password=${DB_PASSWORD}\naws.secret=${AWS_SECRET_ACCESS_KEY}\n",
        "//npm.example/:_authToken=${NPM_TOKEN}\n",
        "//npm.example/:_authToken=<your token>\n_authToken=YOUR_TOKEN_GOES_HERE\n",
        "machine git.example login ci password ${GIT_PASSWORD}\n",
        "aws_secret_access_key = ${AWS_SECRET_ACCESS_KEY}\n",
        "{\"auths\": {\"registry.example\": {}}, \"credsStore\": \"desktop\"}",
        "A key begins with '-----BEGIN PRIVATE KEY-----' and a line break.\n",
        "\0\1\0\33-----BEGIN PRIVATE KEY-----\1\0\4Code",
        "{\"private_key\": \"${PRIVATE_KEY}\", \"auth\": \"oidc\"}",
        "how machine learning works: login, password\n",
        ""
      })
  void whatOnlySpeaksOfSecrets(String text) {
    assertThat(SecretContent.of(text)).isEmpty();
    assertThat(SecretVariable.matches("X", text.replace("-----BEGIN PRIVATE KEY-----", "")))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"JKS", "JCEKS", "PKCS12"})
  void aKeyStoreByWhetherItHoldsKeys(String type) throws Exception {
    Path keys = folder.resolve("keys");
    Path certificates = folder.resolve("certificates");
    keytool(keys, type, "-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", "CN=x");
    Path exported = folder.resolve("x.pem");
    keytool(keys, type, "-exportcert", "-rfc", "-alias", "a", "-file", exported.toString());
    for (String alias : List.of("one", "two")) {
      keytool(
          certificates,
          type,
          "-importcert",
          "-noprompt",
          "-alias",
          alias,
          "-file",
          exported.toString());
    }

    assertThat(whole(text(keys))).contains(SecretContent.PRIVATE_KEY);
    assertThat(whole(text(certificates))).isEmpty();

    keytool(certificates, type, "-genkeypair", "-alias", "z", "-keyalg", "EC", "-dname", "CN=z");
    assertThat(whole(text(certificates))).contains(SecretContent.PRIVATE_KEY);
  }

  /** The look is bounded whatever a file says: no such text takes the stack or the time. */
  @Test
  void textsThatWouldTakeThePatternsVeryLong() {
    for (String part : List.of("A ", "-----BEGIN ", "machine ", "\"kty\":\"RSA\"\n", " \t", "9")) {
      String text = "-----BEGIN " + part.repeat(SecretContent.MAX_KEYS / part.length());
      assertThat(SecretContent.of(text)).isNotEqualTo(Optional.of(SecretContent.PRIVATE_KEY));
    }
    String store = "\u00fe\u00ed\u00fe\u00ed\0\0\0\2\177\377\377\377" + "\0\0\0\2\0\0".repeat(9999);
    assertThat(SecretContent.of(store)).isEmpty();
  }

  /** As much of it as is looked at. */
  private static Optional<SecretContent> whole(String text) {
    String head = text.substring(0, Math.min(text.length(), SecretContent.HEAD));
    return SecretContent.of(SecretContent.goesOn(head) ? text : head);
  }

  private static String text(Path file) throws Exception {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  private static void keytool(Path store, String type, String... more) {
    Command.keytool(Path.of(System.getProperty("java.home")), more)
        .with("-keystore", store.toString(), "-storetype", type, "-storepass", "changeit")
        .run();
  }
}
