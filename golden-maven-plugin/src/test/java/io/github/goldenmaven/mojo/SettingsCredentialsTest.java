package io.github.goldenmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.registry.credentials.AuthFiles;
import io.github.goldenmaven.registry.credentials.Credentials;
import io.github.goldenmaven.registry.credentials.StoredCredentials;
import io.github.goldenmaven.registry.http.ProxySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsProblem;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettingsCredentialsTest {

  private final Settings settings = new Settings();
  private final List<String> warnings = new ArrayList<>();
  private final SettingsCredentials credentials =
      new SettingsCredentials(settings, new BracedSecrets(), warnings::add);

  @Test
  void aServerNamesUserAndPassword() {
    server("registry.example", "builder", "open sesame");

    assertThat(credentials.server("registry.example"))
        .contains(new Credentials("builder", "open sesame"));
    assertThat(credentials.server("other.example")).isEmpty();
  }

  @Test
  void anEncryptedPasswordIsDecryptedAndTheSettingsStayAsTheyAre() {
    server("registry.example", "builder", "{emases nepo}");

    assertThat(credentials.server("registry.example"))
        .contains(new Credentials("builder", "open sesame"));
    assertThat(settings.getServer("registry.example").getPassword()).isEqualTo("{emases nepo}");
  }

  @Test
  void aPasswordThatCannotBeDecryptedIsTakenAsItIsWithAWarning() {
    server("registry.example", "builder", "{}");

    assertThat(credentials.server("registry.example")).contains(new Credentials("builder", "{}"));
    credentials.server("registry.example");

    assertThat(warnings)
        .containsExactly(
            "The password of the <server> 'registry.example' in settings.xml cannot be decrypted,"
                + " so it is used as it is. If it is encrypted, check ~/.m2/settings-security.xml,"
                + " or encrypt it again with 'mvn --encrypt-password'.");
  }

  @Test
  void aVariableThatIsNotSetIsSaidAsThat() {
    server("registry.example", "builder", "${env.REGISTRY_TOKEN}");
    server("other.example", "${ci.user}", "x");
    server("real.example", "builder", "a${b}c");

    assertThat(
            catchThrowableOfType(
                    RefusedException.class, () -> credentials.server("registry.example"))
                .getMessage())
        .isEqualTo(
            "The password of the <server> 'registry.example' in settings.xml is"
                + " '${env.REGISTRY_TOKEN}', and there is no environment variable"
                + " 'REGISTRY_TOKEN'. Set it where Maven runs, or write the value itself into"
                + " Maven's settings.xml.");
    assertThat(
            catchThrowableOfType(RefusedException.class, () -> credentials.server("other.example"))
                .getMessage())
        .startsWith(
            "The user of the <server> 'other.example' in settings.xml is '${ci.user}', and there is"
                + " no property 'ci.user'.");
    assertThat(credentials.server("real.example")).contains(new Credentials("builder", "a${b}c"));
  }

  @Test
  void aProxysVariableThatIsNotSetIsWarnedOfForTheBuildMayNotNeedIt() {
    proxy("company", "${env.PROXY_PASSWORD}");

    assertThat(credentials.proxies()).extracting(ProxySettings::credentials).containsOnlyNulls();
    assertThat(warnings)
        .containsExactly(
            "The password of the <proxy> 'company' in settings.xml is '${env.PROXY_PASSWORD}', and"
                + " there is no environment variable 'PROXY_PASSWORD'. Set it where Maven runs, or"
                + " write the value itself into Maven's settings.xml.");
  }

  @Test
  void aBrokenPasswordOfAnotherServerStopsNothing() {
    server("broken.example", "builder", "{}");
    server("registry.example", "builder", "open sesame");

    assertThat(credentials.server("registry.example"))
        .contains(new Credentials("builder", "open sesame"));
  }

  @Test
  void aServerWithoutAUserIsForSomethingElse() {
    server("registry.example", null, "open sesame");

    assertThat(credentials.server("registry.example")).isEmpty();
  }

  @Test
  void aServerWithoutAPasswordHasAnEmptyOne() {
    server("registry.example", "token", null);

    assertThat(credentials.server("registry.example")).contains(new Credentials("token", ""));
  }

  @Test
  void aServerIsFoundByHostAndPortAndElseByHost() {
    server("registry.example", "any", "1");
    server("registry.example:5000", "exact", "2");
    StoredCredentials stored =
        new StoredCredentials(
            credentials::server, host -> (other, known, notes) -> Optional.empty(), AuthFiles.NONE);

    assertThat(stored.find("registry.example:5000")).contains(new Credentials("exact", "2"));
    assertThat(stored.find("registry.example:5001")).contains(new Credentials("any", "1"));
    assertThat(stored.find("registry.example")).contains(new Credentials("any", "1"));
  }

  @Test
  void onlyActiveProxiesAreTaken() {
    proxy("idle", "{}").setActive(false);
    proxy("one", "{emases nepo}").setNonProxyHosts("localhost|*.company.example");
    proxy("two", null).setUsername(null);

    assertThat(credentials.proxies())
        .containsExactly(
            new ProxySettings(
                "https",
                "one.example",
                3128,
                new Credentials("builder", "open sesame"),
                List.of("localhost", "*.company.example")),
            new ProxySettings("https", "two.example", 3128, null, List.of()));
  }

  @Test
  void aProxyPasswordThatCannotBeDecryptedIsTakenAsItIs() {
    proxy("company", "{}");

    assertThat(credentials.proxies())
        .extracting(ProxySettings::credentials)
        .containsExactly(new Credentials("builder", "{}"));
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("The password of the <proxy> 'company' in settings.xml cannot be decrypted,");
  }

  private void server(String id, @Nullable String user, @Nullable String password) {
    Server server = new Server();
    server.setId(id);
    server.setUsername(user);
    server.setPassword(password);
    settings.addServer(server);
  }

  private Proxy proxy(String id, @Nullable String password) {
    Proxy proxy = new Proxy();
    proxy.setId(id);
    proxy.setProtocol("https");
    proxy.setHost(id + ".example");
    proxy.setPort(3128);
    proxy.setUsername("builder");
    proxy.setPassword(password);
    proxy.setNonProxyHosts(null);
    settings.addProxy(proxy);
    return proxy;
  }

  /** What stands in braces is read backwards; nothing in braces cannot be read. */
  private static final class BracedSecrets implements SettingsDecrypter {

    @Override
    public SettingsDecryptionResult decrypt(SettingsDecryptionRequest request) {
      List<SettingsProblem> problems = new ArrayList<>();
      List<Server> servers = new ArrayList<>();
      for (Server server : request.getServers()) {
        Server clear = server.clone();
        clear.setPassword(clear(server.getPassword(), problems));
        servers.add(clear);
      }
      List<Proxy> proxies = new ArrayList<>();
      for (Proxy proxy : request.getProxies()) {
        Proxy clear = proxy.clone();
        clear.setPassword(clear(proxy.getPassword(), problems));
        proxies.add(clear);
      }
      return new Decrypted(servers, proxies, problems);
    }

    private static @Nullable String clear(@Nullable String secret, List<SettingsProblem> problems) {
      if (secret == null || !secret.startsWith("{")) {
        return secret;
      }
      if (secret.equals("{}")) {
        problems.add(
            new DefaultSettingsProblem(
                "no key", SettingsProblem.Severity.ERROR, "settings.xml", -1, -1, null));
        return secret;
      }
      return new StringBuilder(secret.substring(1, secret.length() - 1)).reverse().toString();
    }
  }

  private record Decrypted(
      List<Server> servers, List<Proxy> proxies, List<SettingsProblem> problems)
      implements SettingsDecryptionResult {

    @Override
    public Server getServer() {
      return servers.get(0);
    }

    @Override
    public List<Server> getServers() {
      return servers;
    }

    @Override
    public Proxy getProxy() {
      return proxies.get(0);
    }

    @Override
    public List<Proxy> getProxies() {
      return proxies;
    }

    @Override
    public List<SettingsProblem> getProblems() {
      return problems;
    }
  }
}
