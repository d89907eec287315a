package io.github.goldenmaven.registry.remote;

import static io.github.goldenmaven.registry.LyingRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.goldenmaven.DeniedException;
import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.peers.FreePort;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.LyingRegistry;
import io.github.goldenmaven.registry.SmallImage;
import io.github.goldenmaven.registry.errors.RegistryErrors;
import io.github.goldenmaven.registry.http.SecretRedactor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Failures name who was really spoken to, and pass its own words on. */
@NeedsPeer
class SpokenToTest extends SpokenToFixture {

  @Test
  void namesTheServerThatARedirectLeadsTo() {
    int gone = FreePort.find();
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> answer(exchange, 307, "Location", "http://127.0.0.1:" + gone + "/l?s=1"))) {
      assertThatThrownBy(() -> registry.store().blob(IMAGE.configDescriptor()))
          .isInstanceOf(UnavailableException.class)
          .hasMessageStartingWith(
              "The server '127.0.0.1:"
                  + gone
                  + "', where the registry '"
                  + registry.host()
                  + "' sends us, refuses connections.");
    }
  }

  @Test
  void namesTheServerThatRefusesWhatWasRedirectedToIt() {
    byte[] xml =
        SmallImage.utf8("<Error><Code>AccessDenied</Code><Message>expired</Message></Error>");
    try (LyingRegistry storage =
            LyingRegistry.telling(
                exchange -> answer(exchange, 403, xml, "Content-Type", "application/xml"));
        LyingRegistry registry =
            LyingRegistry.telling(
                exchange ->
                    answer(exchange, 307, "Location", "http://" + storage.otherHost() + "/l"))) {
      assertThatThrownBy(() -> registry.store().blob(IMAGE.configDescriptor()))
          .isInstanceOf(UnavailableException.class)
          .hasMessageStartingWith(
              "The server '"
                  + storage.otherHost()
                  + "', where the registry '"
                  + registry.host()
                  + "' sends us, answered 403 where we are to pull from 'apps/orders'. This is no"
                  + " registry's answer: 'AccessDenied expired' (application/xml).");
    }
  }

  @Test
  void namesTheServerThatTakesAnUpload() {
    int gone = FreePort.find();
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> answer(exchange, 202, "Location", "http://127.0.0.1:" + gone + "/u"))) {
      assertThatThrownBy(() -> registry.store().put(IMAGE.layer(), Progress.SILENT))
          .isInstanceOf(UnavailableException.class)
          .hasMessageStartingWith(
              "The server '127.0.0.1:"
                  + gone
                  + "', where the registry '"
                  + registry.host()
                  + "' sends us, refuses connections.");
    }
  }

  @Test
  void namesTheTokenServer() {
    int gone = FreePort.find();
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange ->
                answer(
                    exchange,
                    401,
                    "WWW-Authenticate",
                    "Bearer realm=\"http://127.0.0.1:" + gone + "/token\""))) {
      assertThat(failure(registry.store()))
          .isInstanceOf(UnavailableException.class)
          .hasMessageStartingWith(
              "The token server '127.0.0.1:"
                  + gone
                  + "' of '"
                  + registry.host()
                  + "' refuses connections.");
    }
  }

  @Test
  void namesTheServerThatAnswersForDockerHub() {
    assertThat(
            RegistryErrors.of("docker.io", AccessOfTests.ANONYMOUS, new SecretRedactor())
                .unreachable(new java.net.ConnectException()))
        .hasMessageStartingWith(
            "The registry 'docker.io' ('registry-1.docker.io:443') refuses connections.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          403 | {"errors":[{"code":"DENIED","message":"license has expired"}]}          | DENIED: license has expired
          403 | {"errors":[{"code":"DENIED","message":"Quota","detail":"5 of 5 GB used"}]} | DENIED: Quota (5 of 5 GB used)
          403 | {"errors":[{"code":"UNKNOWN","message":"unknown error","detail":{"reason":"archived"}}]} | UNKNOWN: unknown error ({"reason":"archived"})
          401 | {"errors":[{"code":"UNAUTHORIZED","message":"sign in at https://sso.example/?authorization_request=1"}]} | UNAUTHORIZED: sign in at https://sso.example/?authorization_request=1
          429 | {"errors":[{"code":"TOOMANYREQUESTS","message":"pull rate limit"}]}      | TOOMANYREQUESTS: pull rate limit
          500 | {"errors":[{"detail":"disk is full"}]}                                  | disk is full
          412 | {"errors":[{"code":"PRECONDITION","message":"tag is immutable"},{"code":"B"}]} | PRECONDITION: tag is immutable; B
          409 | {"Errors":[],"errors":[{"Code":"DENIED","Message":"a","detail":[]}],"errors":[{"code":"X"}]} | X
          507 | {"errors":[{"code":"X","message":"at https://s3/l?X-Amz-Signature=abc&v=1"}]} | X: at https://s3/l?X-Amz-Signature=...&v=1
          413 | {"errors":[{"code":"SIZE_INVALID","message":"layer over 10 GB"}]}       | SIZE_INVALID: layer over 10 GB
          """)
  void passesTheRegistrysOwnWordsOn(int status, String body, String words) {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange ->
                answer(
                    exchange, status, SmallImage.utf8(body), "Content-Type", "application/json"))) {
      assertThat(failure(registry.store()).problem()).endsWith(". It says: '" + words + "'.");
      assertThat(
              catchThrowableOfType(
                      GoldenException.class, () -> registry.store().put(IMAGE.manifest(), "1"))
                  .problem())
          .endsWith(". It says: '" + words + "'.");
      assertThat(
              catchThrowableOfType(
                      GoldenException.class,
                      () -> registry.store().put(IMAGE.layer(), Progress.SILENT))
                  .problem())
          .endsWith(". It says: '" + words + "'.");
    }
  }

  @Test
  void saysWhyARegistryForbids() {
    byte[] body = SmallImage.utf8("{\"errors\":[{\"code\":\"DENIED\",\"message\":\"license\"}]}");
    try (LyingRegistry registry = LyingRegistry.telling(exchange -> answer(exchange, 403, body))) {
      assertThat(failure(registry.store()))
          .isInstanceOf(DeniedException.class)
          .hasMessage(
              "The registry '"
                  + registry.host()
                  + "' refuses to let us pull from 'apps/orders' (403). It says: 'DENIED: license'."
                  + " Where that is a right that the account of '"
                  + registry.host()
                  + "' lacks, have it given, or name another repository in <base>"
                  + " (-Dgolden.base), <image> (-Dgolden.image), or 'from' or 'to' of"
                  + " golden.yaml.");
    }
  }

  @Test
  void takesAShutDoorForNoProofThatNothingIsThere() {
    byte[] body = SmallImage.utf8("{\"errors\":[{\"code\":\"DENIED\",\"message\":\"no\"}]}");
    try (LyingRegistry registry = LyingRegistry.telling(exchange -> answer(exchange, 404, body))) {
      assertThat(failure(registry.store()).problem()).endsWith("'1'. It says: 'DENIED: no'.");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text/plain       | no healthy upstream          | no healthy upstream
          application/json | {"message":"no Route"}       | {"message":"no Route"}
          text/html        | <p>Please  <b>log in</b></p> | Please log in
          """)
  void tellsABodyWithoutErrorsFromARegistrysAnswer(String type, String body, String shown) {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> answer(exchange, 418, SmallImage.utf8(body), "Content-Type", type))) {
      assertThat(failure(registry.store()))
          .hasMessage(
              "The registry '"
                  + registry.host()
                  + "' answered 418 to our request for the manifest '1'. This is no registry's"
                  + " answer: '"
                  + shown
                  + "' ("
                  + type
                  + "). Look at what stands between it and us: a proxy or a gateway answers in its"
                  + " place.");
    }
  }

  @Test
  void boundsAndEscapesWhatARegistrySays() {
    byte[] body =
        SmallImage.utf8(
            "{\"errors\":[{\"code\":\"X\",\"message\":\"\\u001b[2K"
                + "a".repeat(5000)
                + "\",\"detail\":\"b\"}]}");
    try (LyingRegistry registry = LyingRegistry.telling(exchange -> answer(exchange, 418, body))) {
      assertThat(failure(registry.store()).problem())
          .contains("It says: 'X: \\u001B[2Kaaaa")
          .hasSizeLessThan(1200);
    }
  }

  @Test
  void passesTheWordsOfATokenServerOn() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              if (exchange.getRequestURI().getPath().equals("/token")) {
                answer(
                    exchange,
                    401,
                    SmallImage.utf8("{\"details\":\"incorrect username or password\"}"));
              } else {
                answer(exchange, 401, "WWW-Authenticate", "Bearer realm=\"/token\"");
              }
            })) {
      assertThat(failure(registry.store()).problem())
          .endsWith(". It says: 'incorrect username or password'.");
    }
  }

  @Test
  void takesAPageForNoToken() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              if (exchange.getRequestURI().getPath().equals("/token")) {
                answer(exchange, 200, SmallImage.utf8(PAGE), "Content-Type", "text/html");
              } else {
                answer(exchange, 401, "WWW-Authenticate", "Bearer realm=\"/token\"");
              }
            })) {
      assertThat(failure(registry.store()))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "The token server '"
                  + registry.host()
                  + "' of '"
                  + registry.host()
                  + "' answered 200 to our request for a token, and this is no token server's"
                  + " answer: 'Access &amp; denied' (text/html)."
                  + BETWEEN);
    }
  }
}
