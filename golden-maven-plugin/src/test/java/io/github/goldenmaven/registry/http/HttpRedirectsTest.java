package io.github.goldenmaven.registry.http;

import static io.github.goldenmaven.registry.LyingRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.LyingRegistry;
import io.github.goldenmaven.registry.SmallImage;
import java.util.List;
import org.junit.jupiter.api.Test;

@NeedsPeer
class HttpRedirectsTest extends HttpTransportFixture {

  private static final byte[] LAYER = SmallImage.utf8("golden");

  /** Asks for credentials, then redirects. */
  private static LyingRegistry redirecting(int status, String location) {
    return LyingRegistry.telling(
        exchange -> {
          if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
            answer(exchange, 401, "WWW-Authenticate", "Basic realm=\"golden\"");
          } else {
            answer(exchange, status, "Location", location);
          }
        });
  }

  @Test
  void sendsNoCredentialsAlongARedirectToAnotherHost() {
    try (LyingRegistry storage = LyingRegistry.telling(exchange -> answer(exchange, 200, LAYER))) {
      for (int status : new int[] {301, 302, 303, 307, 308}) {
        try (LyingRegistry registry =
            redirecting(status, "http://" + storage.otherHost() + "/layer?signature=abc")) {
          assertThat(registry.store(WITH_CREDENTIALS).blob(IMAGE.layerDescriptor()))
              .isEqualTo(LAYER);
          assertThat(registry.shown()).containsExactly("null", BASIC);
        }
      }
      assertThat(storage.asked()).hasSize(5).containsOnly("GET /layer?signature=abc");
      assertThat(storage.shown()).containsOnly("null");
    }
  }

  @Test
  void sendsNoCredentialsToAnotherPortOfTheSameHost() {
    try (LyingRegistry storage = LyingRegistry.telling(exchange -> answer(exchange, 200, LAYER));
        LyingRegistry registry = redirecting(307, "http://" + storage.host() + "/layer")) {
      assertThat(registry.store(WITH_CREDENTIALS).blob(IMAGE.layerDescriptor())).isEqualTo(LAYER);
      assertThat(storage.shown()).containsExactly("null");
    }
  }

  @Test
  void doesNotAnswerTheChallengeOfAnotherHost() {
    try (LyingRegistry storage =
            LyingRegistry.telling(
                exchange -> answer(exchange, 401, "WWW-Authenticate", "Basic realm=\"phish\""));
        LyingRegistry registry = redirecting(307, "http://" + storage.otherHost() + "/layer")) {
      assertThatThrownBy(() -> registry.store(WITH_CREDENTIALS).blob(IMAGE.layerDescriptor()))
          .isInstanceOf(RefusedException.class);
      assertThat(storage.shown()).containsExactly("null");
    }
  }

  @Test
  void keepsCredentialsOnTheWayToTheSameOrigin() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                answer(exchange, 401, "WWW-Authenticate", "Basic realm=\"golden\"");
              } else if (exchange.getRequestURI().getPath().equals("/moved")) {
                answer(exchange, 200, LAYER);
              } else {
                answer(exchange, 307, "Location", "/moved");
              }
            })) {
      assertThat(registry.store(WITH_CREDENTIALS).blob(IMAGE.layerDescriptor())).isEqualTo(LAYER);
      assertThat(registry.shown()).containsExactly("null", BASIC, BASIC);
    }
  }

  @Test
  void followsFiveRedirectsAndNoSixth() {
    try (LyingRegistry registry =
        LyingRegistry.telling(exchange -> answer(exchange, 307, "Location", "/again"))) {
      assertThatThrownBy(() -> registry.store().manifest("1"))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "'"
                  + registry.host()
                  + "' redirects more than 5 times. Look at the registry's configuration, or"
                  + " at what stands between it and us.");
      assertThat(registry.asked()).hasSize(6);
    }
  }

  @Test
  void goesNowhereOverPlainHttpThatWasNotNamed() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> answer(exchange, 307, "Location", "http://cdn.example/layer"))) {
      assertThatThrownBy(() -> registry.store().manifest("1"))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "'"
                  + registry.host()
                  + "' sends us to 'cdn.example' over plain HTTP. Look at the registry's"
                  + " configuration; where plain HTTP is meant, name the host in"
                  + " <insecureRegistries> (-Dgolden.insecureRegistries).");
    }
  }

  @Test
  void goesToNoAddressThatIsNotARegistrys() {
    for (String address :
        List.of("file:///etc/passwd", "//user:secret@localhost/", "ftp://localhost/")) {
      try (LyingRegistry registry =
          LyingRegistry.telling(exchange -> answer(exchange, 307, "Location", address))) {
        assertThatThrownBy(() -> registry.store().manifest("1"))
            .isInstanceOf(RefusedException.class)
            .hasMessage(
                "'"
                    + registry.host()
                    + "' sends us to an address that is not a registry's. Look at the"
                    + " registry's configuration; where plain HTTP is meant, name the host in"
                    + " <insecureRegistries> (-Dgolden.insecureRegistries).");
      }
    }
  }

  @Test
  void keepsToTlsWhenARegistryBehindAProxyForgetsIt() {
    HttpTransport wire = new HttpTransport(AccessOfTests.ANONYMOUS);

    assertThat(
            wire.resolve(
                java.net.URI.create("https://registry.example/v2/"),
                "http://registry.example/v2/uploads/1?_state=a%2Fb"))
        .hasToString("https://registry.example/v2/uploads/1?_state=a%2Fb");
  }

  @Test
  void isNotLuredToThisMachineItself() {
    HttpTransport wire = new HttpTransport(AccessOfTests.ANONYMOUS);

    assertThatThrownBy(
            () ->
                wire.resolve(
                    java.net.URI.create("https://registry.example/v2/"),
                    "http://127.0.0.1:2375/containers/json"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'registry.example:443' sends us to this machine itself. Look at the registry's"
                + " configuration; where plain HTTP is meant, name the host in"
                + " <insecureRegistries> (-Dgolden.insecureRegistries).");
  }

  @Test
  void refusesToRepeatAnUploadAsAnotherMethod() {
    try (LyingRegistry registry =
        LyingRegistry.telling(exchange -> answer(exchange, 302, "Location", "/elsewhere"))) {
      assertThatThrownBy(() -> registry.store().put(IMAGE.layer(), Progress.SILENT))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "'"
                  + registry.host()
                  + "' answers an upload with a redirect (302). Name the registry by the host"
                  + " that takes uploads, in <image> (-Dgolden.image) or 'to' of golden.yaml.");
      assertThat(registry.asked()).containsExactly("POST /v2/apps/orders/blobs/uploads/");
    }
  }

  @Test
  void uploadsToAnotherHostWithoutCredentials() {
    Digest digest = IMAGE.layer().digest();
    try (LyingRegistry storage = LyingRegistry.telling(exchange -> answer(exchange, 201));
        LyingRegistry registry =
            redirecting(202, "http://" + storage.otherHost() + "/session?state=1")) {
      registry.store(WITH_CREDENTIALS).put(IMAGE.layer(), Progress.SILENT);

      assertThat(registry.shown()).containsExactly("null", BASIC);
      assertThat(storage.asked()).containsExactly("PUT /session?state=1&digest=" + digest);
      assertThat(storage.shown()).containsExactly("null");
    }
  }
}
