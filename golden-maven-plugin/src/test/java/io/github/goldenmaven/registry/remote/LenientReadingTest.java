package io.github.goldenmaven.registry.remote;

import static io.github.goldenmaven.registry.LyingRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.LyingRegistry;
import io.github.goldenmaven.registry.SmallImage;
import io.github.goldenmaven.registry.http.Location;
import java.net.URI;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is foreign is read as its writers mean it, where nothing of ours hangs on it. */
@NeedsPeer
class LenientReadingTest {

  private static final SmallImage IMAGE = SmallImage.named("golden");

  private static LyingRegistry serving(byte[] body, String type) {
    return LyingRegistry.telling(
        exchange -> {
          if (type.isEmpty()) {
            answer(exchange, 200, body);
          } else {
            answer(exchange, 200, body, "Content-Type", type);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "application/json",
        "application/json; charset=utf-8",
        "text/plain",
        "Text/Plain;charset=UTF-8",
        "binary/octet-stream",
        "application/octet-stream",
        "application/x-www-form-urlencoded",
        "application/vnd.example+json"
      })
  void takesWhatADocumentSaysOfItselfWhereTheHeadSaysNothing(String type) {
    try (LyingRegistry registry = serving(IMAGE.manifest().bytes(), type)) {
      assertThat(registry.store().manifest("1")).contains(IMAGE.manifest());
    }
    try (LyingRegistry registry = serving(SmallImage.index(IMAGE).bytes(), type)) {
      assertThat(registry.store().manifest("1")).contains(SmallImage.index(IMAGE));
    }
    JsonObject untyped = IMAGE.manifest().json().without("mediaType");
    try (LyingRegistry registry = serving(untyped.toBytes(), type)) {
      assertThat(registry.store().manifest("1").orElseThrow().mediaType())
          .isEqualTo(MediaTypes.OCI_MANIFEST);
    }
  }

  @Test
  void tellsAManifestByTheCaseOfNoLetter() {
    try (LyingRegistry registry =
        serving(IMAGE.manifest().bytes(), "Application/VND.OCI.image.Manifest.v1+JSON")) {
      assertThat(registry.store().manifest("1")).contains(IMAGE.manifest());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        MediaTypes.OCI_INDEX,
        MediaTypes.DOCKER_MANIFEST,
        "application/vnd.docker.distribution.manifest.v1+prettyjws",
        "application/vnd.oci.image.config.v1+json"
      })
  void refusesAnotherManifestsType(String type) {
    try (LyingRegistry registry = serving(IMAGE.manifest().bytes(), type)) {
      assertThatThrownBy(() -> registry.store().manifest("1"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("was served as '" + type + "'");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"token":"t-1","expires_in":"300"}                          | 300
          {"token":"t-1","expires_in":300.5}                          | 300
          {"token":"t-1","expires_in":"soon"}                         | 60
          {"token":"t-1","expires_in":null}                           | 60
          {"token":"t-1","expires_in":{}}                             | 60
          {"token":"t-1","token":"t-1","expires_in":300} trailing     | 300
          {"token":"","access_token":"t-1","expires_in":300}          | 300
          {"Token":"x","token":"t-1","expires_in":300,"issued_at":1}  | 300
          """)
  void readsATokenAnswerAsItIsMeant(String body, long seconds) {
    FakeTime time = new FakeTime();
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              if (exchange.getRequestURI().getPath().equals("/token")) {
                answer(exchange, 200, SmallImage.utf8(body));
              } else if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                answer(exchange, 401, "WWW-Authenticate", "Bearer realm=\"/token\"");
              } else {
                answer(exchange, 404);
              }
            })) {
      RegistryStore store =
          AccessOfTests.client(AccessOfTests.ANONYMOUS, time.waiting()).store(registry.reference());
      store.manifest("1");
      time.pass(Duration.ofSeconds(seconds - 11));
      store.manifest("1");
      assertThat(registry.asked()).filteredOn(line -> line.contains("/token")).hasSize(1);
      time.pass(Duration.ofSeconds(2));
      store.manifest("1");
      assertThat(registry.asked()).filteredOn(line -> line.contains("/token")).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /v2/up loads/1?state=a b        | /v2/up%20loads/1?state=a%20b
          /v2/{id}/x?s={"a":[1]}          | /v2/%7Bid%7D/x?s=%7B%22a%22:[1]%7D
          https://h:1/a^c`d?x=<y>         | https://h:1/a%5Ec%60d?x=%3Cy%3E
          /a%2Fb%20c?100%                 | /a%2Fb%20c?100%25
          /a[1]/%zz?x=[1]                 | /a%5B1%5D/%25zz?x=[1]
          https://h/ä                     | https://h/%C3%A4
          not an address                  | not an address
          """)
  void encodesWhatAnAddressMayNotHave(String written, String encoded) {
    assertThat(Location.encoded(written)).isEqualTo(encoded);
  }

  @Property
  void encodesEveryPathAndQueryIntoAnAddress(@ForAll String path, @ForAll String query) {
    String rest =
        (path + "?" + query)
            .codePoints()
            .filter(
                point ->
                    point > 0x1F
                        && point != 0x7F
                        && point != '#'
                        && !Character.isISOControl(point)
                        && !(point >= 0xD800 && point <= 0xDFFF))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    String encoded = Location.encoded("https://registry.example/" + rest.strip());
    assertThatCode(() -> new URI(encoded)).doesNotThrowAnyException();
    assertThat(Location.encoded(encoded)).isEqualTo(encoded);
  }

  @Test
  void uploadsToAnAddressWithBlanksAndBraces() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              if (exchange.getRequestMethod().equals("POST")) {
                answer(exchange, 202, "Location", "/up load/{1}?_state={\"a b\"}");
              } else {
                answer(exchange, 201);
              }
            })) {
      registry.store().put(IMAGE.layer(), Progress.SILENT);
      assertThat(registry.asked().get(1))
          .isEqualTo(
              "PUT /up%20load/%7B1%7D?_state=%7B%22a%20b%22%7D&digest=" + IMAGE.layer().digest());
    }
  }

  @Test
  void uploadsToTheRegistrysOwnPortWhereItForgetsIt() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              if (exchange.getRequestMethod().equals("POST")) {
                answer(exchange, 202, "Location", "http://localhost/v2/apps/orders/uploads/1?a=b");
              } else {
                answer(exchange, 201);
              }
            })) {
      registry.store().put(IMAGE.layer(), Progress.SILENT);
      assertThat(registry.asked().get(1))
          .isEqualTo("PUT /v2/apps/orders/uploads/1?a=b&digest=" + IMAGE.layer().digest());
    }
  }
}
