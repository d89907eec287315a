package io.github.goldenmaven.registry.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineAddressTest {

  @TempDir Path folder;

  @Test
  void isDockersOwnSocketUntilDockerHostSaysOtherwise() {
    assertThat(EngineAddress.of(Map.of())).hasToString("unix:///var/run/docker.sock");
    assertThat(EngineAddress.of(Map.of("DOCKER_HOST", "")))
        .hasToString("unix:///var/run/docker.sock");
    assertThat(EngineAddress.of(Map.of("DOCKER_HOST", "unix:///run/user/1000/docker.sock")))
        .hasToString("unix:///run/user/1000/docker.sock");
    assertThat(EngineAddress.of(Map.of("DOCKER_HOST", "tcp://build.example:2375")))
        .hasToString("tcp://build.example:2375");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ssh://build.example", "tcp://build.example", "unix://", "a b", "tcp:"})
  void refusesAnAddressItCannotReach(String host) {
    assertThatThrownBy(() -> EngineAddress.of(Map.of("DOCKER_HOST", host)))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "DOCKER_HOST is '"
                + host
                + "', which is no Docker Engine this build can reach. Set DOCKER_HOST to"
                + " 'unix:///PATH' or 'tcp://HOST:PORT', or unset it.");
  }

  @Test
  void neverShowsWhatMayBeAPassword() {
    assertThatThrownBy(() -> EngineAddress.of(Map.of("DOCKER_HOST", "ssh://me:secret@example")))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("DOCKER_HOST is an address with an '@', which is no Docker Engine");
    assertThatThrownBy(
            () -> EngineAddress.of(Map.of("DOCKER_HOST", "tcp://me:secret@example:2376")))
        .isInstanceOf(RefusedException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void readsCertificatesWhereTlsIsAskedFor() throws Exception {
    for (String name : new String[] {"ca.pem", "cert.pem", "key.pem"}) {
      Files.writeString(folder.resolve(name), "");
    }
    Map<String, String> environment =
        Map.of(
            "DOCKER_HOST", "tcp://build.example:2376",
            "DOCKER_TLS_VERIFY", "1",
            "DOCKER_CERT_PATH", folder.toString());
    assertThat(EngineAddress.of(environment).certificates()).isEqualTo(folder);
    Files.delete(folder.resolve("key.pem"));
    assertThatThrownBy(() -> EngineAddress.of(environment))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "DOCKER_TLS_VERIFY is set, but '"
                + folder.resolve("key.pem")
                + "' cannot be read. Let DOCKER_CERT_PATH name the folder with 'ca.pem',"
                + " 'cert.pem' and 'key.pem'.");
  }

  @Test
  void aLocalSocketNeedsNoCertificates() {
    assertThat(EngineAddress.of(Map.of("DOCKER_TLS_VERIFY", "1")).certificates()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssh://me:s3cret@example",
        "tcp://me:s3cret@example:2376",
        "tcp://me:s3cret@exa mple:2376",
        "unix://me:s3cret@example/docker.sock"
      })
  void keepsAnAddressWithAPasswordToItself(String host) {
    assertThatThrownBy(() -> EngineAddress.of(Map.of("DOCKER_HOST", host)))
        .isInstanceOf(RefusedException.class)
        .hasNoCause()
        .hasMessage(
            "DOCKER_HOST is an address with an '@', which is no Docker Engine this build can reach."
                + " Set DOCKER_HOST to 'unix:///PATH' or 'tcp://HOST:PORT', or unset it.");
  }
}
