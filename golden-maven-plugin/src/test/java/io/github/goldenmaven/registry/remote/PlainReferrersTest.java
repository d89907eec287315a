package io.github.goldenmaven.registry.remote;

import static io.github.goldenmaven.registry.LyingRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.github.goldenmaven.DeniedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.registry.LyingRegistry;
import io.github.goldenmaven.registry.SmallImage;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsPeer
class PlainReferrersTest extends PlainWaysFixture {

  private static final SmallImage SBOM = SmallImage.statement("sbom", IMAGE.manifest());

  private static final String REFERRERS = "/v2/apps/orders/referrers/" + SUBJECT;

  private static void fallback(HttpExchange exchange) throws IOException {
    answer(exchange, 200, SmallImage.index(SBOM).bytes(), "Content-Type", MediaTypes.OCI_INDEX);
  }

  private static LyingRegistry withoutApi(LyingRegistry.Lie api) {
    return LyingRegistry.telling(
        exchange -> {
          if (exchange.getRequestURI().getPath().equals(REFERRERS)) {
            api.tell(exchange);
          } else {
            fallback(exchange);
          }
        });
  }

  private void assertFallback(LyingRegistry registry) {
    RegistryStore store = pair(registry)[0];
    assertThat(store.referrers(SUBJECT))
        .extracting(Descriptor::digest)
        .containsExactly(SBOM.manifest().digest());
    int asked = registry.asked().size();
    store.referrers(SUBJECT);
    assertThat(registry.asked()).as("the API is asked once").hasSize(asked + 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 405, 406, 410, 501, 303})
  void readsTheFallbackTagWhereTheQuestionIsNotUnderstood(int status) {
    try (LyingRegistry registry = withoutApi(exchange -> answer(exchange, status))) {
      assertFallback(registry);
    }
  }

  @ParameterizedTest
  @CsvSource({"200", "401", "403", "404"})
  void readsTheFallbackTagWhereTheApiLeadsToAWebPage(int status) {
    byte[] page = SmallImage.utf8("<html><title>Sign in</title></html>");
    try (LyingRegistry web =
            LyingRegistry.telling(
                exchange -> answer(exchange, status, page, "Content-Type", "text/html"));
        LyingRegistry registry =
            withoutApi(
                exchange ->
                    answer(exchange, 303, "Location", "http://" + web.otherHost() + "/-/v2"))) {
      assertFallback(registry);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://web.example/packages", "ftp://x/", "/again"})
  void readsTheFallbackTagWhereTheApiLeadsToWhereWeDoNotGo(String location) {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              String path = exchange.getRequestURI().getPath();
              if (path.equals(REFERRERS) || path.equals("/again")) {
                answer(exchange, 303, "Location", location);
              } else {
                fallback(exchange);
              }
            })) {
      assertFallback(registry);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text/html        | <html>an application of one page</html>
          text/plain       | ok
          application/json | {}
          application/json | {"packages":[]}
          """)
  void readsTheFallbackTagWhereTheApiAnswersWithNoList(String type, String body) {
    try (LyingRegistry registry =
        withoutApi(
            exchange -> answer(exchange, 200, SmallImage.utf8(body), "Content-Type", type))) {
      assertFallback(registry);
    }
  }

  @Test
  void readsAListOfAnyType() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              if (exchange.getRequestURI().getPath().equals(REFERRERS)) {
                answer(
                    exchange,
                    200,
                    SmallImage.index(SBOM).bytes(),
                    "Content-Type",
                    "application/json");
              } else {
                answer(exchange, 404);
              }
            })) {
      assertThat(pair(registry)[0].referrers(SUBJECT)).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504, 418, 409})
  void couldNotTellWhereTheListIsKeptBack(int status) {
    try (LyingRegistry registry = withoutApi(exchange -> answer(exchange, status))) {
      assertThatThrownBy(() -> pair(registry)[0].referrers(SUBJECT))
          .isInstanceOf(UnavailableException.class);
    }
  }

  @Test
  void couldNotTellWhereTheListIsForOthers() {
    try (LyingRegistry registry = withoutApi(exchange -> answer(exchange, 403))) {
      assertThatThrownBy(() -> pair(registry)[0].referrers(SUBJECT))
          .isInstanceOf(DeniedException.class);
    }
    byte[] errors = SmallImage.utf8("{\"errors\":[{\"code\":\"UNKNOWN\"}]}");
    try (LyingRegistry registry = withoutApi(exchange -> answer(exchange, 200, errors))) {
      assertThatThrownBy(() -> pair(registry)[0].referrers(SUBJECT))
          .hasMessageContaining("is of the type ''");
    }
  }

  @Test
  void couldNotTellWhereTheFallbackTagIsAPageToo() {
    byte[] page = SmallImage.utf8("<html><title>Sign in</title></html>");
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> answer(exchange, 200, page, "Content-Type", "text/html"))) {
      assertThatThrownBy(() -> pair(registry)[0].referrers(SUBJECT))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("this is no registry's answer: 'Sign in'");
    }
  }
}
