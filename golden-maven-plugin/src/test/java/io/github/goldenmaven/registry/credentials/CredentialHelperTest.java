package io.github.goldenmaven.registry.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.peers.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real programs on a PATH of a JVM of its own: what they do, a build survives. */
class CredentialHelperTest {

  @TempDir Path home;

  /** Asks a helper with a patience in seconds, and prints what became of it. */
  static final class Probe {

    private Probe() {}

    public static void main(String[] arguments) {
      List<String> notes = new ArrayList<>();
      CredentialHelper helper =
          new CredentialHelper(arguments[0], Duration.ofSeconds(Long.parseLong(arguments[1])));
      try {
        Optional<Credentials> found = helper.find("registry.example", notes::add);
        System.out.println(found.map(login -> login.user() + "/" + login.secret()) + " " + notes);
      } catch (UnavailableException e) {
        System.out.println(e.getMessage());
      }
      System.out.println(
          "left: " + ProcessHandle.current().descendants().filter(ProcessHandle::isAlive).count());
    }
  }

  private String ask(String script, int seconds) throws Exception {
    Path file =
        Files.writeString(home.resolve("docker-credential-x"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return probe("x", seconds);
  }

  private String probe(String name, int seconds) {
    return Command.briefJava("-Xmx64m")
        .with(Probe.class.getName(), name, Integer.toString(seconds))
        .environment("PATH", home + ":/usr/bin:/bin")
        .run();
  }

  @Test
  void aHelperThatNeverAnswersIsEndedAndNamed() throws Exception {
    assertThat(ask("sleep 600", 1))
        .isEqualTo(
            "The credential helper 'docker-credential-x' did not answer within 1 seconds when it"
                + " was asked for the login of 'registry.example'. Run 'echo registry.example |"
                + " docker-credential-x get' to see what it waits for, or put the credentials into"
                + " a <server> with the id of the registry in Maven's settings.xml.\n"
                + "left: 0\n");
  }

  @Test
  void aHelperThatNeverStopsWritingIsEnded() throws Exception {
    assertThat(ask("yes '{\"Username\":\"u\",\"Secret\":\"top-secret\"}'", 50))
        .isEqualTo(
            "Optional.empty ['docker-credential-x' wrote more than 1048576 bytes, which is no"
                + " login]\nleft: 0\n");
  }

  @Test
  void whatAHelperSaysIsNeverShown() throws Exception {
    assertThat(ask("cat > /dev/null; echo top-secret", 50))
        .isEqualTo(
            "Optional.empty ['docker-credential-x' answered with what is no login]\nleft: 0\n");
    assertThat(ask("echo top-secret; echo top-secret >&2; exit 3", 50))
        .isEqualTo("Optional.empty ['docker-credential-x' failed with exit code 3]\nleft: 0\n");
    assertThat(ask("head -c 5000 /dev/urandom", 50))
        .isEqualTo(
            "Optional.empty ['docker-credential-x' answered with what is no login]\nleft: 0\n");
  }

  @Test
  void aHelperWithoutALoginHasNone() throws Exception {
    String none = "Optional.empty ['docker-credential-x' has none]\nleft: 0\n";
    assertThat(ask("echo 'credentials not found in native keychain'; exit 1", 50)).isEqualTo(none);
    assertThat(ask("echo '{\"Username\":\"\",\"Secret\":\"\"}'", 50)).isEqualTo(none);
  }

  @Test
  void aHelperIsAskedByTheNameOfTheRegistry() throws Exception {
    assertThat(
            ask("read server; echo '{\"Username\":\"'$1'\",\"Secret\":\"'$server'\",\"x\":1}'", 50))
        .isEqualTo("Optional[get/registry.example] []\nleft: 0\n");
    assertThat(ask("exec < /dev/null; echo '{\"Username\":\"u\",\"Secret\":\"s\"}'", 50))
        .isEqualTo("Optional[u/s] []\nleft: 0\n");
  }

  @Test
  void aHelperThatIsNotThereOrIsNoNameIsSaid() {
    assertThat(probe("absent", 50))
        .isEqualTo("Optional.empty ['docker-credential-absent' is not installed]\nleft: 0\n");
    assertThat(probe("../../bin/sh", 50))
        .isEqualTo(
            """
            Optional.empty ['docker-credential-../../bin/sh' is no name of a program]
            left: 0
            """);
  }

  /** Docker's order: the helper of the host, the helper of all hosts, what stands in the file. */
  @Test
  void theHelperOfAHostWinsOverTheHelperOfAllAndBothOverTheFile() throws Exception {
    helper("one", "'{\"Username\":\"one\",\"Secret\":\"s\"}'");
    helper("all", "'{\"Username\":\"all\",\"Secret\":\"s\"}'");
    helper("none", "'{\"Username\":\"\",\"Secret\":\"\"}'");
    String auths =
        "\"auths\":{\"one.example\":{\"auth\":\"ZmlsZTpzCg==\"},"
            + "\"https://two.example/v2/\":{\"auth\":\"ZmlsZTpz\"},"
            + "\"none.example\":{\"auth\":\"ZmlsZTpz\"}}";
    Files.createDirectories(home.resolve("docker"));
    Files.writeString(
        home.resolve("docker/config.json"),
        "{"
            + auths
            + ",\"credHelpers\":{\"one.example\":\"one\",\"none.example\":\"none\"},"
            + "\"credsStore\":\"all\"}");

    assertThat(users("one.example", "two.example", "none.example", "three.example"))
        .isEqualTo("one\nall\nfile\nall\n");
  }

  private void helper(String name, String json) throws Exception {
    Path file =
        Files.writeString(
            home.resolve("docker-credential-" + name),
            "#!/bin/sh\ncat > /dev/null\necho " + json + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Prints whose login is found for each host, without jib. */
  static final class Looking {

    private Looking() {}

    public static void main(String[] hosts) {
      AuthFiles files = AuthFiles.of(System.getenv(), Path.of(System.getProperty("user.home")));
      for (String host : hosts) {
        System.out.println(files.find(host, note -> {}).map(Credentials::user).orElse("jib"));
      }
    }
  }

  private String users(String... hosts) {
    return Command.briefJava("-Duser.home=" + home)
        .with(Looking.class.getName())
        .with(hosts)
        .environment("PATH", home + ":/usr/bin:/bin")
        .environment("DOCKER_CONFIG", home.resolve("docker").toString())
        .run();
  }
}
