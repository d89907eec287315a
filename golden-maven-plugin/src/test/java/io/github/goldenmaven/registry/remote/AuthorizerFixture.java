package io.github.goldenmaven.registry.remote;

import static io.github.goldenmaven.registry.LyingRegistry.answer;

import com.sun.net.httpserver.HttpExchange;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.LyingRegistry;
import io.github.goldenmaven.registry.SmallImage;
import io.github.goldenmaven.registry.credentials.CredentialSource;
import io.github.goldenmaven.registry.credentials.Credentials;
import io.github.goldenmaven.registry.http.RegistryAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What the tests of this subject share. */
abstract class AuthorizerFixture {

  static final SmallImage IMAGE = SmallImage.named("golden");

  static final String BASIC = "Basic dXNlcjpzZWNyZXQ=";

  final FakeTime time = new FakeTime();

  final List<String> lookedUp = Collections.synchronizedList(new ArrayList<>());

  final AtomicInteger tokens = new AtomicInteger();

  final List<String> forms = Collections.synchronizedList(new ArrayList<>());

  /** Knows credentials of some hosts, and remembers whose were asked for. */
  RegistryAccess knowing(Map<String, Credentials> stored) {
    return AccessOfTests.anonymous()
        .withCredentials(
            new CredentialSource() {
              @Override
              public Optional<Credentials> find(String host) {
                lookedUp.add(host);
                return Optional.ofNullable(stored.get(host));
              }

              @Override
              public String description() {
                return "a drawer";
              }
            })
        .access();
  }

  /** Lets in who shows a token of its own, which it hands out at {@code /token}. */
  LyingRegistry withTokens(LyingRegistry.Lie tokenServer) {
    return LyingRegistry.telling(
        exchange -> {
          String shown = exchange.getRequestHeaders().getFirst("Authorization");
          if (exchange.getRequestURI().getPath().equals("/token")) {
            tokenServer.tell(exchange);
          } else if (shown == null || !shown.startsWith("Bearer token-")) {
            String host = exchange.getRequestHeaders().getFirst("Host");
            answer(
                exchange,
                401,
                "WWW-Authenticate",
                "Bearer realm=\"http://" + host + "/token\",service=\"golden registry\"");
          } else {
            serve(exchange);
          }
        });
  }

  static void serve(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "GET" ->
          answer(exchange, 200, IMAGE.manifest().bytes(), "Content-Type", MediaTypes.OCI_MANIFEST);
      case "POST" -> answer(exchange, 202, "Location", "/session");
      default -> answer(exchange, 201);
    }
  }

  void token(HttpExchange exchange) throws IOException {
    forms.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    answer(
        exchange,
        200,
        SmallImage.utf8(
            "{\"token\":\"token-" + tokens.incrementAndGet() + "\",\"expires_in\":300}"));
  }

  RegistryClient client(RegistryAccess access) {
    return AccessOfTests.client(access, time.waiting());
  }

  static RegistryStore store(RegistryClient client, LyingRegistry registry, String repository) {
    return client.store(RegistryStoreTest.reference(registry.host() + "/" + repository));
  }
}
