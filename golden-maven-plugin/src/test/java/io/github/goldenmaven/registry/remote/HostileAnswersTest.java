package io.github.goldenmaven.registry.remote;

import static io.github.goldenmaven.registry.LyingRegistry.answer;
import static io.github.goldenmaven.registry.SmallImage.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.goldenmaven.DeniedException;
import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.LyingRegistry;
import io.github.goldenmaven.registry.SmallImage;
import io.github.goldenmaven.registry.credentials.Credentials;
import io.github.goldenmaven.registry.http.RegistryAccess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers as nobody wrote them into a specification: each gets its true reason, or its way. */
@NeedsPeer
class HostileAnswersTest {

  private static final SmallImage IMAGE = SmallImage.named("golden");
  private static final byte[] MANIFEST = IMAGE.manifest().bytes();
  private static final String TYPE = IMAGE.manifest().mediaType();
  private static final String PAGE = "<html><title>Sign in</title></html>";
  private static final String DENIED = "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"quota\"}]}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"errors\":{\"code\":\"DENIED\",\"message\":\"no room\"}} | DENIED: no room",
        "{\"errors\":\"no room\"} | no room",
        "{\"errors\":[\"no room\",\"none\"]} | no room; none",
        "{\"errors\":[{\"error\":{\"message\":\"no room\"}}]} | [{\"error\":{\"message\":\"no"
            + " room\"}}]",
        "{\"errors\":[null,5]} | [null,5]",
        "[{\"code\":\"DENIED\",\"message\":\"no room\"}] | DENIED: no room",
        "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"a\\u001b[31m\\nb\"}]}"
            + " | DENIED: a\\u001B[31m\\u000Ab",
      })
  void passesWordsOnInWhateverShapeTheyCome(String body, String words) {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> answer(exchange, 403, utf8(body), "Content-Type", "application/json"))) {
      assertThat(problem(registry))
          .isEqualTo(
              "The registry '%s' refuses to let us pull from 'apps/orders' (403). It says: '%s'."
                  .formatted(registry.host(), words));
    }
  }

  @Test
  void passesTheBeginningOfAMegabyteOfWordsOn() {
    String body =
        "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"" + "no room ".repeat(1 << 18) + "\"}]}";
    try (LyingRegistry registry =
        LyingRegistry.telling(exchange -> answer(exchange, 403, utf8(body)))) {
      assertThat(problem(registry))
          .contains(" It says: '{\"errors\":[{\"code\":\"DENIED\",\"message\":\"no room no room")
          .hasSizeLessThan(500);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"iso-8859-1", "\"UTF-16\"", "windows-1252", "utf-8", "no-such-letters"})
  void readsWordsInTheLettersTheyAreWrittenIn(String charset) {
    String name = charset.startsWith("no") ? "utf-8" : charset.replace("\"", "");
    byte[] page = "<html><title>Gäste</title></html>".getBytes(Charset.forName(name));
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange ->
                answer(exchange, 403, page, "Content-Type", "text/html; charset=" + charset))) {
      assertThat(problem(registry)).endsWith("This is no registry's answer: 'Gäste' (text/html).");
    }
  }

  @Test
  void readsWhatSomethingBetweenCompressed() throws IOException {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              String path = exchange.getRequestURI().getPath();
              byte[] body =
                  path.contains("/blobs/")
                      ? bytes(IMAGE.config())
                      : path.endsWith("/list")
                          ? utf8("{\"tags\":[\"1\"]}")
                          : path.endsWith("/denied") ? utf8(DENIED) : MANIFEST;
              answer(
                  exchange,
                  path.endsWith("/denied") ? 403 : 200,
                  packed(body),
                  "Content-Type",
                  path.contains("/manifests/1") ? TYPE : "application/json",
                  "Content-Encoding",
                  "gzip");
            })) {
      RegistryStore store = registry.store();

      assertThat(store.manifest("1")).hasValue(IMAGE.manifest());
      assertThat(store.tags()).containsExactly("1");
      assertThat(store.blob(IMAGE.configDescriptor())).isEqualTo(bytes(IMAGE.config()));
      assertThat(store.has(IMAGE.layerDescriptor())).as("of another length, compressed").isTrue();
      assertThatThrownBy(() -> store.manifest("denied"))
          .hasMessageContaining("It says: 'DENIED: quota'.");
    }
  }

  /** Decompressed, an answer has the same bound. */
  @Test
  void isNotBlownUp() throws IOException {
    byte[] bomb = packed(new byte[64 << 20]);
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> answer(exchange, 200, bomb, "Content-Encoding", "gzip"))) {
      assertThatThrownBy(() -> registry.store().manifest("1"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining(" answers with more than ");
      assertThatThrownBy(() -> registry.store().blob(IMAGE.configDescriptor()))
          .isInstanceOf(GoldenException.class);
    }
  }

  /** A login page that says of itself nothing at all. */
  @Test
  void takesAPageForNoUpload() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              if (exchange.getRequestMethod().equals("POST")) {
                answer(exchange, 202, "Location", "/session");
              } else {
                answer(exchange, 200, utf8(" \n" + PAGE));
              }
            })) {
      String said = "This is no registry's answer: 'Sign in'.";
      assertThatThrownBy(() -> registry.store().put(IMAGE.manifest(), "1"))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining(said);
      assertThatThrownBy(() -> registry.store().put(IMAGE.layer(), Progress.SILENT))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining(said);
    }
  }

  @Test
  void takesAPageForNoBlobThatIsThere() {
    try (LyingRegistry registry =
        LyingRegistry.telling(exchange -> answer(exchange, 200, "Content-Type", "text/html"))) {
      assertThat(registry.store().has(IMAGE.layerDescriptor())).isFalse();
    }
  }

  @Test
  void uploadsWhatAMountMadeOfAnotherBlob() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange ->
                answer(exchange, 201, "Docker-Content-Digest", "sha256:" + "0".repeat(64)))) {
      RegistryClient client =
          AccessOfTests.client(AccessOfTests.ANONYMOUS, new FakeTime().waiting());
      assertThat(
              client
                  .store(registry.reference())
                  .mount(
                      IMAGE.layerDescriptor(),
                      client.store(RegistryStoreTest.reference(registry.host() + "/golden/java"))))
          .isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Negotiate | in a way that is not spoken here: 'negotiate'.",
        "NTLM, Negotiate | in a way that is not spoken here: 'ntlm', 'negotiate'.",
        "Digest realm=\"x\", nonce=\"y\" | in a way that is not spoken here: 'digest'.",
        "Bearer | in a way that is not spoken here: 'bearer'.",
        "Bearer realm=\"\" | in a way that is not spoken here: 'bearer'.",
        "\" | and does not say how (no WWW-Authenticate that can be read).",
      })
  void saysThatASchemeIsNotSpoken(String asked, String how) {
    try (LyingRegistry registry =
        LyingRegistry.telling(exchange -> answer(exchange, 401, "WWW-Authenticate", asked))) {
      RegistryAccess access =
          AccessOfTests.anonymous()
              .withCredentials(host -> Optional.of(new Credentials("u", "hunter2")))
              .access();
      assertThatThrownBy(() -> registry.store(access).manifest("1"))
          .isInstanceOf(DeniedException.class)
          .hasMessage(
              "The registry '%s' asks for credentials to pull from 'apps/orders' %s Have it, or what stands in front of it, ask for a password (Basic) or a token (Bearer with a realm)."
                  .formatted(registry.host(), how));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer realm='/token',service='x'",
        "bearer REALM = /token , SERVICE=x",
        "Bearer realm=\"/token\" service=\"x\"",
        "Bearer realm=\"/token",
        "Basic realm=\"a\", Bearer realm=\"/token\"",
        "Negotiate YII==, Bearer realm=/token",
      })
  void readsAChallengeAsItIsMeant(String asked) {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              if (exchange.getRequestURI().getPath().equals("/token")) {
                answer(exchange, 200, utf8("{\"token\":\"t\"}"));
              } else if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                answer(exchange, 401, "WWW-Authenticate", asked);
              } else {
                answer(exchange, 200, MANIFEST, "Content-Type", TYPE);
              }
            })) {
      assertThat(registry.store().manifest("1")).isPresent();
      assertThat(registry.shown()).endsWith("Bearer t");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"token\":5}", "{\"token\":{\"a\":1}}", "{\"token\":\"a b\"}", "{}"})
  void tellsATokenThatIsNone(String body) {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              if (exchange.getRequestURI().getPath().equals("/token")) {
                answer(exchange, 200, utf8(body));
              } else {
                answer(exchange, 401, "WWW-Authenticate", "Bearer realm=\"/token\"");
              }
            })) {
      assertThat(problem(registry))
          .isEqualTo(
              "The token server of '%s' answers without a token.".formatted(registry.host()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "/v2/up/x#frag /v2/up/x?digest=",
        "/v2/up/x?a=1#frag /v2/up/x?a=1&digest=",
        "?state=1 /v2/apps/orders/blobs/uploads/?state=1&digest=",
        "x?y=1 /v2/apps/orders/blobs/uploads/x?y=1&digest=",
        "/v2/ü/{x}|?q=% /v2/%C3%BC/%7Bx%7D%7C?q=%25&digest=",
      })
  void uploadsWhereAnAddressIsMeantToLead(String location, String put) {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              if (exchange.getRequestMethod().equals("POST")) {
                answer(exchange, 202, "Location", location);
              } else {
                answer(exchange, 201);
              }
            })) {
      registry.store().put(IMAGE.layer(), Progress.SILENT);

      assertThat(registry.asked()).endsWith("PUT " + put + IMAGE.layer().digest());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"tags\":{}}",
        "{\"tags\":[1,null]}",
        "{\"tags\":\"1\"}",
        "[]",
        "{\"errors\":[{\"code\":\"NAME_UNKNOWN\"}]}",
      })
  void takesNothingElseForAListOfTags(String body) {
    try (LyingRegistry registry =
        LyingRegistry.telling(exchange -> answer(exchange, 200, utf8(body)))) {
      assertThatThrownBy(() -> registry.store().tags())
          .isInstanceOf(UnavailableException.class)
          .hasMessageStartingWith(
              "The registry '%s' answered 200 to our request for the tags, and this is no registry's answer: '%s'."
                  .formatted(registry.host(), body));
    }
  }

  @Test
  void asksAgainForADocumentUnderWhichTheConnectionBroke() {
    AtomicInteger asked = new AtomicInteger();
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              if (asked.incrementAndGet() < 3) {
                exchange.sendResponseHeaders(200, MANIFEST.length + 100);
                exchange.getResponseBody().write(MANIFEST);
                exchange.getResponseBody().flush();
              } else {
                answer(exchange, 200, MANIFEST, "Content-Type", TYPE);
              }
            })) {
      assertThat(registry.store().manifest("1")).hasValue(IMAGE.manifest());
      assertThat(registry.asked()).hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "soon", "1e3", "120.5", "Sunday, 06-Nov-94 08:49:37 GMT", ""})
  void waitsAsItThinksRightWhereNoTimeIsSaid(String wish) {
    try (LyingRegistry registry =
        LyingRegistry.telling(exchange -> answer(exchange, 429, "Retry-After", wish))) {
      assertThat(problem(registry))
          .isEqualTo("The registry '%s' answered 429 4 times.".formatted(registry.host()));
    }
  }

  private static String problem(LyingRegistry registry) {
    return catchThrowableOfType(GoldenException.class, () -> registry.store().manifest("1"))
        .problem();
  }

  private static byte[] packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }

  private static byte[] bytes(Blob blob) throws IOException {
    try (InputStream in = blob.open()) {
      return in.readAllBytes();
    }
  }
}
