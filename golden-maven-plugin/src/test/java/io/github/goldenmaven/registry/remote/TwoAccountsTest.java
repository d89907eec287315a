package io.github.goldenmaven.registry.remote;

import static io.github.goldenmaven.registry.LyingRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.LyingRegistry;
import io.github.goldenmaven.registry.SmallImage;
import io.github.goldenmaven.registry.credentials.CredentialSource;
import io.github.goldenmaven.registry.credentials.Credentials;
import io.github.goldenmaven.registry.http.RegistryAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One push, one host, an account for the base and another for the image. */
@NeedsPeer
class TwoAccountsTest {

  private static final SmallImage IMAGE = SmallImage.named("golden");

  /** The account of a repository is its first name. */
  private static final RegistryAccess ACCESS =
      AccessOfTests.anonymous()
          .withCredentials(
              new CredentialSource() {
                @Override
                public String account(String host, String repository) {
                  return host + "/" + repository.split("/", 2)[0];
                }

                @Override
                public Optional<Credentials> find(String account) {
                  return Optional.of(
                      new Credentials(account.substring(account.indexOf('/') + 1), "pw"));
                }
              })
          .access();

  private static String user(String header) {
    String login = header.substring("Basic ".length());
    return new String(Base64.getDecoder().decode(login), StandardCharsets.UTF_8).split(":", 2)[0];
  }

  private static void push(LyingRegistry registry) {
    RegistryClient client = AccessOfTests.client(ACCESS, new FakeTime().waiting());
    RegistryStore base =
        client.store(RegistryStoreTest.reference(registry.host() + "/golden/java"));
    RegistryStore apps =
        client.store(RegistryStoreTest.reference(registry.host() + "/apps/orders"));
    base.manifest("1");
    if (!apps.mount(IMAGE.layerDescriptor(), base)) {
      apps.put(IMAGE.layer(), Progress.SILENT);
    }
    apps.put(IMAGE.manifest(), "1");
    assertThat(base.blob(IMAGE.configDescriptor())).isNotEmpty();
  }

  @Test
  void eachRepositoryIsShownItsOwnPassword() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              String shown = exchange.getRequestHeaders().getFirst("Authorization");
              String path = exchange.getRequestURI().getPath();
              String owner = path.startsWith("/v2/golden") ? "golden" : "apps";
              if (shown == null || !user(shown).equals(owner)) {
                answer(exchange, 401, "WWW-Authenticate", "Basic realm=\"x\"");
              } else if (path.contains("/blobs/sha256")) {
                answer(exchange, 200, IMAGE.config().open().readAllBytes());
              } else {
                serve(exchange);
              }
            })) {
      push(registry);
      assertThat(registry.asked()).contains("PUT /v2/apps/orders/manifests/1");
    }
  }

  private static void serve(HttpExchange exchange) throws IOException {
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    switch (exchange.getRequestMethod()) {
      case "GET" ->
          answer(exchange, 200, IMAGE.manifest().bytes(), "Content-Type", MediaTypes.OCI_MANIFEST);
      case "POST" -> {
        if (query.startsWith("mount=")) {
          answer(exchange, 403);
        } else {
          answer(exchange, 202, "Location", "/v2/apps/orders/blobs/uploads/1");
        }
      }
      default -> answer(exchange, 201);
    }
  }

  /** A token names the account that bought it, and is good for that account's repositories. */
  @Test
  void eachRepositoryIsReadWithATokenOfItsOwnAccount() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              String shown = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
              String path = exchange.getRequestURI().getPath();
              String owner = path.startsWith("/v2/golden") ? "golden" : "apps";
              if (path.equals("/token")) {
                answer(
                    exchange,
                    200,
                    SmallImage.utf8("{\"token\":\"" + user(shown) + "\",\"expires_in\":300}"));
              } else if (!shown.equals("Bearer " + owner)) {
                answer(exchange, 401, "WWW-Authenticate", "Bearer realm=\"/token\"");
              } else if (path.contains("/blobs/sha256")) {
                answer(exchange, 200, IMAGE.config().open().readAllBytes());
              } else {
                serve(exchange);
              }
            })) {
      push(registry);
    }
  }
}
