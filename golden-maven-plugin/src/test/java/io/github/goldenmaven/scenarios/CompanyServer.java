package io.github.goldenmaven.scenarios;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.goldenmaven.peers.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A TLS server inside the company, with a certificate that only the company's CA vouches for. It
 * answers every request with {@code hello}.
 */
public final class CompanyServer implements AutoCloseable {

  private static final char[] PASSWORD = "in memory".toCharArray();

  private final HttpsServer server;

  private CompanyServer(HttpsServer server) {
    this.server = server;
  }

  /** Starts one on loopback. */
  public static CompanyServer start(TestCertificates certificates) {
    try {
      HttpsServer server =
          HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(context(certificates)));
      server.createContext(
          "/",
          exchange -> {
            byte[] hello = "hello".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, hello.length);
            exchange.getResponseBody().write(hello);
            exchange.close();
          });
      server.start();
      return new CompanyServer(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the certificate just made cannot be used", e);
    }
  }

  private static SSLContext context(TestCertificates certificates)
      throws IOException, GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    try (var pem = Files.newInputStream(certificates.server())) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "server",
          key(certificates.serverKey()),
          PASSWORD,
          new Certificate[] {factory.generateCertificate(pem)});
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    }
  }

  private static PrivateKey key(Path pem) throws IOException, GeneralSecurityException {
    String text = Files.readString(pem).replaceAll("-----[A-Z ]+-----", "");
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(text)));
  }

  /** {@code https://localhost:PORT/}. */
  public String url() {
    return url("localhost");
  }

  /** The same by another of its certificate's names. */
  public String url(String host) {
    return "https://" + host + ":" + port() + "/";
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
