package io.github.goldenmaven.registry.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.registry.credentials.jib.JibCredentials;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Docker's places are looked at in a JVM of its own, whose environment the test chooses. */
class StoredCredentialsTest {

  private static final String PLACES =
      "Maven's settings.xml, Docker's and Podman's files and their credential helpers";

  @TempDir Path home;

  /** Prints what is found for each host. */
  static final class Probe {

    private Probe() {}

    public static void main(String[] hosts) {
      StoredCredentials stored =
          stored(Map.of("settings.example", new Credentials("maven", "from-maven")));
      for (String host : hosts) {
        System.out.println(
            stored.find(host).map(found -> found.user() + "/" + found.secret()).orElse("none"));
      }
      System.out.println(stored.description());
    }
  }

  private String probe(String... hosts) {
    return probing(hosts).run();
  }

  private Command probing(String... hosts) {
    return Command.briefJava("-Duser.home=" + home)
        .with(Probe.class.getName())
        .with(hosts)
        .environment("HOME", home.toString())
        .environment("DOCKER_CONFIG", home.resolve("docker").toString())
        .environment("XDG_RUNTIME_DIR", home.resolve("run").toString())
        .environment("XDG_CONFIG_HOME", home.resolve("config").toString())
        .environment("PATH", home + ":/usr/bin:/bin");
  }

  private void docker(String json) throws Exception {
    Files.createDirectories(home.resolve("docker"));
    Files.writeString(home.resolve("docker/config.json"), json);
  }

  private void helper(String name, String script) throws Exception {
    Path file = Files.writeString(home.resolve(name), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String basic(String user, String password) {
    return Base64.getEncoder()
        .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void prefersMavensSettingsAndLoadsNoClassOfJibForThem() {
    String out =
        Command.java("-Xlog:class+load")
            .with(Probe.class.getName(), "settings.example", "settings.example:5000")
            .run();

    assertThat(out).contains("maven/from-maven").contains("StoredCredentials");
    assertThat(out).doesNotContain("com.google.cloud.tools.jib");
  }

  @Test
  void findsWhatDockerLoginStored() throws Exception {
    docker(
        "{\"auths\":{\"registry.example:5000\":{\"auth\":\""
            + basic("docker", "open:sesame")
            + "\"},\"https://index.docker.io/v1/\":{\"auth\":\""
            + basic("hub", "hub-secret")
            + "\"}}}");

    assertThat(probe("registry.example:5000", "docker.io", "other.example"))
        .isEqualTo("docker/open:sesame\nhub/hub-secret\nnone\n" + PLACES + "\n");
  }

  @Test
  void findsAnIdentityToken() throws Exception {
    docker(
        "{\"auths\":{\"cloud.example\":{\"auth\":\""
            + basic("00000000-0000-0000-0000-000000000000", "")
            + "\",\"identitytoken\":\"refresh\"}}}");

    assertThat(probe("cloud.example")).startsWith("<token>/refresh\n");
  }

  @Test
  void asksTheHelperOfARegistryAndTheStoreOfAllOthers() throws Exception {
    docker("{\"credHelpers\":{\"one.example\":\"one\"},\"credsStore\":\"all\"}");
    helper(
        "docker-credential-one",
        "cat > /dev/null; echo '{\"Username\":\"one\",\"Secret\":\"first\"}'");
    helper(
        "docker-credential-all",
        "read host; echo '{\"Username\":\"'$host'\",\"Secret\":\"second\"}'");

    assertThat(probe("one.example", "two.example"))
        .isEqualTo("one/first\ntwo.example/second\n" + PLACES + "\n");
  }

  @Test
  void saysThatAHelperFailedAndNothingOfWhatItWrote() throws Exception {
    docker("{\"credHelpers\":{\"one.example\":\"talks\",\"two.example\":\"absent\"}}");
    helper(
        "docker-credential-talks",
        "cat > /dev/null; echo '{\"Username\":\"\",\"Secret\":\"top-secret\"}'; echo top-secret"
            + " >&2; exit 1");

    String said = probe("one.example", "two.example");

    assertThat(said)
        .isEqualTo(
            "none\nnone\n"
                + PLACES
                + " ('docker-credential-talks' failed with exit code 1; 'docker-credential-absent'"
                + " is not installed)\n");
  }

  @Test
  void namesAFileItCannotReadAndNothingOfItsContent() throws Exception {
    docker("{\"auths\":{\"one.example\":{\"auth\":top-secret}}}");

    assertThat(probe("one.example"))
        .isEqualTo(
            "none\n"
                + PLACES
                + " ('"
                + home.resolve("docker/config.json")
                + "' is not readable)\n");
  }

  @Test
  void passesOverAnEntryThatIsNoPair() throws Exception {
    docker("{\"auths\":{\"one.example\":{\"auth\":\"bm8tY29sb24=\"}}}");

    assertThat(probe("one.example"))
        .isEqualTo("none\n" + PLACES + " (one of them could not be read)\n");
  }

  @Test
  void takesTheServersOfAHostForAllItsPortsAndDockerHubByAllItsNames() {
    StoredCredentials stored =
        stored(
            Map.of(
                "one.example", new Credentials("any", "1"),
                "one.example:5000", new Credentials("exact", "2"),
                "https://index.docker.io/v1/", new Credentials("hub", "3")));

    assertThat(stored.find("one.example:443").map(Credentials::user)).contains("any");
    assertThat(stored.find("one.example:5000").map(Credentials::user)).contains("exact");
    assertThat(stored.find("docker.io").map(Credentials::user)).contains("hub");
    assertThat(stored.find("docker.io").orElseThrow()).hasToString("credentials");
  }

  private static StoredCredentials stored(Map<String, Credentials> servers) {
    return new StoredCredentials(
        id -> Optional.ofNullable(servers.get(id)),
        host -> new JibCredentials(),
        AuthFiles.of(System.getenv(), Path.of(System.getProperty("user.home"))));
  }

  /** Whoever opens a pipe waits for it. */
  @ParameterizedTest
  @ValueSource(
      strings = {"docker/config.json", "run/containers/auth.json", "config/containers/auth.json"})
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void refusesAPipeInPlaceOfAFileOfLogins(String name) throws Exception {
    Path pipe = home.resolve(name);
    Files.createDirectories(pipe.getParent());
    Command.of("mkfifo", pipe.toString()).run();
    AuthFiles files =
        AuthFiles.of(
            Map.of(
                "DOCKER_CONFIG", home.resolve("docker").toString(),
                "XDG_RUNTIME_DIR", home.resolve("run").toString(),
                "XDG_CONFIG_HOME", home.resolve("config").toString()),
            home);
    AuthFiles named = AuthFiles.of(Map.of("REGISTRY_AUTH_FILE", pipe.toString()), home);
    String message =
        "'"
            + pipe
            + "' is not a regular file. Keep a file of logins there, or none; REGISTRY_AUTH_FILE"
            + " and DOCKER_CONFIG lead elsewhere.";

    for (AuthFiles each : List.of(files, named)) {
      assertThatThrownBy(() -> each.find("registry.example", note -> {}))
          .isInstanceOf(RefusedException.class)
          .hasMessage(message);
    }
  }

  @Test
  void aFolderThatAContainerMountedThereIsNotedAndNoFileIsNone() throws Exception {
    Path folder = Files.createDirectories(home.resolve("docker/config.json"));
    AuthFiles files =
        AuthFiles.of(
            Map.of(
                "DOCKER_CONFIG",
                home.resolve("docker").toString(),
                "REGISTRY_AUTH_FILE",
                "/dev/null"),
            home);
    List<String> notes = new ArrayList<>();

    assertThat(files.find("registry.example", notes::add)).isEmpty();
    assertThat(notes).containsExactly("'" + folder + "' is not readable");
  }
}
