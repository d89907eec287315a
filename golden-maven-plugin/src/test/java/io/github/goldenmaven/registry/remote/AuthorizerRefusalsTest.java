package io.github.goldenmaven.registry.remote;

import static io.github.goldenmaven.registry.LyingRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.LyingRegistry;
import io.github.goldenmaven.registry.SmallImage;
import io.github.goldenmaven.registry.credentials.Credentials;
import io.github.goldenmaven.registry.http.Origin;
import io.github.goldenmaven.registry.http.RegistryAccess;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NeedsPeer
class AuthorizerRefusalsTest extends AuthorizerFixture {

  /** The token server has the registry's port and another name. */
  private LyingRegistry withForeignTokens(boolean letsAnybodyIn) {
    return LyingRegistry.telling(
        exchange -> {
          String shown = exchange.getRequestHeaders().getFirst("Authorization");
          String host = exchange.getRequestHeaders().getFirst("Host");
          if (exchange.getRequestURI().getPath().equals("/token")) {
            if (letsAnybodyIn || shown != null) {
              token(exchange);
            } else {
              answer(exchange, 401);
            }
          } else if (shown == null) {
            answer(
                exchange,
                401,
                "WWW-Authenticate",
                "Bearer realm=\"http://"
                    + host.replace("localhost", "127.0.0.1")
                    + "/token\",service=\"x\"");
          } else {
            serve(exchange);
          }
        });
  }

  @Test
  void showsNoCredentialsToATokenServerOfAnotherHost() {
    try (LyingRegistry registry = withForeignTokens(true)) {
      RegistryAccess access = knowing(Map.of(registry.host(), new Credentials("user", "secret")));

      store(client(access), registry, "apps/orders").manifest("1");

      assertThat(registry.shown()).containsExactly("null", "null", "Bearer token-1");
    }
  }

  @Test
  void saysWhyATokenServerOfAnotherHostGotNoCredentials() {
    try (LyingRegistry registry = withForeignTokens(false)) {
      RegistryAccess access = knowing(Map.of(registry.host(), new Credentials("user", "secret")));

      assertThatThrownBy(() -> store(client(access), registry, "apps/orders").manifest("1"))
          .isInstanceOf(RefusedException.class)
          .hasMessage(foreignTokenServer(registry));
      assertThat(registry.shown()).containsOnly("null");
      assertThat(lookedUp).doesNotContain(registry.otherHost());
    }
  }

  private static String foreignTokenServer(LyingRegistry registry) {
    return "The registry '"
        + registry.host()
        + "' sends us to the token server '"
        + registry.otherHost()
        + "', which is not its own by name and did not let us in without credentials. Credentials"
        + " go to a registry's own token server only: where this one is right, name it in"
        + " <tokenServers> (-Dgolden.tokenServers="
        + registry.otherHost()
        + "); else have the registry name one on its own host, or over HTTPS in its own domain.";
  }

  @Test
  void showsCredentialsToATokenServerThatTheUserNamed() {
    for (boolean withPort : new boolean[] {true, false}) {
      try (LyingRegistry registry = withForeignTokens(false)) {
        RegistryAccess access =
            new AccessOfTests(knowing(Map.of(registry.host(), new Credentials("user", "secret"))))
                .withTokenServers(Set.of(withPort ? registry.otherHost() : "127.0.0.1"))
                .access();

        store(client(access), registry, "apps/orders").manifest("1");

        assertThat(registry.shown()).hasSize(3).element(1).isEqualTo(BASIC);
      }
    }
  }

  @Test
  void buysNoTokenForOneRegistryWithTheCredentialsOfAnother() {
    try (LyingRegistry registry = withForeignTokens(false)) {
      RegistryAccess access =
          knowing(Map.of(registry.otherHost(), new Credentials("user", "secret")));

      assertThatThrownBy(() -> store(client(access), registry, "apps/orders").manifest("1"))
          .isInstanceOf(RefusedException.class)
          .hasMessage(foreignTokenServer(registry));
      assertThat(registry.shown()).containsOnly("null");
      assertThat(lookedUp).isEmpty();
    }
  }

  @Test
  void knowsADomainsOwnTokenServerByItsName() {
    assertThat(sameSite("registry-1.docker.io", "auth.docker.io")).isTrue();
    assertThat(sameSite("registry.gitlab.com", "gitlab.com")).isTrue();
    assertThat(sameSite("registry.company.example", "login.company.example")).isTrue();
    assertThat(sameSite("registry.example", "registry.example")).isTrue();
    assertThat(sameSite("registry.company.example", "login.other.example")).isFalse();
    assertThat(sameSite("registry.example", "evil.example")).isFalse();
    assertThat(sameSite("registry", "evil")).isFalse();
    assertThat(sameSite("10.0.0.1", "10.0.0.2")).isFalse();
    assertThat(sameSite("1.0.0.1", "0.0.1")).isFalse();
    assertThat(sameSite("[::1]", "[::2]")).isFalse();
    assertThat(sameSite("registry.co.uk", "evil.co.uk")).isFalse();
    assertThat(sameSite("company.azurecr.io", "evil.azurecr.io")).isFalse();
    assertThat(sameSite("1.dkr.ecr.eu-west-1.amazonaws.com", "2.dkr.ecr.eu-west-1.amazonaws.com"))
        .isFalse();
    assertThat(sameSite("registry.company.co.uk", "login.company.co.uk")).isTrue();
  }

  private static boolean sameSite(String one, String other) {
    return Origin.of("https", one).sharesSiteWith(Origin.of("https", other));
  }

  @Test
  void saysThatCredentialsAreMissing() {
    try (LyingRegistry registry = withTokens(exchange -> answer(exchange, 401))) {
      RegistryStore store = store(client(knowing(Map.of())), registry, "apps/orders");

      assertThatThrownBy(() -> store.manifest("1"))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "The token server '"
                  + registry.host()
                  + "' of '"
                  + registry.host()
                  + "' asks for credentials to pull from 'apps/orders', and there are none in a"
                  + " drawer. Put them into a <server> with the id '"
                  + registry.host()
                  + "' in Maven's settings.xml, or run 'docker login "
                  + registry.host()
                  + "'.");
    }
  }

  @Test
  void saysThatCredentialsAreNotAccepted() {
    try (LyingRegistry registry = withTokens(exchange -> answer(exchange, 401))) {
      RegistryAccess access = knowing(Map.of(registry.host(), new Credentials("user", "secret")));

      assertThatThrownBy(
              () ->
                  store(client(access), registry, "apps/orders")
                      .put(IMAGE.layer(), Progress.SILENT))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "The token server '"
                  + registry.host()
                  + "' of '"
                  + registry.host()
                  + "' does not accept the credentials found for '"
                  + registry.host()
                  + "' in a drawer, to push to 'apps/orders'. Renew them: in the <server> with the"
                  + " id '"
                  + registry.host()
                  + "' in Maven's settings.xml, or with 'docker login "
                  + registry.host()
                  + "'.");
    }
  }

  @Test
  void saysThatAnAccountMayNot() {
    try (LyingRegistry registry = LyingRegistry.telling(exchange -> answer(exchange, 403))) {
      RegistryStore store = store(client(knowing(Map.of())), registry, "apps/orders");

      assertThatThrownBy(() -> store.put(IMAGE.manifest(), "1"))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "The registry '"
                  + registry.host()
                  + "' does not allow us to push to 'apps/orders'. Have the account of '"
                  + registry.host()
                  + "' given that right, or name another repository in <image> (-Dgolden.image)"
                  + " or 'to' of"
                  + " golden.yaml.");
      assertThat(lookedUp).isEmpty();
    }
  }

  @Test
  void refusesATokenThatIsNone() {
    for (String body :
        List.of("{}", "{\"token\":\"\"}", "{\"token\":\"a b\"}", "{\"token\":\"a\\r\\nX: y\"}")) {
      try (LyingRegistry registry =
          withTokens(exchange -> answer(exchange, 200, SmallImage.utf8(body)))) {
        assertThatThrownBy(
                () -> store(client(knowing(Map.of())), registry, "apps/orders").manifest("1"))
            .isInstanceOf(RefusedException.class)
            .hasMessage(
                "The token server of '"
                    + registry.host()
                    + "' answers without a token. Look at the registry's token configuration.");
      }
    }
  }

  @Test
  void readsNoTokenWithoutEnd() {
    try (LyingRegistry registry =
        withTokens(exchange -> answer(exchange, 200, new byte[1024 * 1024 + 1]))) {
      assertThatThrownBy(
              () -> store(client(knowing(Map.of())), registry, "apps/orders").manifest("1"))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "The token server '"
                  + registry.host()
                  + "' of '"
                  + registry.host()
                  + "' answers with more than 1048576 bytes. No honest manifest, token or error"
                  + " needs that; look at what answers there.");
    }
  }

  @Test
  void refusesARealmThatIsNoAddress() {
    for (String realm : List.of("http://[", "file:///etc/passwd", "not an address")) {
      try (LyingRegistry registry =
          LyingRegistry.telling(
              exchange ->
                  answer(exchange, 401, "WWW-Authenticate", "Bearer realm=\"" + realm + "\""))) {
        assertThatThrownBy(
                () -> store(client(knowing(Map.of())), registry, "apps/orders").manifest("1"))
            .isInstanceOf(RefusedException.class)
            .hasMessage(
                "The registry '%s' names a token server by an address that is none: '%s'. Look at"
                    + " the registry's token configuration.",
                registry.host(), realm);
      }
    }
  }

  private static final String JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJjaSJ9.c2lnbmVk";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          invalid bearer token JWT            | invalid bearer token ...
          bearer token: JWT                   | bearer token: ...
          Bearer JWT, or "JWT"                | Bearer ..., or "..."
          JWT                                 | ...
          Bearer authentication is required   | Bearer authentication is required
          the bearer of bad news              | the bearer of bad news
          """)
  void saysNoTokenThatARegistryRepeats(String said, String shown) {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              if (exchange.getRequestURI().getPath().equals("/token")) {
                answer(exchange, 200, SmallImage.utf8("{\"token\":\"" + JWT + "\"}"));
              } else if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                answer(exchange, 401, "WWW-Authenticate", "Bearer realm=\"/token\"");
              } else {
                answer(exchange, 400, error(said.replace("JWT", JWT)));
              }
            })) {
      saysOf(registry, shown);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Authorization: Basic dXNlcjpzZWNyZXQ=   | Authorization: Basic ...
          basic dXNlcjpzZWNyZXQ is no login       | basic ... is no login
          user:secret is no login                 | ... is no login
          user with secret                        | user with ...
          Basic authentication is required        | Basic authentication is required
          """)
  void saysNoLoginThatARegistryRepeats(String said, String shown) {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                answer(exchange, 401, "WWW-Authenticate", "Basic realm=\"x\"");
              } else {
                answer(exchange, 400, error(said));
              }
            })) {
      saysOf(registry, shown);
    }
  }

  @Test
  void saysNoIdentityTokenThatATokenServerRepeats() {
    try (LyingRegistry registry =
        withTokens(
            exchange ->
                answer(exchange, 418, error("neither 'refresh me' nor 'refresh+me' please us")))) {
      RegistryAccess access =
          knowing(Map.of(registry.host(), new Credentials("<token>", "refresh me")));

      assertThatThrownBy(() -> store(client(access), registry, "apps/orders").manifest("1"))
          .hasMessageContaining(
              "to our request for a token. It says: 'DENIED: neither '...' nor '...' please"
                  + " us'.");
    }
  }

  private void saysOf(LyingRegistry registry, String shown) {
    RegistryAccess access = knowing(Map.of(registry.host(), new Credentials("user", "secret")));

    assertThatThrownBy(() -> store(client(access), registry, "apps/orders").manifest("1"))
        .hasMessage(
            "The registry '"
                + registry.host()
                + "' answered 400 to our request for the manifest '1'. It says: 'DENIED: "
                + shown
                + "'. Where its words do not help, look at the registry's log for this request.");
  }

  private static byte[] error(String message) {
    return SmallImage.utf8(
        "{\"errors\":[{\"code\":\"DENIED\",\"message\":\""
            + message.replace("\"", "\\\"")
            + "\"}]}");
  }
}
