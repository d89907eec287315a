package io.github.goldenmaven.registry.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several accounts on one host, as Docker's and Podman's files and Maven's settings name them. */
class AccountsTest {

  @TempDir Path home;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, Credentials> servers = new HashMap<>();

  private StoredCredentials stored() {
    return new StoredCredentials(
        id -> Optional.ofNullable(servers.get(id)),
        host -> (other, filesAreKnown, notes) -> Optional.of(new Credentials("jib", other)),
        AuthFiles.of(environment, home));
  }

  private static String login(String user) {
    return "{\"auth\":\""
        + Base64.getEncoder().encodeToString((user + ":pw").getBytes(StandardCharsets.UTF_8))
        + "\"}";
  }

  private Path file(String name, String json) throws Exception {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, json);
  }

  private String user(StoredCredentials stored, String repository) {
    String account = stored.account("registry.example", repository);
    return account + " " + stored.find(account).orElseThrow().user();
  }

  @Test
  void theLongestPathOfAFileWins() throws Exception {
    file(
        ".docker/config.json",
        "{\"auths\":{\"registry.example/team\":"
            + login("team")
            + ",\"https://registry.example/team/inner/v2/\":"
            + login("inner")
            + ",\"registry.example\":"
            + login("host")
            + "}}");
    StoredCredentials stored = stored();

    assertThat(user(stored, "team/orders")).isEqualTo("registry.example/team team");
    assertThat(user(stored, "team/inner/orders")).isEqualTo("registry.example/team/inner inner");
    assertThat(user(stored, "team/inner")).isEqualTo("registry.example/team/inner inner");
    assertThat(user(stored, "teams/orders")).isEqualTo("registry.example jib");
    assertThat(user(stored, "other")).isEqualTo("registry.example jib");
    assertThat(stored.account("other.example", "team/orders")).isEqualTo("other.example");
  }

  @Test
  void podmansFileIsReadBeforeDockers() throws Exception {
    environment.put("XDG_RUNTIME_DIR", home.resolve("run").toString());
    file("run/containers/auth.json", "{\"auths\":{\"registry.example/a\":" + login("run") + "}}");
    file(".config/containers/auth.json", "{\"auths\":{\"registry.example/b\":" + login("b") + "}}");
    file(".docker/config.json", "{\"auths\":{\"registry.example/a\":" + login("docker") + "}}");

    assertThat(user(stored(), "a/x")).isEqualTo("registry.example/a run");
    assertThat(user(stored(), "b/x")).isEqualTo("registry.example/b b");
  }

  @Test
  void theFileOfTheVariableWinsForHostsToo() throws Exception {
    Path named =
        file(
            "ci/auth.json",
            "{\"auths\":{\"registry.example\":"
                + login("ci")
                + ",\"registry.example/t\":{\"identitytoken\":\"abc\",\"auth\":\"\"}}}");
    environment.put("REGISTRY_AUTH_FILE", named.toString());

    assertThat(user(stored(), "any")).isEqualTo("registry.example ci");
    assertThat(stored().find("registry.example/t")).contains(new Credentials("<token>", "abc"));
  }

  @Test
  void theFileOfTheVariableThatIsNotThereIsSaid() {
    environment.put("REGISTRY_AUTH_FILE", home.resolve("none.json").toString());
    StoredCredentials stored = stored();
    stored.find("registry.example");

    assertThat(stored.description())
        .isEqualTo(
            "Maven's settings.xml, Docker's and Podman's files and their credential helpers ('"
                + home.resolve("none.json")
                + "' of REGISTRY_AUTH_FILE is not there)");
  }

  /** Docker's helpers keep logins of hosts; nobody's login is taken for another's in silence. */
  @Test
  void aPathWhoseLoginAHelperKeepsIsTheHostsAccountAndThatIsSaid() throws Exception {
    file(
        ".docker/config.json",
        "{\"auths\":{\"registry.example/team\":{}},\"credsStore\":\"not-there\"}");
    StoredCredentials stored = stored();

    assertThat(user(stored, "team/orders")).isEqualTo("registry.example jib");
    assertThat(stored.description())
        .isEqualTo(
            "Maven's settings.xml, Docker's and Podman's files and their credential helpers (the"
                + " entry of 'registry.example/team' has no login in it, and credential helpers are"
                + " asked for hosts alone; 'docker-credential-not-there' is not installed)");
  }

  @Test
  void aDamagedFileIsNamedAndNotQuoted() throws Exception {
    Path file = file(".docker/config.json", "{\"auths\":{\"registry.example/t\":\"hunter2");
    StoredCredentials stored = stored();

    assertThat(user(stored, "t/x")).isEqualTo("registry.example jib");
    assertThat(stored.description()).endsWith("('" + file + "' is not readable)");
  }

  @Test
  void aServerOfTheSettingsMayNameAPath() throws Exception {
    servers.put("registry.example/team", new Credentials("maven", "pw"));
    file(
        ".docker/config.json",
        "{\"auths\":{\"registry.example/team\":"
            + login("docker")
            + ",\"registry.example/team/inner\":"
            + login("inner")
            + "}}");

    assertThat(user(stored(), "team/x")).isEqualTo("registry.example/team maven");
    assertThat(user(stored(), "team/inner/x")).isEqualTo("registry.example/team/inner inner");
  }
}
