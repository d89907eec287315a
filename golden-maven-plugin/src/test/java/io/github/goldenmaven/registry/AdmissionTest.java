package io.github.goldenmaven.registry;

import static io.github.goldenmaven.registry.LyingRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.github.goldenmaven.DeniedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.registry.credentials.Credentials;
import io.github.goldenmaven.registry.http.RegistryAccess;
import io.github.goldenmaven.registry.remote.FakeTime;
import io.github.goldenmaven.registry.remote.RegistryClient;
import io.github.goldenmaven.registry.remote.RegistryStore;
import io.github.goldenmaven.registry.remote.RegistryStoreTest;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry is asked whether it lets us push before there is anything to push. */
@NeedsPeer
class AdmissionTest {

  private static final SmallImage IMAGE = SmallImage.named("golden");
  private static final String TOKEN = "GET /token?scope=repository%3Aapps%2Forders%3Apull%2Cpush";

  private final Admissions admissions = new Admissions();

  private RegistryClient client(String password) {
    RegistryAccess access =
        AccessOfTests.anonymous()
            .withCredentials(
                account ->
                    Optional.of(
                        new Credentials(account.contains("/") ? "orders" : "user", password)))
            .access();
    return new RegistryClient(access, new FakeTime().waiting(), admissions);
  }

  private RegistryStore golden(LyingRegistry registry, RegistryClient client) {
    return client.store(RegistryStoreTest.reference(registry.host() + "/golden/java"));
  }

  private RegistryStore orders(LyingRegistry registry, RegistryClient client) {
    return client.store(RegistryStoreTest.reference(registry.host() + "/apps/orders"));
  }

  /** Anybody reads golden images with a token; a token to push needs the right password. */
  private static LyingRegistry withTokens() {
    return LyingRegistry.telling(
        exchange -> {
          String shown = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
          if (exchange.getRequestURI().getPath().equals("/token")) {
            boolean pushes = exchange.getRequestURI().getQuery().contains("push");
            if (pushes && !shown.equals(basic("user:secret"))) {
              answer(exchange, 401, SmallImage.utf8("{\"details\":\"incorrect password\"}"));
            } else {
              answer(exchange, 200, SmallImage.utf8("{\"token\":\"ticket\",\"expires_in\":300}"));
            }
          } else if (!shown.equals("Bearer ticket")) {
            answer(exchange, 401, "WWW-Authenticate", "Bearer realm=\"/token\"");
          } else {
            serve(exchange);
          }
        });
  }

  private static LyingRegistry withPasswords(String... accepted) {
    return LyingRegistry.telling(
        exchange -> {
          String shown = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
          boolean known = false;
          for (String login : accepted) {
            known |= shown.equals(basic(login));
          }
          if (known) {
            serve(exchange);
          } else {
            answer(exchange, 401, "WWW-Authenticate", "Basic realm=\"x\"");
          }
        });
  }

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(SmallImage.utf8(login));
  }

  private static void serve(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "GET" ->
          answer(exchange, 200, IMAGE.manifest().bytes(), "Content-Type", MediaTypes.OCI_MANIFEST);
      case "POST" -> answer(exchange, 202, "Location", "/v2/apps/orders/blobs/uploads/1");
      default -> answer(exchange, 201);
    }
  }

  @Test
  void aPasswordThatTheGoldenImageDidNotNeedIsRefusedBeforeThePush() {
    try (LyingRegistry registry = withTokens()) {
      RegistryClient client = client("wrong");
      golden(registry, client).manifest("21");

      assertThatThrownBy(() -> orders(registry, client).requireAdmission())
          .isInstanceOf(DeniedException.class)
          .hasMessage(
              "The token server '"
                  + registry.host()
                  + "' of '"
                  + registry.host()
                  + "' does not accept the credentials found for '"
                  + registry.host()
                  + "' in the given credentials, to push to 'apps/orders'. It says:"
                  + " 'incorrect password'. Renew them: in the <server> with the id '"
                  + registry.host()
                  + "' in Maven's settings.xml, or with 'docker login "
                  + registry.host()
                  + "'.");
    }
  }

  /** Five minutes of tests lie between the two: no connection is kept for so long. */
  @Test
  void theTokenIsTheOneThatThePushNeedsAndNoRequestIsAdded() {
    try (LyingRegistry registry = withTokens()) {
      RegistryClient before = client("secret");
      golden(registry, before).manifest("21");
      orders(registry, before).requireAdmission();

      RegistryStore target = orders(registry, client("secret"));
      target.manifest("1");
      target.put(IMAGE.layer(), Progress.SILENT);
      target.put(IMAGE.manifest(), "1");

      assertThat(registry.asked())
          .filteredOn(line -> !line.contains("/blobs/"))
          .containsExactly(
              "GET /v2/golden/java/manifests/21",
              "GET /token?scope=repository%3Agolden%2Fjava%3Apull",
              "GET /v2/golden/java/manifests/21",
              TOKEN,
              "GET /v2/apps/orders/manifests/1",
              "PUT /v2/apps/orders/manifests/1");
    }
  }

  @Test
  void aPasswordThatTheGoldenImageWasReadWithIsNotTriedAgain() {
    try (LyingRegistry registry = withPasswords("user:secret")) {
      RegistryClient client = client("secret");
      golden(registry, client).manifest("21");

      orders(registry, client).requireAdmission();

      assertThat(registry.asked())
          .containsExactly("GET /v2/golden/java/manifests/21", "GET /v2/golden/java/manifests/21");
    }
  }

  @Test
  void anotherRegistryIsAskedOnceAndRefusesAWrongPassword() {
    try (LyingRegistry registry = withPasswords("user:secret")) {
      assertThatThrownBy(() -> orders(registry, client("wrong")).requireAdmission())
          .isInstanceOf(DeniedException.class)
          .hasMessageStartingWith(
              "The registry '"
                  + registry.host()
                  + "' does not accept the credentials found for it in the given credentials, to"
                  + " push to 'apps/orders'.");
      assertThat(registry.asked()).containsExactly("GET /v2/", "GET /v2/");
    }
  }

  @Test
  void aRegistryThatAsksForNothingWasLookedAtWithTheGoldenImage() {
    try (LyingRegistry registry = LyingRegistry.telling(AdmissionTest::serve)) {
      RegistryClient client = client("wrong");
      golden(registry, client).manifest("21");

      orders(registry, client).requireAdmission();

      assertThat(registry.asked()).containsExactly("GET /v2/golden/java/manifests/21");
    }
  }

  /** Whether it can be pushed to, the push tells: this is only a look ahead. */
  @ParameterizedTest
  @ValueSource(ints = {200, 301, 403, 404, 405, 429, 500, 503})
  void anAnswerThatIsNoRefusalOfALoginFailsNothing(int status) {
    try (LyingRegistry registry = LyingRegistry.telling(exchange -> answer(exchange, status))) {
      orders(registry, client("secret")).requireAdmission();

      assertThat(registry.asked()).containsExactly("GET /v2/");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 500})
  void aTokenThatIsNotGivenForAnotherReasonFailsNothingYet(int status) {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              if (exchange.getRequestURI().getPath().equals("/token")) {
                answer(exchange, status);
              } else {
                answer(exchange, 401, "WWW-Authenticate", "Bearer realm=\"/token\"");
              }
            })) {
      orders(registry, client("secret")).requireAdmission();

      assertThat(registry.asked()).containsOnlyOnce("GET /v2/");
    }
  }

  @Test
  void aRegistryThatIsNotThereIsTold() {
    LyingRegistry registry = LyingRegistry.telling(AdmissionTest::serve);
    registry.close();

    assertThatThrownBy(() -> orders(registry, client("secret")).requireAdmission())
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith("The registry '" + registry.host() + "' refuses connections.");
  }
}
