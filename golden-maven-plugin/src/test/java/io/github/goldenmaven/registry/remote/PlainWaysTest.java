package io.github.goldenmaven.registry.remote;

import static io.github.goldenmaven.registry.LyingRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.registry.LyingRegistry;
import io.github.goldenmaven.registry.SmallImage;
import io.github.goldenmaven.registry.errors.Retries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A step that a registry may leave out, and fails, has a plain way beside it. */
@NeedsPeer
class PlainWaysTest extends PlainWaysFixture {

  private static final String UPLOADS = "POST /v2/apps/orders/blobs/uploads/";

  private static final String MOUNT =
      UPLOADS + "?mount=" + IMAGE.layer().digest() + "&from=golden/java";

  private static boolean isMount(HttpExchange exchange) {
    return String.valueOf(exchange.getRequestURI().getQuery()).startsWith("mount=");
  }

  /** Takes uploads, and mounts as it is told. */
  private static LyingRegistry mounting(int status, String... headers) {
    return LyingRegistry.telling(
        exchange -> {
          if (isMount(exchange)) {
            answer(exchange, status, headers);
          } else if (exchange.getRequestMethod().equals("POST")) {
            answer(exchange, 202, "Location", "/session");
          } else {
            answer(exchange, 201);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 204, 302, 307, 400, 401, 403, 404, 405, 415, 500, 501, 503})
  void uploadsWhatIsNotMounted(int status) {
    try (LyingRegistry registry = mounting(status)) {
      RegistryStore[] stores = pair(registry);

      assertThat(stores[0].mount(IMAGE.layerDescriptor(), stores[1])).isFalse();
      stores[0].put(IMAGE.layer(), Progress.SILENT);

      assertThat(registry.asked())
          .startsWith(MOUNT)
          .endsWith(UPLOADS, "PUT /session?digest=" + IMAGE.layer().digest());
    }
  }

  @Test
  void opensASessionOfItsOwnWhereAMountsLeadsNowhere() {
    try (LyingRegistry registry = mounting(202, "Location", "ftp://x/")) {
      RegistryStore[] stores = pair(registry);

      assertThat(stores[0].mount(IMAGE.layerDescriptor(), stores[1])).isFalse();
      stores[0].put(IMAGE.layer(), Progress.SILENT);

      assertThat(registry.asked()).hasSize(3);
    }
  }

  @Test
  void stumblesOverOneMountOnly() {
    try (LyingRegistry registry = mounting(500)) {
      RegistryStore[] stores = pair(registry);
      stores[0].mount(IMAGE.layerDescriptor(), stores[1]);

      assertThat(stores[0].mount(IMAGE.configDescriptor(), stores[1])).isFalse();

      assertThat(registry.asked()).hasSize(Retries.ATTEMPTS).allMatch(MOUNT::equals);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 500})
  void uploadsWithATokenOfItsOwnWhereNoneIsGivenForTwoRepositories(int status) {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              String query = String.valueOf(exchange.getRequestURI().getRawQuery());
              if (exchange.getRequestURI().getPath().equals("/token")) {
                boolean two = query.indexOf("scope=") != query.lastIndexOf("scope=");
                answer(exchange, two ? status : 200, SmallImage.utf8("{\"token\":\"t\"}"));
              } else if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                answer(exchange, 401, "WWW-Authenticate", "Bearer realm=\"/token\"");
              } else if (exchange.getRequestMethod().equals("POST")) {
                answer(exchange, 202, "Location", "/session");
              } else {
                answer(exchange, 201);
              }
            })) {
      RegistryStore[] stores = pair(registry);

      assertThat(stores[0].mount(IMAGE.layerDescriptor(), stores[1])).isFalse();
      stores[0].put(IMAGE.layer(), Progress.SILENT);

      assertThat(registry.asked()).endsWith("PUT /session?digest=" + IMAGE.layer().digest());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 405, 500, 501})
  void sendsABlobThatCannotBeAskedFor(int status) {
    try (LyingRegistry registry = LyingRegistry.telling(exchange -> answer(exchange, status))) {
      assertThat(pair(registry)[0].has(IMAGE.layerDescriptor())).isFalse();
    }
  }

  @Test
  void believesABlobToBeThereOfWhichNoSizeIsStated() {
    try (LyingRegistry registry = LyingRegistry.telling(exchange -> answer(exchange, 200))) {
      assertThat(pair(registry)[0].has(IMAGE.layerDescriptor())).isTrue();
    }
  }

  /** Takes bytes with PATCH alone. */
  private static LyingRegistry patching(int status, String body) {
    return LyingRegistry.telling(
        exchange -> {
          byte[] sent = exchange.getRequestBody().readAllBytes();
          switch (exchange.getRequestMethod()) {
            case "POST" -> answer(exchange, 202, "Location", "/session?a=1");
            case "PATCH" -> answer(exchange, 202, "Location", "/session?a=2");
            case "PUT" -> {
              if (sent.length > 0) {
                answer(exchange, status, SmallImage.utf8(body));
              } else {
                answer(exchange, 201);
              }
            }
            default -> answer(exchange, 404);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 405, 411, 415, 416, 500, 501})
  void sendsByPatchWhereAPutTakesNoBytes(int status) {
    List<Long> progress = new ArrayList<>();
    try (LyingRegistry registry = patching(status, "")) {
      RegistryStore store = pair(registry)[0];
      store.put(IMAGE.layer(), progress::add);

      assertThat(registry.asked())
          .endsWith(
              UPLOADS, "PATCH /session?a=1", "PUT /session?a=2&digest=" + IMAGE.layer().digest());
      assertThat(progress.stream().mapToLong(Long::longValue).sum())
          .isEqualTo(IMAGE.layer().size());

      int before = registry.asked().size();
      store.put(IMAGE.config(), Progress.SILENT);
      assertThat(registry.asked().subList(before, before + 3))
          .as("what was learnt is kept")
          .containsExactly(
              UPLOADS, "PATCH /session?a=1", "PUT /session?a=2&digest=" + IMAGE.config().digest());
    }
  }

  @Test
  void sendsNothingTwiceThatIsRefusedForWhatItIs() {
    String body = "{\"errors\":[{\"code\":\"DIGEST_INVALID\",\"message\":\"no\"}]}";
    try (LyingRegistry registry = patching(400, body)) {
      assertThatThrownBy(() -> pair(registry)[0].put(IMAGE.layer(), Progress.SILENT))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("It says: 'DIGEST_INVALID: no'.");
      assertThat(registry.asked()).hasSize(2);
    }
  }

  @Test
  void tellsTheFirstRefusalWherePatchDoesNotHelp() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              switch (exchange.getRequestMethod()) {
                case "POST" -> answer(exchange, 202, "Location", "/session");
                case "PATCH" -> answer(exchange, 409);
                default ->
                    answer(
                        exchange,
                        422,
                        SmallImage.utf8("{\"errors\":[{\"code\":\"Q\",\"message\":\"no room\"}]}"));
              }
            })) {
      assertThatThrownBy(() -> pair(registry)[0].put(IMAGE.layer(), Progress.SILENT))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("answered 422 to the upload of the blob")
          .hasMessageContaining("It says: 'Q: no room'.");
    }
  }

  /** Tells of the tag when it was asked so often. */
  private static LyingRegistry late(int looks) {
    AtomicInteger asked = new AtomicInteger();
    return LyingRegistry.telling(
        exchange -> {
          if (asked.incrementAndGet() <= looks) {
            answer(exchange, 404);
          } else {
            RawManifest manifest = IMAGE.manifest();
            answer(exchange, 200, manifest.bytes(), "Content-Type", manifest.mediaType());
          }
        });
  }

  @Test
  void looksAgainAtATagThatIsNotReadableYet() {
    try (LyingRegistry registry = late(2)) {
      assertThat(pair(registry)[0].manifestAfterPut("1", SUBJECT)).contains(IMAGE.manifest());
      assertThat(time.sleeps()).containsExactly(Duration.ofMillis(800), Duration.ofMillis(1600));
    }
  }

  @Test
  void looksAgainAtATagThatStillPointsToTheImageBefore() {
    SmallImage before = SmallImage.named("before");
    AtomicInteger asked = new AtomicInteger();
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              RawManifest now = (asked.incrementAndGet() < 3 ? before : IMAGE).manifest();
              answer(exchange, 200, now.bytes(), "Content-Type", now.mediaType());
            })) {
      assertThat(pair(registry)[0].manifestAfterPut("1", SUBJECT)).contains(IMAGE.manifest());
    }
  }

  @Test
  void looksFourTimesAndNoFifth() {
    try (LyingRegistry registry = late(99)) {
      assertThat(pair(registry)[0].manifestAfterPut("1", SUBJECT)).isEmpty();
      assertThat(registry.asked()).hasSize(4);
    }
  }

  @Test
  void looksOnceWhereTheTagIsThere() {
    try (LyingRegistry registry = late(0)) {
      assertThat(pair(registry)[0].manifestAfterPut("1", SUBJECT)).isPresent();
      assertThat(registry.asked()).hasSize(1);
      assertThat(time.sleeps()).isEmpty();
    }
  }
}
