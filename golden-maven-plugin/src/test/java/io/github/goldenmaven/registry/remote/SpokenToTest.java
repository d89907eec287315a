package io.github.goldenmaven.registry.remote;

import static io.github.goldenmaven.registry.LyingRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.goldenmaven.DeniedException;
import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.registry.LyingRegistry;
import io.github.goldenmaven.registry.SmallImage;
import io.github.goldenmaven.registry.credentials.Credentials;
import io.github.goldenmaven.registry.errors.RegistryErrors;
import io.github.goldenmaven.registry.http.ProxySettings;
import io.github.goldenmaven.registry.http.RegistryAccess;
import io.github.goldenmaven.registry.http.SecretRedactor;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Failures name who was really spoken to, and pass its own words on. */
@NeedsPeer
class SpokenToTest {

  private static final SmallImage IMAGE = SmallImage.named("golden");
  private static final String BETWEEN =
      " Look at what stands between it and us: a proxy, a gateway or a login page answers in its"
          + " place.";
  private static final String PAGE =
      "<!DOCTYPE html><html><head><title>\n"
          + " Access &amp; denied </title></head><body>x</body></html>";

  private static RegistryStore through(int port, @Nullable Credentials credentials, String host) {
    RegistryAccess access =
        RegistryAccess.ANONYMOUS
            .withInsecureRegistries(Set.of("plain.invalid"))
            .withProxies(List.of(ProxySettings.of("https", "127.0.0.1", port, credentials, null)));
    return new RegistryClient(access, new FakeTime().waiting())
        .store(RegistryStoreTest.reference(host + "/apps/orders"));
  }

  private static GoldenException failure(RegistryStore store) {
    return catchThrowableOfType(GoldenException.class, () -> store.manifest("1"));
  }

  private static int freePort() {
    try (RawServer server = RawServer.answering("200 OK", "", "")) {
      return server.port();
    }
  }

  @Test
  void tellsThatAProxyAsksForCredentials() {
    for (String host : List.of("registry.invalid", "plain.invalid")) {
      try (RawServer proxy =
          RawServer.answering(
              "407 Proxy Authentication Required",
              "text/html",
              PAGE,
              "Proxy-Authenticate: Basic realm=\"company\"")) {
        String way =
            ", on the way to '" + host + (host.startsWith("plain") ? ":80" : ":443") + "'. ";
        assertThat(failure(through(proxy.port(), null, host)))
            .isInstanceOf(RefusedException.class)
            .hasMessage(
                "The proxy '127.0.0.1:"
                    + proxy.port()
                    + "' asks for credentials (407)"
                    + way
                    + "Put <username> and <password> into its <proxy> in Maven's settings.xml.");
        assertThat(failure(through(proxy.port(), new Credentials("u", "hunter2"), host)))
            .isInstanceOf(RefusedException.class)
            .hasMessage(
                "The proxy '127.0.0.1:"
                    + proxy.port()
                    + "' does not accept the credentials of its <proxy> in Maven's settings.xml"
                    + " (407)"
                    + way
                    + "Correct <username> and <password> there; a proxy that wants another scheme"
                    + " than Basic cannot be passed.");
      }
    }
  }

  @Test
  void tellsThatSomethingAnswersAsAProxyThatNobodyNamed() {
    try (LyingRegistry registry = LyingRegistry.telling(exchange -> answer(exchange, 407))) {
      assertThat(failure(registry.store()))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "Something between us and '"
                  + registry.host()
                  + "' answers as a proxy that asks for credentials (407), and no <proxy> of"
                  + " Maven's settings.xml is for that host. Describe the proxy in a <proxy> of"
                  + " Maven's settings.xml, with <username> and <password>.");
    }
  }

  @Test
  void tellsThatAProxyDoesNotOpenTheWay() {
    for (String status : List.of("403 Forbidden", "502 Bad Gateway", "503 Busy")) {
      try (RawServer proxy = RawServer.answering(status, "text/html", PAGE)) {
        assertThat(failure(through(proxy.port(), null, "registry.invalid")))
            .isInstanceOf(UnavailableException.class)
            .hasMessage(
                "The proxy '127.0.0.1:"
                    + proxy.port()
                    + "' does not open the way to 'registry.invalid:443': it answers "
                    + status.substring(0, 3)
                    + ". Have that host and port allowed there; a host that needs no proxy belongs"
                    + " into <nonProxyHosts> of its <proxy> in Maven's settings.xml.");
        assertThat(proxy.asked())
            .hasSize(status.startsWith("5") ? 4 : 1)
            .allMatch("CONNECT registry.invalid:443 HTTP/1.1"::equals);
      }
    }
  }

  @Test
  void tellsThatTheProxyIsDown() {
    int port = freePort();
    assertThat(failure(through(port, null, "registry.invalid")))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "The proxy '127.0.0.1:"
                + port
                + "', on the way to 'registry.invalid:443', refuses connections. Look whether it"
                + " runs, and whether its port is right in its <proxy> in Maven's settings.xml.");
  }

  @Test
  void tellsThatTheProxysNameIsNotKnown() {
    RegistryAccess access =
        RegistryAccess.ANONYMOUS.withProxies(
            List.of(ProxySettings.of("https", "proxy.invalid", 3128, null, null)));
    RegistryStore store =
        new RegistryClient(access, new FakeTime().waiting())
            .store(RegistryStoreTest.reference("registry.invalid/apps/orders"));
    assertThat(failure(store))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "The proxy 'proxy.invalid:3128', on the way to 'registry.invalid:443', has no address:"
                + " its name is not known here. Check its <proxy> in Maven's settings.xml for a"
                + " typo, and this machine's DNS and proxy settings.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 | ' to our request for the manifest ''1'', and this is no registry''s answer: ''Access &amp; denied'' (text/html).'
          404 | ' to our request for the manifest ''1''. This is no registry''s answer: ''Access &amp; denied'' (text/html).'
          403 | ' where we are to pull from ''apps/orders''. This is no registry''s answer: ''Access &amp; denied'' (text/html).'
          502 | ' 4 times. This is no registry''s answer: ''Access &amp; denied'' (text/html).'
          """)
  void tellsThatAProxyShowsAPageOfItsOwn(int status, String told) {
    try (LyingRegistry proxy =
        LyingRegistry.telling(
            exchange ->
                answer(
                    exchange,
                    status,
                    SmallImage.utf8(PAGE),
                    "Content-Type",
                    "text/html; charset=utf-8"))) {
      assertThat(failure(through(proxy.port(), null, "plain.invalid")))
          .isInstanceOf(UnavailableException.class)
          .extracting(GoldenException::problem)
          .isEqualTo(
              "The registry 'plain.invalid', asked through the proxy '127.0.0.1:"
                  + proxy.port()
                  + "', answered "
                  + status
                  + told);
    }
  }

  @Test
  void takesNoPageForAnImageThatIsPinnedOrForABlob() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange ->
                answer(exchange, 200, SmallImage.utf8(PAGE), "Content-Type", "text/html"))) {
      RegistryStore store = registry.store();
      assertThatThrownBy(() -> store.manifest(IMAGE.manifest().digest()))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "The registry '"
                  + registry.host()
                  + "' answered 200 to our request for the manifest '"
                  + IMAGE.manifest().digest()
                  + "', and this is no registry's answer: 'Access &amp; denied' (text/html)."
                  + BETWEEN);
      assertThatThrownBy(() -> store.blob(IMAGE.configDescriptor()))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "The registry '"
                  + registry.host()
                  + "' answered 200 to our request for the blob '"
                  + IMAGE.configDescriptor().digest()
                  + "', and this is no registry's answer: 'Access &amp; denied' (text/html)."
                  + BETWEEN);
      assertThatThrownBy(store::tags)
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("to our request for the tags, and this is no registry's answer");
      assertThatThrownBy(() -> store.put(IMAGE.manifest(), "1"))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("answered 200 to the upload of the manifest")
          .hasMessageContaining("This is no registry's answer: 'Access &amp; denied'");
    }
  }

  @Test
  void namesTheServerThatARedirectLeadsTo() {
    int gone = freePort();
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
    int gone = freePort();
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
    int gone = freePort();
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
            RegistryErrors.of("docker.io", RegistryAccess.ANONYMOUS, new SecretRedactor())
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
