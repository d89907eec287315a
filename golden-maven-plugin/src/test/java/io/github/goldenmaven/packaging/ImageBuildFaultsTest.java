package io.github.goldenmaven.packaging;

import static io.github.goldenmaven.registry.LyingRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.packaging.BuildResult.Outcome;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.registry.LyingRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A registry at fault, as the user of a whole build sees it. */
@NeedsPeer
@SuppressWarnings("NullAway.Init")
class ImageBuildFaultsTest {

  private static final String YEAR = "31536000";
  private static final String GOLDEN = "/v2/golden/java/manifests/";
  private static final String UPLOADS = "/v2/apps/orders/blobs/uploads/";

  @TempDir static Path shared;
  @TempDir Path folder;
  private static LayoutFolder golden;

  private final Map<String, ByteArrayOutputStream> sessions = new ConcurrentHashMap<>();
  private final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
  private final AtomicInteger opened = new AtomicInteger();

  /** Answers instead of the honest registry; false where it has nothing against the request. */
  private interface Fault {
    boolean tells(HttpExchange exchange) throws IOException;
  }

  @BeforeAll
  static void bake() {
    golden =
        GoldenFixture.of(TinyBase.writeTo(shared.resolve("tiny")))
            .writeTo(shared.resolve("golden"));
  }

  @Test
  void anHonestRegistryGetsTheImage() {
    try (LyingRegistry registry = registry(exchange -> false)) {
      assertThat(build(registry, ":21").outcome()).isEqualTo(Outcome.PUSHED);
      assertThat(registry.asked()).contains("PUT /v2/apps/orders/manifests/1.4.2");
    }
  }

  @Test
  void aPinnedBaseAnsweredWithAnotherManifestIsNotBelieved() {
    RawManifest top = golden.manifest("21");
    Digest pinned = Digest.of(new byte[] {1});
    try (LyingRegistry registry =
        registry(
            exchange -> {
              boolean asked = exchange.getRequestURI().getPath().equals(GOLDEN + pinned);
              if (asked) {
                answer(exchange, 200, top.bytes(), "Content-Type", top.mediaType());
              }
              return asked;
            })) {
      assertThat(refusal(registry, "@" + pinned))
          .isEqualTo(
              "'"
                  + registry.host()
                  + "/golden/java' answers with the manifest '"
                  + top.digest()
                  + "' where '"
                  + pinned
                  + "' is asked for. Do not use this registry: it, or something between it and"
                  + " us, hands out other images than are pinned.");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          401 | The registry 'HOST' asks for credentials to pull from 'golden/java' and does not \
          say how (no WWW-Authenticate that can be read). Have it, or what stands in front of it, \
          ask for a password (Basic) or a token (Bearer with a realm).
          403 | The registry 'HOST' does not allow us to pull from 'golden/java'. Have the \
          account of 'HOST' given that right, or name another repository in <base> \
          (-Dgolden.base), <image> (-Dgolden.image), or 'from' or 'to' of golden.yaml.
          404 | The base 'HOST/golden/java:21' does not exist. Name a golden image that was \
          pushed, in <base> or with -Dgolden.base. The repository has no tags or does not exist.
          429 | The registry 'HOST' answers 429 and asks to wait 365 days. Its limit is \
          reached: run the build later, or log in where that raises the limit.
          500 | The registry 'HOST' answered 500 4 times. Run the build again when it is well; \
          its log says what is wrong.
          """)
  void aBaseThatIsNotGivenStopsTheBuild(int status, String message) {
    try (LyingRegistry registry = registry(answering(status, GOLDEN))) {
      assertThat(refusal(registry, ":21")).isEqualTo(told(message, registry));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          401 | The registry 'HOST' asks for credentials to push to 'apps/orders' and does not \
          say how (no WWW-Authenticate that can be read). Have it, or what stands in front of it, \
          ask for a password (Basic) or a token (Bearer with a realm).
          403 | The registry 'HOST' does not allow us to push to 'apps/orders'. Have the \
          account of 'HOST' given that right, or name another repository in <image> \
          (-Dgolden.image) or 'to' of golden.yaml.
          404 | The registry 'HOST' has no repository 'apps/orders'. Create it there first, or \
          name another in <image> (-Dgolden.image) or 'to' of golden.yaml.
          429 | The registry 'HOST' answers 429 and asks to wait 365 days. Its limit is \
          reached: run the build later, or log in where that raises the limit.
          500 | The registry 'HOST' answered 500 4 times. Run the build again when it is well; \
          its log says what is wrong.
          """)
  void aLayerThatIsNotTakenStopsTheBuild(int status, String message) {
    try (LyingRegistry registry = registry(answering(status, UPLOADS))) {
      assertThat(refusal(registry, ":21")).isEqualTo(told(message, registry));
    }
  }

  @Test
  void aConnectionThatBreaksOnceInAnUploadIsResumed() {
    AtomicInteger breaks = new AtomicInteger(1);
    try (LyingRegistry registry = registry(exchange -> broken(exchange, breaks))) {
      assertThat(build(registry, ":21").outcome()).isEqualTo(Outcome.PUSHED);

      assertThat(breaks).hasNegativeValue();
      assertThat(registry.asked())
          .filteredOn(asked -> asked.startsWith("GET /session/"))
          .hasSize(1);
    }
  }

  @Test
  void aConnectionThatBreaksInEveryUploadIsGivenUp() {
    AtomicInteger breaks = new AtomicInteger(Integer.MAX_VALUE);
    try (LyingRegistry registry = registry(exchange -> broken(exchange, breaks))) {
      assertThat(refusal(registry, ":21"))
          .isEqualTo(
              "The registry '"
                  + registry.host()
                  + "' broke the connection 4 times. Run the build again; where it happens every"
                  + " time, look at the registry's log and at what stands between.");
    }
  }

  @Test
  void aFurtherTagThatIsRefusedFailsTheBuildAfterTheFirst() {
    Fault readOnly =
        exchange -> {
          boolean asked =
              exchange.getRequestMethod().equals("PUT")
                  && exchange.getRequestURI().getPath().endsWith("/manifests/stable");
          if (asked) {
            answer(exchange, 403);
          }
          return asked;
        };
    try (LyingRegistry registry = registry(readOnly)) {
      BuildRequest request = request(registry, ":21");
      List<ImageReference> further =
          Stream.of("1.4", "stable", "never").map(request.target()::withTag).toList();
      RecordingConsole console = new RecordingConsole();
      assertThatThrownBy(() -> new ImageBuild(request.also(further), registry::open, console).run())
          .isInstanceOf(GoldenException.class);
      assertThat(console.lines).endsWith("pushed " + request.target(), "pushed " + further.get(0));
      assertThat(registry.asked()).noneMatch(asked -> asked.endsWith("/manifests/never"));
    }
  }

  private static String told(String message, LyingRegistry registry) {
    return message.replace("HOST", registry.host());
  }

  private String refusal(LyingRegistry registry, String base) {
    String message =
        catchThrowableOfType(GoldenException.class, () -> build(registry, base)).getMessage();
    assertThat(registry.asked()).noneMatch(asked -> asked.startsWith("PUT /v2/"));
    return message;
  }

  private BuildResult build(LyingRegistry registry, String base) {
    return new ImageBuild(request(registry, base), registry::open, new RecordingConsole()).run();
  }

  private BuildRequest request(LyingRegistry registry, String base) {
    return SampleService.on(
        registry.host() + "/golden/java" + base,
        registry.host() + "/apps/orders:1.4.2",
        folder.resolve("cache"));
  }

  private static Fault answering(int status, String path) {
    return exchange -> {
      boolean asked = exchange.getRequestURI().getPath().startsWith(path);
      if (asked && status == 429) {
        answer(exchange, status, "Retry-After", YEAR);
      } else if (asked) {
        answer(exchange, status);
      }
      return asked;
    };
  }

  /** Keeps ten bytes of a blob and lets the connection go. */
  private boolean broken(HttpExchange exchange, AtomicInteger breaks) throws IOException {
    ByteArrayOutputStream kept = session(exchange);
    if (kept != null && exchange.getRequestMethod().equals("PUT") && breaks.getAndDecrement() > 0) {
      kept.write(exchange.getRequestBody().readNBytes(10));
      return true;
    }
    return false;
  }

  private @Nullable ByteArrayOutputStream session(HttpExchange exchange) {
    return sessions.get(exchange.getRequestURI().getPath());
  }

  private LyingRegistry registry(Fault fault) {
    return LyingRegistry.telling(
        exchange -> {
          if (!fault.tells(exchange)) {
            honest(exchange);
          }
        });
  }

  private void honest(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String last = path.substring(path.lastIndexOf('/') + 1);
    if (path.startsWith(GOLDEN)) {
      RawManifest top = golden.manifest("21");
      answer(exchange, 200, top.bytes(), "Content-Type", top.mediaType());
    } else if (path.startsWith("/v2/golden/java/blobs/")) {
      answer(exchange, 200, golden.bytes(Digest.parse(last)));
    } else if (path.equals(UPLOADS)) {
      open(exchange);
    } else if (path.startsWith("/session/")) {
      upload(exchange, path);
    } else if (path.startsWith("/v2/apps/orders/manifests/")) {
      manifest(exchange, last);
    } else {
      answer(exchange, 404);
    }
  }

  private void open(HttpExchange exchange) throws IOException {
    if (String.valueOf(exchange.getRequestURI().getQuery()).contains("mount=")) {
      answer(exchange, 201);
      return;
    }
    String session = "/session/" + opened.incrementAndGet();
    sessions.put(session, new ByteArrayOutputStream());
    answer(exchange, 202, "Location", session);
  }

  private void upload(HttpExchange exchange, String path) throws IOException {
    ByteArrayOutputStream kept = Objects.requireNonNull(session(exchange));
    if (exchange.getRequestMethod().equals("GET")) {
      answer(exchange, 204, "Location", path, "Range", "0-" + (kept.size() - 1));
      return;
    }
    exchange.getRequestBody().transferTo(kept);
    String query = exchange.getRequestURI().getQuery();
    boolean whole = query.endsWith("digest=" + Digest.of(kept.toByteArray()));
    answer(exchange, whole ? 201 : 400);
  }

  private void manifest(HttpExchange exchange, String tag) throws IOException {
    byte[] kept = manifests.get(tag);
    if (exchange.getRequestMethod().equals("PUT")) {
      manifests.put(tag, exchange.getRequestBody().readAllBytes());
      answer(exchange, 201);
    } else if (kept != null) {
      RawManifest top = golden.manifest("21");
      answer(exchange, 200, kept, "Content-Type", top.mediaType());
    } else {
      answer(exchange, 404);
    }
  }
}
