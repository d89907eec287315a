package io.github.goldenmaven.registry.remote;

import static io.github.goldenmaven.registry.LyingRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.Request;
import io.github.goldenmaven.registry.LyingRegistry;
import io.github.goldenmaven.registry.SmallImage;
import io.github.goldenmaven.registry.credentials.Credentials;
import io.github.goldenmaven.registry.http.Challenge;
import io.github.goldenmaven.registry.http.RegistryAccess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@NeedsPeer
class AuthorizerTest extends AuthorizerFixture {

  private static final String PULL = "&scope=repository%3Aapps%2Forders%3Apull";

  @Test
  void asksForOneTokenAndShowsItFromThenOn() {
    try (LyingRegistry registry = withTokens(this::token)) {
      RegistryClient client = client(knowing(Map.of()));

      store(client, registry, "apps/orders").manifest("1");
      store(client, registry, "apps/orders").manifest("2");

      assertThat(registry.asked())
          .containsExactly(
              "GET /v2/apps/orders/manifests/1",
              "GET /token?service=golden+registry" + PULL,
              "GET /v2/apps/orders/manifests/1",
              "GET /v2/apps/orders/manifests/2");
      assertThat(registry.shown())
          .containsExactly("null", "null", "Bearer token-1", "Bearer token-1");
    }
  }

  @Test
  void wastesNoSecond401ForAnotherScopeAndUsesAPushersTokenForPulling() {
    try (LyingRegistry registry = withTokens(this::token)) {
      RegistryClient client = client(knowing(Map.of()));
      RegistryStore store = store(client, registry, "apps/orders");

      store.manifest("1");
      store.put(IMAGE.layer(), Progress.SILENT);
      store.mount(IMAGE.layerDescriptor(), store(client, registry, "golden/java"));
      time.pass(Duration.ofSeconds(289));
      store(client, registry, "apps/new").put(IMAGE.layer(), Progress.SILENT);
      store(client, registry, "apps/new").manifest("1");

      assertThat(registry.asked().stream().filter(line -> line.contains("/token")))
          .containsExactly(
              "GET /token?service=golden+registry" + PULL,
              "GET /token?service=golden+registry" + PULL + "%2Cpush",
              "GET /token?service=golden+registry"
                  + PULL
                  + "%2Cpush&scope=repository%3Agolden%2Fjava%3Apull",
              "GET /token?service=golden+registry&scope=repository%3Aapps%2Fnew%3Apull%2Cpush");
      assertThat(registry.shown().subList(1, registry.shown().size() - 1))
          .filteredOn("null"::equals)
          .as("only token requests are anonymous after the first answer")
          .hasSize(4);
    }
  }

  @Test
  void renewsATokenBeforeItEnds() {
    try (LyingRegistry registry = withTokens(this::token)) {
      RegistryStore store = store(client(knowing(Map.of())), registry, "apps/orders");

      store.manifest("1");
      time.pass(Duration.ofSeconds(289));
      store.manifest("1");
      time.pass(Duration.ofSeconds(1));
      store.manifest("1");

      assertThat(registry.shown())
          .containsExactly(
              "null", "null", "Bearer token-1", "Bearer token-1", "null", "Bearer token-2");
    }
  }

  @Test
  void renewsATokenThatIsNoLongerAccepted() {
    AtomicInteger accepted = new AtomicInteger(1);
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              if (exchange.getRequestURI().getPath().equals("/token")) {
                token(exchange);
              } else if (("Bearer token-" + accepted.get())
                  .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                serve(exchange);
              } else {
                answer(exchange, 401, "WWW-Authenticate", "Bearer realm=\"/token\"");
              }
            })) {
      RegistryStore store = store(client(knowing(Map.of())), registry, "apps/orders");
      store.manifest("1");
      accepted.incrementAndGet();
      assertThat(store.manifest("1")).isPresent();
    }
  }

  @Test
  void showsCredentialsToTheTokenServerAndNeverToTheRegistry() {
    try (LyingRegistry registry = withTokens(this::token)) {
      RegistryAccess access = knowing(Map.of(registry.host(), new Credentials("user", "secret")));

      store(client(access), registry, "apps/orders").manifest("1");

      assertThat(registry.shown()).containsExactly("null", BASIC, "Bearer token-1");
      assertThat(lookedUp).containsExactly(registry.host());
    }
  }

  @Test
  void tradesAnIdentityTokenInTheFormOfOAuth() {
    try (LyingRegistry registry = withTokens(this::token)) {
      RegistryAccess access =
          knowing(Map.of(registry.host(), new Credentials("<token>", "refresh me")));

      store(client(access), registry, "apps/orders").manifest("1");

      assertThat(registry.asked().get(1)).isEqualTo("POST /token");
      assertThat(forms)
          .containsExactly(
              "service=golden+registry&grant_type=refresh_token&client_id=golden-maven"
                  + PULL
                  + "&refresh_token=refresh+me");
      assertThat(registry.shown()).containsExactly("null", "null", "Bearer token-1");
    }
  }

  @Test
  void letsAMountFailThatMayNotReadTheOtherRepository() {
    try (LyingRegistry registry = LyingRegistry.telling(exchange -> answer(exchange, 403))) {
      RegistryClient client = client(knowing(Map.of()));

      assertThat(
              store(client, registry, "apps/orders")
                  .mount(IMAGE.layerDescriptor(), store(client, registry, "golden/secret")))
          .isFalse();
    }
  }

  @Test
  void readsEveryFormOfAChallenge() {
    assertThat(Challenge.parse("Bearer realm=\"https://a/?x=\\\"1\\\"\", Service=b ,scope=\"c,d\""))
        .containsExactly(
            new Challenge(
                "bearer", Map.of("realm", "https://a/?x=\"1\"", "service", "b", "scope", "c,d")));
    assertThat(Challenge.parse("Negotiate, Basic realm=\"x\""))
        .extracting(Challenge::scheme)
        .containsExactly("negotiate", "basic");
    assertThat(Challenge.strongest(List.of("Basic realm=\"x\"", "Bearer realm=\"https://a\"")))
        .map(Challenge::scheme)
        .contains("bearer");
    assertThat(Challenge.strongest(List.of("Bearer service=x"))).isEmpty();
    assertThat(Challenge.strongest(List.of("\"\"\"", "", "Digest x=1"))).isEmpty();
  }

  @Test
  @NeedsPeer("docker-registry")
  void spendsOne401OnARegistryWithPasswords() {
    try (DockerRegistry registry = DockerRegistry.options().withCredentials().start()) {
      RegistryAccess access =
          knowing(
              Map.of(
                  registry.host(), new Credentials(DockerRegistry.USER, DockerRegistry.PASSWORD)));
      RegistryClient client = client(access);

      IntStream.range(0, 8)
          .parallel()
          .forEach(
              number ->
                  client
                      .store(RegistryStoreTest.reference(registry.host() + "/apps/n" + number))
                      .manifest("1"));
      SmallImage.named("let in")
          .put(client.store(RegistryStoreTest.reference(registry.host() + "/apps/in")), "1");

      assertThat(registry.requests()).extracting(Request::status).containsOnlyOnce(401);
      assertThat(registry.requests()).hasSize(9 + 5);
      assertThat(lookedUp).containsExactly(registry.host());
    }
  }

  @Test
  @NeedsPeer("docker-registry")
  void isRefusedByARegistryWithOtherPasswords() {
    try (DockerRegistry registry = DockerRegistry.options().withCredentials().start()) {
      RegistryAccess access = knowing(Map.of(registry.host(), new Credentials("builder", "wrong")));

      assertThatThrownBy(
              () ->
                  client(access)
                      .store(RegistryStoreTest.reference(registry.host() + "/apps/orders"))
                      .manifest("1"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("does not accept the credentials found for it in a drawer");
      assertThat(registry.requests()).extracting(Request::status).containsExactly(401, 401);
    }
  }
}
