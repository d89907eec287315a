package io.github.goldenmaven.registry;

import static io.github.goldenmaven.registry.LyingRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.DeniedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.registry.credentials.Credentials;
import io.github.goldenmaven.registry.http.RegistryAccess;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a registry's answer means is told as what it means, with a remedy that helps. */
@NeedsPeer
class ReasonsOfRegistriesTest {

  private static final SmallImage IMAGE = SmallImage.named("golden");
  private static final RegistryAccess KNOWN =
      AccessOfTests.anonymous()
          .withCredentials(host -> Optional.of(new Credentials("anna", "hunter2")))
          .access();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          409 | TAG_INVALID: the tag exists | Where this registry lets no tag be moved, name another in <image> (-Dgolden.image), <to> (-Dgolden.to) or 'version' of golden.yaml.
          412 | PRECONDITION: configured as immutable | Where this registry lets no tag be moved, name another in <image> (-Dgolden.image), <to> (-Dgolden.to) or 'version' of golden.yaml.
          400 | TAG_INVALID: the tag is immutable | Where this registry lets no tag be moved, name another in <image> (-Dgolden.image), <to> (-Dgolden.to) or 'version' of golden.yaml.
          400 | MANIFEST_INVALID: no such media type | Where its words do not help, look at the registry's log for this request.
          405 | UNSUPPORTED: read only | Look whether the registry is in read-only mode, or a mirror that takes no images.
          507 | UNKNOWN: disk full | Make room in the registry's storage, or have it made.
          """)
  void whatAManifestIsRefusedForHasARemedyOfItsOwn(int status, String words, String remedy) {
    String[] parts = words.split(": ", 2);
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange ->
                answer(
                    exchange,
                    status,
                    SmallImage.utf8(
                        "{\"errors\":[{\"code\":\"%s\",\"message\":\"%s\"}]}"
                            .formatted(parts[0], parts[1])),
                    "Content-Type",
                    "application/json"))) {
      assertThatThrownBy(() -> registry.store().put(IMAGE.manifest(), "1"))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "The registry '%s' answered %d to the upload of the manifest '%s'. It says: '%s'. %s",
              registry.host(), status, IMAGE.manifest().digest(), words, remedy);
    }
  }

  @Test
  void storageThatIsFullIsNoProxy() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              if (exchange.getRequestMethod().equals("POST")) {
                answer(exchange, 202, "Location", "/v2/apps/orders/blobs/uploads/1");
              } else {
                answer(exchange, 507, SmallImage.utf8("No space left"));
              }
            })) {
      assertThatThrownBy(() -> registry.store().put(IMAGE.layer(), Progress.SILENT))
          .isInstanceOf(UnavailableException.class)
          .hasMessageEndingWith("Make room in the registry's storage, or have it made.");
    }
  }

  @Test
  void anAnswerWithNothingInItIsNoManifest() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> answer(exchange, 200, "Content-Type", MediaTypes.OCI_MANIFEST))) {
      assertThatThrownBy(() -> registry.store().manifest("1"))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "The registry '%s' answered 200 to our request for the manifest '1', and there is"
                  + " nothing in its answer (application/vnd.oci.image.manifest.v1+json). Look at"
                  + " what stands between it and us: a proxy, a gateway or a login page answers in"
                  + " its place.",
              registry.host());
    }
  }

  /** A digest of another kind, or a word in its place, contradicts nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"none", "sha512:abc", "\"etag\""})
  void aDigestInTheHeadThatIsNoneOfOursIsPassedOver(String stated) {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange ->
                answer(
                    exchange,
                    200,
                    IMAGE.manifest().bytes(),
                    "Content-Type",
                    MediaTypes.OCI_MANIFEST,
                    "Docker-Content-Digest",
                    stated))) {
      assertThat(registry.store().manifest("1")).contains(IMAGE.manifest());
    }
  }

  /** Docker's registry and Docker Hub say so of an account that lacks the right. */
  @Test
  void aTokenThatIsNotEnoughIsNoWrongPassword() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              if (exchange.getRequestURI().getPath().equals("/token")) {
                answer(exchange, 200, SmallImage.utf8("{\"token\":\"ticket-of-anna\"}"));
              } else {
                answer(
                    exchange,
                    401,
                    SmallImage.utf8(
                        "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"authentication"
                            + " required\"}]}"),
                    "WWW-Authenticate",
                    "Bearer realm=\"/token\",error=\"insufficient_scope\"");
              }
            })) {
      assertThatThrownBy(() -> registry.store(KNOWN).put(IMAGE.layer(), Progress.SILENT))
          .isInstanceOf(DeniedException.class)
          .hasMessage(
              "The registry '%1$s' does not let us push to 'apps/orders' with the token that the"
                  + " credentials found in the given credentials were good for. It says:"
                  + " 'UNAUTHORIZED: authentication required'. Have the account of '%1$s' given"
                  + " that right, or name another repository in <image> (-Dgolden.image) or 'to' of"
                  + " golden.yaml; where it has the right, look at the registry's clock and token"
                  + " configuration.",
              registry.host());
    }
  }

  @Test
  void aTokenServerThatSaysWhyItGivesNoneIsHeard() {
    try (LyingRegistry registry =
        withTokenServer(
            "/token", "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"2FA token required\"}]}")) {
      assertThatThrownBy(() -> registry.store(KNOWN).manifest("1"))
          .hasMessage(
              "The token server of '%s' answers without a token. It says: 'DENIED: 2FA token"
                  + " required'. Look at the registry's token configuration.",
              registry.host());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"not a url\\u0000", "ftp://files.example/", "mailto:a@b.example"})
  void aTokenServerWithoutAnAddressIsToldAsThat(String realm) {
    try (LyingRegistry registry = withTokenServer(realm, "{}")) {
      assertThatThrownBy(() -> registry.store(KNOWN).manifest("1"))
          .hasMessageStartingWith(
              "The registry '"
                  + registry.host()
                  + "' names a token server by an address that is none: '")
          .hasMessageEndingWith("'. Look at the registry's token configuration.");
    }
  }

  private static LyingRegistry withTokenServer(String realm, String said) {
    return LyingRegistry.telling(
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/token")) {
            answer(exchange, 200, SmallImage.utf8(said));
          } else {
            answer(exchange, 401, "WWW-Authenticate", "Bearer realm=\"" + realm + "\"");
          }
        });
  }
}
