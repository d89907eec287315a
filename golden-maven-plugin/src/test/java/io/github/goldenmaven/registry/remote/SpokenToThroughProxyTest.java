package io.github.goldenmaven.registry.remote;

import static io.github.goldenmaven.registry.LyingRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.peers.FreePort;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.LyingRegistry;
import io.github.goldenmaven.registry.SmallImage;
import io.github.goldenmaven.registry.credentials.Credentials;
import io.github.goldenmaven.registry.http.ProxySettings;
import io.github.goldenmaven.registry.http.RegistryAccess;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NeedsPeer
class SpokenToThroughProxyTest extends SpokenToFixture {

  private static RegistryStore through(int port, @Nullable Credentials credentials, String host) {
    RegistryAccess access =
        AccessOfTests.anonymous()
            .withInsecureRegistries(Set.of("plain.invalid"))
            .withProxies(List.of(ProxySettings.of("https", "127.0.0.1", port, credentials, null)))
            .access();
    return AccessOfTests.client(access, new FakeTime().waiting())
        .store(RegistryStoreTest.reference(host + "/apps/orders"));
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
    int port = FreePort.find();
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
        AccessOfTests.anonymous()
            .withProxies(List.of(ProxySettings.of("https", "proxy.invalid", 3128, null, null)))
            .access();
    RegistryStore store =
        AccessOfTests.client(access, new FakeTime().waiting())
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
}
