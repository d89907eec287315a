package io.github.goldenmaven.registry.remote;

import static io.github.goldenmaven.registry.LyingRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.certificates.CertificateFault;
import io.github.goldenmaven.certificates.CertificateFile;
import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.Request;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.LyingRegistry;
import io.github.goldenmaven.registry.SmallImage;
import io.github.goldenmaven.registry.credentials.Credentials;
import io.github.goldenmaven.registry.errors.RegistryErrors;
import io.github.goldenmaven.registry.http.CompositeTrustManager;
import io.github.goldenmaven.registry.http.ProxySettings;
import io.github.goldenmaven.registry.http.RegistryAccess;
import io.github.goldenmaven.registry.http.SecretRedactor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which scheme a registry is spoken to in, and whose certificates are believed. */
@Isolated("sets what the whole JVM shares")
class RegistryHostTest {

  @TempDir Path folder;

  private static RegistryStore store(RegistryAccess access, String host) {
    return AccessOfTests.client(access, new FakeTime().waiting())
        .store(RegistryStoreTest.reference(host + "/apps/orders"));
  }

  @Test
  @NeedsPeer({"docker-registry", "openssl"})
  void speaksTlsToARegistryOnLoopbackThatDoes() {
    try (DockerRegistry registry = DockerRegistry.options().withTls().start()) {
      RegistryAccess access =
          AccessOfTests.anonymous()
              .withCaCertificates(registry.certificates().orElseThrow().ca())
              .access();
      for (String host :
          List.of(registry.host(), registry.host().replace("localhost", "127.0.0.1"))) {
        registry.mark();
        RegistryStore store = store(access, host);

        SmallImage image = SmallImage.named("over tls").put(store, "1");

        assertThat(store.manifest("1")).contains(image.manifest());
        assertThat(registry.requests())
            .extracting(Request::status)
            .containsExactly(202, 201, 202, 201, 201, 200);
      }
    }
  }

  @Test
  @NeedsPeer({"docker-registry", "openssl"})
  void believesNoAuthorityItDoesNotKnow() {
    try (DockerRegistry registry = DockerRegistry.options().withTls().start()) {
      assertThatThrownBy(() -> store(AccessOfTests.ANONYMOUS, registry.host()).manifest("1"))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "The registry '"
                  + registry.host()
                  + "' shows a certificate of an authority that this JVM does not know:"
                  + " 'CN=localhost', issued by 'CN=Golden Maven test CA'. Name a PEM file with"
                  + " your company's authority in <caCertificates> (-Dgolden.caCertificates); where"
                  + " it is named already, have the server send the certificates between too.");
      assertThat(registry.requests()).isEmpty();
    }
  }

  @Test
  @NeedsPeer({"docker-registry", "openssl"})
  void believesNoCertificateOfAnotherHost() {
    try (DockerRegistry registry = DockerRegistry.options().withTls().start();
        CuttingProxy proxy = CuttingProxy.atAnotherAddress(registry.uri().getPort())) {
      RegistryAccess access =
          AccessOfTests.anonymous()
              .withCaCertificates(registry.certificates().orElseThrow().ca())
              .access();

      assertThatThrownBy(() -> store(access, "127.0.0.2:" + proxy.port()).manifest("1"))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "The registry '127.0.0.2:"
                  + proxy.port()
                  + "' shows a certificate for other hosts: it is for 'localhost', '127.0.0.1',"
                  + " 'outside.example', 'shop.inside.example', and not for '127.0.0.2'. Name it as"
                  + " its certificate does, or have its certificate renewed.");
    }
  }

  @Test
  @NeedsPeer("docker-registry")
  void wastesNothingOnARegistryThatSpeaksPlainHttp() {
    try (DockerRegistry registry = DockerRegistry.start()) {
      RegistryStore store = store(AccessOfTests.ANONYMOUS, registry.host());
      store.manifest("1");
      store.manifest("2");

      assertThat(registry.requests())
          .map(Request::toString)
          .containsExactly(
              "GET /v2/apps/orders/manifests/1 404", "GET /v2/apps/orders/manifests/2 404");
    }
  }

  @Test
  void speaksPlainHttpToNoOtherHostThanTheNamedOnes() {
    RegistryAccess access =
        AccessOfTests.anonymous()
            .withInsecureRegistries(Set.of("Old.example:5000", "any.example"))
            .access();

    assertThat(access.allowsPlainHttp("old.example:5000")).isTrue();
    assertThat(access.allowsPlainHttp("any.example")).isTrue();
    assertThat(access.allowsPlainHttp("any.example:8080")).isTrue();
    assertThat(access.allowsPlainHttp("localhost:5000")).isTrue();
    assertThat(access.allowsPlainHttp("127.9.8.7")).isTrue();
    assertThat(access.allowsPlainHttp("[::1]:5000")).isTrue();
    assertThat(access.allowsPlainHttp("old.example:5001")).isFalse();
    assertThat(access.allowsPlainHttp("old.example")).isFalse();
    assertThat(access.allowsPlainHttp("localhost.evil.example")).isFalse();
    assertThat(access.allowsPlainHttp("127.0.0.1.evil.example")).isFalse();
  }

  @Test
  void saysThatARegistryDoesNotSpeakTls() {
    assertThat(
            RegistryErrors.of("old.example:5000", AccessOfTests.ANONYMOUS, new SecretRedactor())
                .unreachable(
                    new java.io.IOException(
                        new javax.net.ssl.SSLException("Unsupported or unrecognized SSL message"))))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "The registry 'old.example:5000' does not speak TLS. Where plain HTTP is meant, name it"
                + " in <insecureRegistries> (-Dgolden.insecureRegistries=old.example:5000).");
  }

  /** Answers everything with one line of HTTP. */
  private static final class PlainServer implements AutoCloseable {

    private final ServerSocket socket;

    PlainServer() throws IOException {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Thread thread = new Thread(this::serve, "plain server");
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return socket.getLocalPort();
    }

    private void serve() {
      while (!socket.isClosed()) {
        try (Socket client = socket.accept()) {
          client
              .getOutputStream()
              .write("HTTP/1.0 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
          return;
        }
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  @NeedsPeer
  void keepsAPlainRegistrysOwnAnswerWhenItSpeaksNoTls() throws Exception {
    try (PlainServer server = new PlainServer()) {
      assertThatThrownBy(
              () -> store(AccessOfTests.ANONYMOUS, "localhost:" + server.port()).manifest("1"))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "The registry 'localhost:"
                  + server.port()
                  + "' answered 400 to our request for the manifest '1'. Look at the registry's log"
                  + " for this request.");
    }
  }

  @Test
  void refusesAFileOfAuthoritiesThatHasNone() throws Exception {
    Path missing = folder.resolve("missing.pem");
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    Path other = Files.writeString(folder.resolve("other.pem"), "-----BEGIN CERTIFICATE-----\nx");
    String parameter = " in <caCertificates> (-Dgolden.caCertificates).";

    assertThatThrownBy(() -> CompositeTrustManager.context(missing))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The file of certificate authorities '"
                + missing
                + "' cannot be read. Name a readable file"
                + parameter);
    assertThatThrownBy(() -> CompositeTrustManager.context(empty))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The file of certificate authorities '"
                + empty
                + "' is empty. Name a file with a certificate"
                + parameter);
    assertThatThrownBy(() -> CompositeTrustManager.context(other))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The file of certificate authorities '"
                + other
                + "' begins a PEM block that never ends. Export the certificate again, and name its"
                + " file"
                + parameter);
  }

  @Test
  @NeedsPeer
  void goesThroughTheProxyOfMavensSettings() {
    try (LyingRegistry proxy = LyingRegistry.telling(exchange -> answer(exchange, 404))) {
      RegistryAccess access =
          AccessOfTests.anonymous()
              .withInsecureRegistries(Set.of("registry.invalid", "direct.invalid"))
              .withProxies(
                  List.of(
                      ProxySettings.of(
                          "http",
                          "localhost",
                          proxy.port(),
                          new Credentials("user", "secret"),
                          "direct.*|*.internal")))
              .access();

      assertThat(store(access, "registry.invalid").manifest("1")).isEmpty();
      assertThatThrownBy(() -> store(access, "direct.invalid").manifest("1"))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("has no address");

      assertThat(proxy.asked())
          .containsExactly("GET http://registry.invalid/v2/apps/orders/manifests/1");
      assertThat(proxy.proxied()).containsExactly("Basic dXNlcjpzZWNyZXQ=");
      assertThat(proxy.shown()).containsExactly("null");
    }
  }

  @Test
  void tellsTheHostsAProxyIsNotFor() {
    ProxySettings proxy =
        ProxySettings.of("https", "proxy", 3128, null, "localhost|*.internal|10.*|a*b*c");

    assertThat(proxy.isFor("registry.example")).isTrue();
    assertThat(proxy.isFor("internal")).isTrue();
    assertThat(proxy.isFor("LOCALHOST")).isFalse();
    assertThat(proxy.isFor("registry.internal")).isFalse();
    assertThat(proxy.isFor("10.1.2.3")).isFalse();
    assertThat(proxy.isFor("aXbYc")).isFalse();
    assertThat(proxy.isFor("acb")).isTrue();
    assertThat(ProxySettings.of("https", "proxy", 1, null, null).isFor("any")).isTrue();
  }

  /** Whoever opens a pipe waits for it, a JVM too. */
  @ParameterizedTest
  @ValueSource(strings = {"javax.net.ssl.keyStore", "javax.net.ssl.trustStore"})
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void refusesAPipeAsAKeyStoreOfThisJvm(String property) {
    Path pipe = folder.resolve("store.p12");
    Command.of("mkfifo", pipe.toString()).run();
    String before = System.getProperty(property);
    System.setProperty(property, pipe.toString());
    try {
      assertThatThrownBy(() -> CompositeTrustManager.context(null))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "'"
                  + pipe
                  + "' is not a regular file. Let -D"
                  + property
                  + " in MAVEN_OPTS name a key store's file.");
    } finally {
      if (before == null) {
        System.clearProperty(property);
      } else {
        System.setProperty(property, before);
      }
    }
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void refusesAPipeAsAFileOfAuthorities() {
    Path pipe = folder.resolve("pipe.pem");
    Command.of("mkfifo", pipe.toString()).run();

    assertThatThrownBy(() -> CompositeTrustManager.context(pipe))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'"
                + pipe
                + "' is not a regular file. Name a file of PEM certificates in <caCertificates>"
                + " (-Dgolden.caCertificates).");
    assertThat(CertificateFile.read(pipe).faults())
        .containsExactly(
            new CertificateFault("is not a regular file", CertificateFault.Cure.READABLE));
  }
}
