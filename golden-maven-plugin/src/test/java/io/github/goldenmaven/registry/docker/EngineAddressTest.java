package io.github.goldenmaven.registry.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.peers.Command;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineAddressTest {

  @TempDir Path folder;

  @Test
  void isDockersOwnSocketUntilDockerHostSaysOtherwise() {
    assertThat(EngineAddress.of(environment())).hasToString("unix:///var/run/docker.sock");
    assertThat(EngineAddress.of(environment("DOCKER_HOST", "")))
        .hasToString("unix:///var/run/docker.sock");
    assertThat(EngineAddress.of(Map.of("DOCKER_HOST", "unix:///run/user/1000/docker.sock")))
        .hasToString("unix:///run/user/1000/docker.sock");
    assertThat(EngineAddress.of(Map.of("DOCKER_HOST", "tcp://build.example:2375")))
        .hasToString("tcp://build.example:2375");
  }

  private Map<String, String> environment(String... more) {
    Map<String, String> environment = new java.util.HashMap<>();
    environment.put("DOCKER_CONFIG", folder.toString());
    for (int at = 0; at < more.length; at += 2) {
      environment.put(more[at], more[at + 1]);
    }
    return environment;
  }

  private Path context(String name, String host) throws Exception {
    String id = Digest.of(name.getBytes(StandardCharsets.UTF_8)).hex();
    Path meta = Files.createDirectories(folder.resolve("contexts/meta").resolve(id));
    Files.writeString(
        meta.resolve("meta.json"),
        "{\"Name\":\""
            + name
            + "\",\"Metadata\":{},\"Endpoints\":{\"docker\":{\"Host\":\""
            + host
            + "\",\"SkipTLSVerify\":false}}}");
    return Files.createDirectories(folder.resolve("contexts/tls").resolve(id).resolve("docker"));
  }

  @Test
  void isWhereTheChosenContextSays() throws Exception {
    context("desktop-linux", "unix:///home/me/.docker/desktop/docker.sock");
    context("colima", "unix:///home/me/.colima/docker.sock");
    assertThat(EngineAddress.of(environment())).hasToString("unix:///var/run/docker.sock");

    Files.writeString(
        folder.resolve("config.json"), "{\"auths\":{},\"currentContext\":\"desktop-linux\"}");
    assertThat(EngineAddress.of(environment()))
        .hasToString("unix:///home/me/.docker/desktop/docker.sock");
    assertThat(EngineAddress.of(environment("DOCKER_CONTEXT", "colima")))
        .hasToString("unix:///home/me/.colima/docker.sock");
    assertThat(EngineAddress.of(environment("DOCKER_CONTEXT", "default")))
        .hasToString("unix:///var/run/docker.sock");
    assertThat(EngineAddress.of(environment("DOCKER_HOST", "unix:///run/user/1/docker.sock")))
        .hasToString("unix:///run/user/1/docker.sock");
  }

  @Test
  void takesTheCertificatesOfAContext() throws Exception {
    Path tls = context("build", "tcp://build.example:2376");
    assertThat(EngineAddress.of(environment("DOCKER_CONTEXT", "build")).certificates()).isNull();
    for (String name : new String[] {"ca.pem", "cert.pem", "key.pem"}) {
      Files.writeString(tls.resolve(name), "");
    }
    assertThat(EngineAddress.of(environment("DOCKER_CONTEXT", "build")))
        .isEqualTo(new EngineAddress(URI.create("tcp://build.example:2376"), tls));
  }

  @Test
  void refusesAContextThatIsNotThereOrCannotBeReached() throws Exception {
    String id = Digest.of("gone".getBytes(StandardCharsets.UTF_8)).hex();
    assertThatThrownBy(() -> EngineAddress.of(environment("DOCKER_CONTEXT", "gone")))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "DOCKER_CONTEXT chooses the Docker context 'gone', and '"
                + folder.resolve("contexts/meta").resolve(id).resolve("meta.json")
                + "' cannot be read. Choose one that 'docker context ls' lists, or set"
                + " DOCKER_HOST.");
    context("far", "ssh://me@build.example");
    assertThatThrownBy(() -> EngineAddress.of(environment("DOCKER_CONTEXT", "far")))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The host of the Docker context 'far' is an address with an '@', which is no Docker"
                + " Engine this build can reach. Set DOCKER_HOST to 'unix:///PATH' or"
                + " 'tcp://HOST:PORT', or choose another context with DOCKER_CONTEXT.");
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
    assertThat(EngineAddress.of(environment("DOCKER_TLS_VERIFY", "1")).certificates()).isNull();
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

  /** Docker's own files, as those that cannot be read. */
  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void waitsForNoPipe() throws Exception {
    Path config = folder.resolve("config.json");
    Command.of("mkfifo", config.toString()).run();
    assertThat(EngineAddress.of(environment())).hasToString("unix:///var/run/docker.sock");

    Path tls = context("build", "tcp://build.example:2376");
    for (String name : new String[] {"ca.pem", "cert.pem", "key.pem"}) {
      Command.of("mkfifo", tls.resolve(name).toString()).run();
    }
    assertThat(EngineAddress.of(environment("DOCKER_CONTEXT", "build")).certificates()).isNull();
    Map<String, String> verified =
        environment(
            "DOCKER_HOST", "tcp://build.example:2376",
            "DOCKER_TLS_VERIFY", "1",
            "DOCKER_CERT_PATH", tls.toString());
    assertThatThrownBy(() -> EngineAddress.of(verified))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "DOCKER_TLS_VERIFY is set, but '"
                + tls.resolve("ca.pem")
                + "' cannot be read. Let DOCKER_CERT_PATH name the folder with 'ca.pem',"
                + " 'cert.pem' and 'key.pem'.");

    String id = Digest.of("build".getBytes(StandardCharsets.UTF_8)).hex();
    Path meta = folder.resolve("contexts/meta").resolve(id).resolve("meta.json");
    Files.delete(meta);
    Command.of("mkfifo", meta.toString()).run();
    assertThatThrownBy(() -> EngineAddress.of(environment("DOCKER_CONTEXT", "build")))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "DOCKER_CONTEXT chooses the Docker context 'build', and '"
                + meta
                + "' cannot be read. Choose one that 'docker context ls' lists, or set"
                + " DOCKER_HOST.");
  }
}
