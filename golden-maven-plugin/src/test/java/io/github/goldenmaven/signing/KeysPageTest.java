package io.github.goldenmaven.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.golden.policy.PolicyKey;
import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.NeedsPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/keys.md make keys that sign. */
@NeedsPeer({"openssl", "softhsm2-util"})
class KeysPageTest {

  private static final Path PAGE = Path.of("..", "docs", "keys.md");

  @TempDir private Path folder;

  private static String blocks(String language) throws IOException {
    return Pattern.compile("(?s)```" + language + "\n(.*?)```")
        .matcher(Files.readString(PAGE))
        .results()
        .map((MatchResult block) -> block.group(1))
        .collect(Collectors.joining());
  }

  private void run(String script) throws IOException {
    Path tokens = Files.createDirectory(folder.resolve("tokens"));
    Path settings =
        Files.writeString(
            folder.resolve("softhsm2.conf"), "directories.tokendir = " + tokens + "\n");
    String path = Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH");
    Command.of("bash", "-euo", "pipefail", "-c", script)
        .environment("SOFTHSM2_CONF", settings.toString())
        .environment("PATH", path)
        .in(folder)
        .run();
  }

  private VerificationKey open(String key, Optional<KeyPassword> password, String secret) {
    try (SigningKey opened =
        SigningKey.open(
            KeyReference.parse(key, folder), password, Map.of("KEY_PASSWORD", secret))) {
      return opened.verificationKey();
    }
  }

  @Test
  void eachCommandMakesAKeyThatSigns() throws IOException {
    run(
        blocks("sh").replace("/usr/lib/softhsm/libsofthsm2.so", TokenKeyTest.library().toString())
            + "printf %s \"$KEY_PASSWORD\" > password.txt\nprintf %s \"$PIN\" > pin.txt\n");

    VerificationKey ci = open("ci.pem", Optional.empty(), "");
    assertThat(ci.toPem()).isEqualTo(Files.readString(folder.resolve("ci.pub")));
    assertThat(KeyReference.parse("ci.pem", folder).warning()).isEmpty();
    for (String name : new String[] {"ci-p384.pem", "ci-ed25519.pem", "ci-rsa.pem", "new.pem"}) {
      assertThat(open(name, Optional.empty(), "")).isNotEqualTo(ci);
    }
    String password = Files.readString(folder.resolve("password.txt"));
    assertThat(
            open("ci-encrypted.pem", Optional.of(KeyPassword.parse("env:KEY_PASSWORD")), password))
        .isEqualTo(ci);
    assertThat(open("ci-encrypted.pem", Optional.of(KeyPassword.parse("password.txt", folder)), ""))
        .isEqualTo(ci);
    String told =
        Command.java("-XX:TieredStopAtLevel=1")
            .with(TokenKeyTest.Signer.class.getName(), "pkcs11:hsm.cfg#ci", "pin.txt")
            .environment("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString())
            .in(folder)
            .run();
    assertThat(told).endsWith(Files.readString(folder.resolve("hsm.pub")));
  }

  @Test
  void thePolicyOfThePageIsRead() throws IOException {
    for (String name : new String[] {"ci.pub", "platform.pub", "gate.pub"}) {
      Files.writeString(folder.resolve(name), TestKeys.make().verificationKey().toPem());
    }
    Path policy = Files.writeString(folder.resolve("golden-policy.yaml"), blocks("yaml"));
    assertThat(GoldenPolicy.read(policy).keys())
        .extracting(PolicyKey::id)
        .containsExactly("ci", "platform", "gate");
  }
}
