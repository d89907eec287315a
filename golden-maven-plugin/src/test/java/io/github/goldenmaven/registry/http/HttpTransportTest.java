package io.github.goldenmaven.registry.http;

import static io.github.goldenmaven.registry.LyingRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.LyingRegistry;
import io.github.goldenmaven.registry.SmallImage;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Redirects, addresses handed out, answers that are too large, too slow or not what they say. */
@NeedsPeer
class HttpTransportTest extends HttpTransportFixture {

  private static final RegistryAccess IMPATIENT =
      AccessOfTests.anonymous()
          .withTimeouts(
              new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)))
          .access();

  @Test
  void refusesAnotherManifestForAPinnedDigest() {
    SmallImage evil = SmallImage.named("evil");
    try (LyingRegistry registry = serving(evil.manifest().bytes(), MediaTypes.OCI_MANIFEST)) {
      assertThatThrownBy(() -> registry.store().manifest(IMAGE.manifest().digest()))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "'"
                  + registry.host()
                  + "/apps/orders' answers with the manifest '"
                  + evil.manifest().digest()
                  + "' where '"
                  + IMAGE.manifest().digest()
                  + "' is asked for. Do not use this registry: it, or something between it and us,"
                  + " hands out other images than are pinned.");
    }
  }

  private static LyingRegistry serving(byte[] body, String type, String... headers) {
    return LyingRegistry.telling(
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", type);
          answer(exchange, 200, body, headers);
        });
  }

  @Test
  void refusesADigestHeaderThatDisagreesWithTheBody() {
    Digest stated = IMAGE.manifest().digest();
    SmallImage evil = SmallImage.named("evil");
    try (LyingRegistry registry =
        serving(
            evil.manifest().bytes(),
            MediaTypes.OCI_MANIFEST,
            "Docker-Content-Digest",
            stated.toString())) {
      assertThatThrownBy(() -> registry.store().manifest("1"))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "The registry '"
                  + registry.host()
                  + "' says '"
                  + stated
                  + "' of content that is '"
                  + evil.manifest().digest()
                  + "'. Do not use this registry: it, or something between it and us, changes"
                  + " content.");
    }
  }

  @Test
  void refusesAnotherDigestForWhatWasUploaded() {
    Digest other = Digest.of(SmallImage.utf8("other"));
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange ->
                answer(
                    exchange,
                    exchange.getRequestMethod().equals("POST") ? 202 : 201,
                    "Location",
                    "/session",
                    "Docker-Content-Digest",
                    other.toString()))) {
      assertThatThrownBy(() -> registry.store().put(IMAGE.layer(), Progress.SILENT))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining(
              "says '" + other + "' of content that is '" + IMAGE.layer().digest());
      assertThatThrownBy(() -> registry.store().put(IMAGE.manifest(), "1"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining(
              "says '" + other + "' of content that is '" + IMAGE.manifest().digest());
    }
  }

  @Test
  void refusesADocumentServedAsAnotherType() {
    try (LyingRegistry registry = serving(IMAGE.manifest().bytes(), MediaTypes.DOCKER_MANIFEST)) {
      assertThatThrownBy(() -> registry.store().manifest("1"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining(
              "says it is 'application/vnd.oci.image.manifest.v1+json' but was served as"
                  + " 'application/vnd.docker.distribution.manifest.v2+json'.");
    }
  }

  @Test
  void takesTheDocumentsOwnTypeWhereNoneIsStated() {
    try (LyingRegistry registry =
        LyingRegistry.telling(exchange -> answer(exchange, 200, IMAGE.manifest().bytes()))) {
      assertThat(registry.store().manifest("1")).contains(IMAGE.manifest());
    }
  }

  @Test
  void refusesABlobWithOtherBytes() {
    try (LyingRegistry registry =
        LyingRegistry.telling(exchange -> answer(exchange, 200, SmallImage.utf8("evil!!")))) {
      assertThatThrownBy(() -> registry.store().blob(IMAGE.layerDescriptor()))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining(
              "' has other bytes: they are '" + Digest.of(SmallImage.utf8("evil!!")) + "'.");
    }
  }

  @Test
  void refusesAManifestThatIsTooLarge() {
    try (LyingRegistry registry = serving(new byte[4 * 1024 * 1024 + 1], MediaTypes.OCI_MANIFEST)) {
      assertTooLarge(registry);
    }
  }

  @Test
  void refusesAManifestThatNeverEnds() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              exchange.getResponseHeaders().add("Content-Type", MediaTypes.OCI_MANIFEST);
              exchange.sendResponseHeaders(200, 0);
              try (OutputStream body = exchange.getResponseBody()) {
                while (true) {
                  body.write(new byte[65536]);
                }
              }
            })) {
      assertTooLarge(registry);
    }
  }

  private static void assertTooLarge(LyingRegistry registry) {
    assertThatThrownBy(() -> registry.store().manifest("1"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The registry '"
                + registry.host()
                + "' answers with more than 4194304 bytes. No honest manifest, token or error needs"
                + " that; look at what answers there.");
  }

  @Test
  void readsNoMoreOfABlobThanItsManifestStates() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              try (OutputStream body = exchange.getResponseBody()) {
                while (true) {
                  body.write(new byte[65536]);
                }
              }
            })) {
      assertThatThrownBy(() -> registry.store().blob(IMAGE.layerDescriptor()))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("has more than the 6 bytes that are stated.");
    }
  }

  @Test
  void asksForNoConfigThatIsTooLarge() {
    try (LyingRegistry registry = LyingRegistry.telling(exchange -> answer(exchange, 200))) {
      assertThatThrownBy(
              () ->
                  registry
                      .store()
                      .blob(
                          io.github.goldenmaven.oci.Descriptor.of(
                              MediaTypes.OCI_CONFIG, IMAGE.config().digest(), 5_000_000)))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining(
              "is said to have 5000000 bytes, where a config or statement has at most 4194304.");
      assertThat(registry.asked()).isEmpty();
    }
  }

  @Test
  void givesUpOnARegistryThatDoesNotAnswer() {
    try (LyingRegistry registry = LyingRegistry.telling(LyingRegistry::never)) {
      assertNoAnswer(registry);
    }
  }

  @Test
  void givesUpOnABodyThatStops() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              exchange.sendResponseHeaders(200, 100);
              exchange.getResponseBody().write(1);
              exchange.getResponseBody().flush();
              LyingRegistry.never(exchange);
            })) {
      assertNoAnswer(registry);
    }
  }

  @Test
  void givesUpOnABodyThatDrips() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              exchange.sendResponseHeaders(200, 100);
              for (int at = 0; at < 100; at++) {
                exchange.getResponseBody().write(1);
                exchange.getResponseBody().flush();
                sleep(200);
              }
            })) {
      assertNoAnswer(registry);
      assertThatThrownBy(
              () ->
                  registry
                      .store(IMPATIENT)
                      .blob(
                          io.github.goldenmaven.oci.Descriptor.of(
                              MediaTypes.OCI_LAYER, IMAGE.layer().digest(), 100)))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("gave no answer for 1 seconds.");
    }
  }

  private static void assertNoAnswer(LyingRegistry registry) {
    assertThatThrownBy(() -> registry.store(IMPATIENT).manifest("1"))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "The registry '"
                + registry.host()
                + "' gave no answer for 1 seconds. Run the build again when it is less busy.");
    assertThat(registry.asked()).hasSize(1);
  }

  private static void sleep(int milliseconds) throws IOException {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Test
  void showsNoCredentialInAnyFailure() {
    for (int status : new int[] {400, 401, 403, 404, 413, 418, 500}) {
      try (LyingRegistry registry =
          LyingRegistry.telling(
              exchange -> {
                if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                  answer(exchange, 401, "WWW-Authenticate", "Basic realm=\"golden\"");
                } else {
                  answer(exchange, status, SmallImage.utf8("{\"errors\":[]}"));
                }
              })) {
        assertThatThrownBy(
                () -> registry.store(WITH_CREDENTIALS).put(IMAGE.layer(), Progress.SILENT))
            .isInstanceOf(GoldenException.class)
            .satisfies(
                failure ->
                    assertThat(org.assertj.core.util.Throwables.getStackTrace(failure))
                        .doesNotContain("secret")
                        .doesNotContain("dXNlcjpzZWNyZXQ"));
        assertThat(registry.shown()).contains(BASIC);
      }
    }
  }

  @Test
  void showsWhatTheRegistrySaysAsOneHarmlessLine() {
    byte[] body =
        SmallImage.utf8(
            "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"no\\n[INFO] BUILD SUCCESS\"}]}");
    try (LyingRegistry registry = LyingRegistry.telling(exchange -> answer(exchange, 418, body))) {
      assertThatThrownBy(() -> registry.store().put(IMAGE.manifest(), "1"))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "The registry '"
                  + registry.host()
                  + "' answered 418 to the upload of the manifest '"
                  + IMAGE.manifest().digest()
                  + "'. It says: 'DENIED: no\\u000A[INFO] BUILD SUCCESS'. Where its words do"
                  + " not help, look at the registry's log for this request.");
    }
  }

  @Test
  void keepsASignedAddressThatIsNoneToItself() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> answer(exchange, 307, "Location", "https://[s3/l?signature=s3cret"))) {
      assertThatThrownBy(() -> registry.store().manifest("1"))
          .isInstanceOf(RefusedException.class)
          .hasNoCause()
          .hasMessage(
              "'"
                  + registry.host()
                  + "' sends us to an address that is none. Look at the registry's"
                  + " configuration; where plain HTTP is meant, name the host in"
                  + " <insecureRegistries> (-Dgolden.insecureRegistries).");
    }
  }
}
