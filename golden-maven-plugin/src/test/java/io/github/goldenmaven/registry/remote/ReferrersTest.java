package io.github.goldenmaven.registry.remote;

import static io.github.goldenmaven.registry.LyingRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.LyingRegistry;
import io.github.goldenmaven.registry.SmallImage;
import io.github.goldenmaven.registry.credentials.Credentials;
import io.github.goldenmaven.registry.http.RegistryAccess;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The referrers API, which docker-registry 2.8.2 has not. */
@NeedsPeer
class ReferrersTest {

  private static final RawManifest IMAGE = SmallImage.named("golden").manifest();
  private static final SmallImage SBOM = SmallImage.statement("sbom", IMAGE);
  private static final SmallImage PROVENANCE = SmallImage.statement("provenance", IMAGE);
  private static final SmallImage OTHER = SmallImage.statement("other", IMAGE);
  private static final SmallImage FOREIGN =
      SmallImage.statement("foreign", SmallImage.named("another").manifest());
  private static final String API = "/v2/apps/orders/referrers/" + IMAGE.digest();
  private static final String TAG = "/v2/apps/orders/manifests/sha256-" + IMAGE.digest().hex();

  private static byte[] index(SmallImage... images) {
    return SmallImage.index(images).bytes();
  }

  @Test
  void readsAllPagesAndTheFallbackTagAndEachReferrerOnce() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              String asked = exchange.getRequestURI().toString();
              exchange.getResponseHeaders().add("Content-Type", MediaTypes.OCI_INDEX);
              if (asked.equals(API)) {
                answer(
                    exchange, 200, index(SBOM), "Link", "<" + API + "?n=1&last=a>; rel=\"next\"");
              } else if (asked.startsWith(API)) {
                answer(exchange, 200, index());
              } else {
                answer(exchange, 200, index(SBOM, PROVENANCE));
              }
            })) {
      assertThat(registry.store().referrers(IMAGE.digest()))
          .extracting(Descriptor::digest)
          .containsExactly(SBOM.manifest().digest(), PROVENANCE.manifest().digest());
      assertThat(registry.asked())
          .containsExactly("GET " + API, "GET " + API + "?n=1&last=a", "GET " + TAG);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "API?n=1>; rel=\"next\"",
        "<API?n=1; rel=\"next\"",
        "<API?n=1> rel=next",
        "<API?n=1>; rel=\"next",
        "<ftp://x/>; rel=next",
        "<http://other.example/>; rel=next",
        "next"
      })
  void couldNotTellWhereALinkCannotBeRead(String link) {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              exchange.getResponseHeaders().add("Content-Type", MediaTypes.OCI_INDEX);
              answer(exchange, 200, index(SBOM), "Link", link.replace("API", API));
            })) {
      assertThatThrownBy(() -> registry.store().referrers(IMAGE.digest()))
          .isInstanceOf(UnavailableException.class);
      assertThatThrownBy(() -> registry.store().tags()).isInstanceOf(UnavailableException.class);
    }
  }

  @Test
  void saysWhichLinkCannotBeRead() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              exchange.getResponseHeaders().add("Content-Type", MediaTypes.OCI_INDEX);
              answer(exchange, 200, index(SBOM), "Link", "</v2/x?token=1> rel=next");
            })) {
      assertThatThrownBy(() -> registry.store().referrers(IMAGE.digest()))
          .hasMessage(
              "The registry '"
                  + registry.host()
                  + "' says by 'Link: </v2/x?...> rel=next' where its list goes on, and that cannot"
                  + " be read. Look at the registry's configuration, or at what stands between it"
                  + " and us: a list may not end there.");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<API?n=1>; rel=next",
        "<API?n=1>;rel=\"last NEXT\";title=\"a, <b>; rel=none\"",
        "</first>; rel=first, <API?n=1>; REL = \"next\"",
        "<API?n=1> ; rel=\"next\" ,"
      })
  void readsALinkAsItIsWritten(String link) {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              String asked = exchange.getRequestURI().toString();
              exchange.getResponseHeaders().add("Content-Type", MediaTypes.OCI_INDEX);
              if (asked.equals(API)) {
                answer(exchange, 200, index(SBOM), "Link", link.replace("API", API));
              } else if (asked.startsWith(API)) {
                answer(exchange, 200, index(PROVENANCE), "Link", "</v2/>; rel=\"prev\"");
              } else {
                answer(exchange, 404);
              }
            })) {
      assertThat(registry.store().referrers(IMAGE.digest())).hasSize(2);
    }
  }

  @Test
  void readsNoEndlessPages() {
    AtomicInteger page = new AtomicInteger();
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              exchange.getResponseHeaders().add("Content-Type", MediaTypes.OCI_INDEX);
              answer(
                  exchange,
                  200,
                  index(SBOM),
                  "Link",
                  "<" + API + "?page=" + page.incrementAndGet() + ">; rel=\"next\"");
            })) {
      assertThatThrownBy(() -> registry.store().referrers(IMAGE.digest()))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "'"
                  + registry.host()
                  + "/apps/orders' lists more referrers of '"
                  + IMAGE.digest()
                  + "' than can be looked at. At most 1000 on 32 pages are read: have the needless"
                  + " ones deleted.");
      assertThat(registry.asked()).hasSize(32);
    }
  }

  @Test
  void showsNoCredentialsToTheNextPageOfAnotherHost() {
    RegistryAccess access =
        AccessOfTests.anonymous()
            .withCredentials(host -> Optional.of(new Credentials("user", "secret")))
            .access();
    try (LyingRegistry other =
            LyingRegistry.telling(
                exchange -> answer(exchange, 200, index(), "Content-Type", MediaTypes.OCI_INDEX));
        LyingRegistry registry =
            LyingRegistry.telling(
                exchange -> {
                  exchange.getResponseHeaders().add("Content-Type", MediaTypes.OCI_INDEX);
                  if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                    answer(exchange, 401, "WWW-Authenticate", "Basic realm=\"x\"");
                  } else if (exchange.getRequestURI().toString().equals(API)) {
                    answer(
                        exchange,
                        200,
                        index(SBOM),
                        "Link",
                        "<http://" + other.otherHost() + "/next>; rel=\"next\"");
                  } else {
                    answer(exchange, 404);
                  }
                })) {
      assertThat(registry.store(access).referrers(IMAGE.digest())).hasSize(1);
      assertThat(other.asked()).containsExactly("GET /next");
      assertThat(other.shown()).containsExactly("null");
    }
  }

  @Test
  void refusesAListThatIsNoIndex() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange ->
                answer(exchange, 200, IMAGE.bytes(), "Content-Type", MediaTypes.OCI_MANIFEST))) {
      assertThatThrownBy(() -> registry.store().referrers(IMAGE.digest()))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "'"
                  + registry.host()
                  + "/apps/orders' has a list of referrers that is no index: '"
                  + IMAGE.digest()
                  + "'. Delete the tag that looks like a digest, 'sha256-…', or name another"
                  + " repository.");
    }
  }

  @Test
  void writesNoFallbackTagWhereTheRegistryKeepsTheList() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> answer(exchange, 201, "OCI-Subject", IMAGE.digest().toString()))) {
      registry.store().attach(List.of(SBOM.manifest()));

      assertThat(registry.asked())
          .containsExactly("PUT /v2/apps/orders/manifests/" + SBOM.manifest().digest());
    }
  }

  @Test
  void writesTheFallbackTagAgainWhenSomebodyElseCameBetween() {
    byte[][] stored = {index(PROVENANCE)};
    AtomicInteger writes = new AtomicInteger();
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              boolean isTag = exchange.getRequestURI().toString().equals(TAG);
              if (exchange.getRequestMethod().equals("GET")) {
                answer(exchange, 200, stored[0], "Content-Type", MediaTypes.OCI_INDEX);
              } else {
                byte[] body = exchange.getRequestBody().readAllBytes();
                if (isTag && writes.incrementAndGet() > 2) {
                  stored[0] = body;
                }
                answer(exchange, 201);
              }
            })) {
      registry.store().attach(List.of(SBOM.manifest()));

      assertThat(writes).hasValue(3);
      assertThat(new RawManifest(MediaTypes.OCI_INDEX, stored[0]).json().objects("manifests"))
          .extracting(entry -> Digest.parse(entry.string("digest").orElseThrow()))
          .containsExactly(PROVENANCE.manifest().digest(), SBOM.manifest().digest());
    }
  }

  @Test
  void givesUpOnAFallbackTagThatIsAlwaysOverwritten() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> answer(exchange, exchange.getRequestMethod().equals("GET") ? 404 : 201))) {
      assertThatThrownBy(() -> registry.store().attach(List.of(SBOM.manifest())))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "'"
                  + registry.host()
                  + "/apps/orders' lost entries of the list of referrers of '"
                  + IMAGE.digest()
                  + "' 64 times. Others write to it at the same moment: run the build again.");
    }
  }

  /** Some registries say "forbidden" of a tag that is not there. */
  @Test
  void takesAFallbackTagThatIsForbiddenForOneThatIsNotThere() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange ->
                answer(exchange, exchange.getRequestURI().toString().equals(API) ? 404 : 403))) {
      assertThat(registry.store().referrers(IMAGE.digest())).isEmpty();
    }
  }

  @Test
  void listsTheStatementsOfOthersThatHaveATagAndNoEntry() {
    byte[][] list = {index(PROVENANCE)};
    String other = ownTag(OTHER);
    AtomicInteger looks = new AtomicInteger();
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              String asked = exchange.getRequestURI().toString();
              if (exchange.getRequestMethod().equals("PUT")) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                if (asked.equals(TAG)) {
                  list[0] = body;
                }
                answer(exchange, 201);
              } else if (asked.contains("/tags/list")) {
                answer(exchange, 200, tags(other, ownTag(SBOM), ownTag(FOREIGN), "sha256-x.att"));
              } else if (asked.equals(TAG)) {
                answer(exchange, 200, list[0], "Content-Type", MediaTypes.OCI_INDEX);
              } else if (asked.endsWith(other) && looks.incrementAndGet() == 1) {
                answer(exchange, 404);
              } else {
                SmallImage there = asked.endsWith(other) ? OTHER : FOREIGN;
                answer(
                    exchange,
                    200,
                    there.manifest().bytes(),
                    "Content-Type",
                    MediaTypes.OCI_MANIFEST);
              }
            })) {
      registry.store().attach(List.of(SBOM.manifest()));

      assertThat(new RawManifest(MediaTypes.OCI_INDEX, list[0]).json().objects("manifests"))
          .extracting(entry -> Digest.parse(entry.string("digest").orElseThrow()))
          .as("of another subject is none of them")
          .containsExactly(
              PROVENANCE.manifest().digest(), SBOM.manifest().digest(), OTHER.manifest().digest());
      assertThat(looks).as("a tag is listed before it can be read").hasValue(2);
    }
  }

  private static String ownTag(SmallImage statement) {
    return FallbackList.ownTag(IMAGE.digest(), statement.manifest().digest());
  }

  private static byte[] tags(String... tags) {
    return SmallImage.utf8(
        "{\"name\":\"apps/orders\",\"tags\":[\"" + String.join("\",\"", tags) + "\"]}");
  }
}
