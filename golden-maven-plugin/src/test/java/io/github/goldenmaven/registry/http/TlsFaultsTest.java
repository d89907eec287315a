package io.github.goldenmaven.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.Machine;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.LyingRegistry;
import io.github.goldenmaven.registry.remote.FakeTime;
import io.github.goldenmaven.registry.remote.RegistryStore;
import io.github.goldenmaven.registry.remote.RegistryStoreTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A certificate that is over, one of the future, one of another host and one of nobody known. */
@NeedsPeer("openssl")
class TlsFaultsTest {

  private static final String CONFIG =
      """
      [req]
      distinguished_name = name
      prompt = no
      [name]
      [authority]
      basicConstraints = critical, CA:TRUE
      [server]
      basicConstraints = CA:FALSE
      subjectAltName = DNS:localhost, DNS:*.registry.example
      [other]
      basicConstraints = CA:FALSE
      subjectAltName = DNS:registry.example, IP:192.0.2.1
      [ca]
      default_ca = here
      [here]
      database = FOLDER/index.txt
      new_certs_dir = FOLDER
      rand_serial = yes
      unique_subject = no
      policy = any
      default_md = sha256
      [any]
      CN = optional
      """;

  @TempDir Path folder;

  @BeforeEach
  void anAuthority() throws Exception {
    Files.writeString(folder.resolve("openssl.cnf"), CONFIG.replace("FOLDER", folder.toString()));
    Files.writeString(folder.resolve("index.txt"), "");
    request("ca", "Company CA");
    sign("ca", "authority", -100, 100);
  }

  private static Command openssl(String... arguments) {
    return Command.of(Machine.require("openssl").toString()).with(arguments);
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private void request(String name, String subject) {
    openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
        .with("-config", file("openssl.cnf").toString(), "-subj", "/CN=" + subject)
        .with("-keyout", file(name + ".key").toString(), "-out", file(name + ".csr").toString())
        .run();
  }

  /** Days from today. */
  private Path sign(String name, String extensions, int from, int until) {
    Command sign =
        openssl("ca", "-batch", "-notext", "-config", file("openssl.cnf").toString())
            .with("-keyfile", file("ca.key").toString(), "-in", file(name + ".csr").toString())
            .with("-startdate", date(from), "-enddate", date(until), "-extensions", extensions)
            .with("-out", file(name + ".pem").toString());
    (name.equals("ca") ? sign.with("-selfsign") : sign.with("-cert", file("ca.pem").toString()))
        .run();
    return file(name + ".pem");
  }

  private static String date(int days) {
    return day(days).replace("-", "") + "000000Z";
  }

  private static String day(int days) {
    return LocalDate.now(ZoneOffset.UTC).plusDays(days).toString();
  }

  private HttpsServer serving(String name) throws Exception {
    openssl("pkcs12", "-export", "-in", file(name + ".pem").toString())
        .with("-inkey", file(name + ".key").toString(), "-passout", "pass:changeit")
        .with("-out", file(name + ".p12").toString())
        .run();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file(name + ".p12"))) {
      store.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext("/", exchange -> LyingRegistry.answer(exchange, 404));
    server.start();
    return server;
  }

  /** What is told without the registry's name; empty where it is believed. */
  private String told(String name, Path trusted) throws Exception {
    HttpsServer server = serving(name);
    String host = "localhost:" + server.getAddress().getPort();
    try {
      RegistryStore store =
          AccessOfTests.client(
                  AccessOfTests.anonymous().withCaCertificates(trusted).access(),
                  new FakeTime().waiting())
              .store(RegistryStoreTest.reference(host + "/apps/orders"));
      UnavailableException failure =
          catchThrowableOfType(UnavailableException.class, () -> store.manifest("1"));
      return failure == null
          ? ""
          : failure.getMessage().replace("The registry '" + host + "' ", "");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void tellsACertificateThatIsOver() throws Exception {
    request("old", "localhost");
    sign("old", "server", -20, -10);

    assertThat(told("old", file("ca.pem")))
        .isEqualTo(
            "shows a certificate that expired on "
                + day(-10)
                + ": 'CN=localhost'. Have it renewed; where it is valid, look at this machine's"
                + " clock, by which today is "
                + day(0)
                + ".");
  }

  @Test
  void tellsACertificateOfTheFuture() throws Exception {
    request("new", "localhost");
    sign("new", "server", 10, 20);

    assertThat(told("new", file("ca.pem")))
        .isEqualTo(
            "shows a certificate that is not valid before "
                + day(10)
                + ": 'CN=localhost'. Have it renewed; where it is valid, look at this machine's"
                + " clock, by which today is "
                + day(0)
                + ".");
  }

  @Test
  void tellsWhichHostsACertificateIsFor() throws Exception {
    request("other", "registry.example");
    sign("other", "other", -10, 10);

    assertThat(told("other", file("ca.pem")))
        .isEqualTo(
            "shows a certificate for other hosts: it is for 'registry.example', '192.0.2.1', and"
                + " not for 'localhost'. Name it as its certificate does, or have its certificate"
                + " renewed.");
  }

  @Test
  void tellsWhoIssuedWhatNobodyKnows() throws Exception {
    request("good", "localhost");
    sign("good", "server", -10, 10);
    Path ca = file("ca.pem");
    Path stranger = Files.copy(ca, file("mine.pem"));
    request("ca", "Stranger");
    sign("ca", "authority", -100, 100);

    assertThat(told("good", file("ca.pem")))
        .isEqualTo(
            "shows a certificate of an authority that this JVM does not know: 'CN=localhost',"
                + " issued by 'CN=Company CA'. Name a PEM file with your company's authority in"
                + " <caCertificates> (-Dgolden.caCertificates); where it is named already, have the"
                + " server send the certificates between too.");
    assertThat(told("good", stranger)).isEmpty();
  }

  /** Alerts of RFC 8446, section 6.2. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "70 | speaks another version of TLS than this JVM: Received fatal alert: protocol_version."
            + " Have it speak TLS 1.2 or newer; jdk.tls.disabledAlgorithms of this JVM says what is"
            + " not spoken.",
        "40 | ended the TLS handshake: Received fatal alert: handshake_failure. Look at its"
            + " versions of TLS, its ciphers and this JVM's, and whether it asks for a certificate"
            + " of ours: that is one of -Djavax.net.ssl.keyStore in MAVEN_OPTS.",
        "116 | asks for a certificate of ours (Received fatal alert: certificate_required). Give"
            + " this JVM a key store that has one, with -Djavax.net.ssl.keyStore and its password"
            + " in MAVEN_OPTS, or use an address that takes passwords.",
        "112 | ended the TLS handshake: Received fatal alert: unrecognized_name. Look at its"
            + " versions of TLS, its ciphers and this JVM's, and whether it asks for a certificate"
            + " of ours: that is one of -Djavax.net.ssl.keyStore in MAVEN_OPTS.",
      })
  void tellsWhyAHandshakeEnds(int alert, String told) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> alert(server, alert));
      thread.setDaemon(true);
      thread.start();
      String host = "localhost:" + server.getLocalPort();
      RegistryStore store =
          AccessOfTests.client(AccessOfTests.ANONYMOUS, new FakeTime().waiting())
              .store(RegistryStoreTest.reference(host + "/apps/orders"));

      assertThatThrownBy(() -> store.manifest("1"))
          .isInstanceOf(UnavailableException.class)
          .hasMessage("The registry '" + host + "' " + told);
    }
  }

  /** Ends every handshake with a fatal alert. */
  private static void alert(ServerSocket server, int alert) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.getInputStream().read(new byte[8192]);
        socket.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, (byte) alert});
        socket.getOutputStream().flush();
      } catch (IOException e) {
        // The test is over, or the client gone.
      }
    }
  }

  @Test
  void readsAuthoritiesInEveryForm() throws Exception {
    request("good", "localhost");
    sign("good", "server", -10, 10);
    String pem = Files.readString(file("ca.pem"));
    Path trusted = file("trusted.pem");
    openssl("x509", "-trustout", "-setalias", "a", "-in", file("ca.pem").toString())
        .with("-out", trusted.toString())
        .run();
    Path der = file("ca.der");
    openssl("x509", "-outform", "DER", "-in", file("ca.pem").toString())
        .with("-out", der.toString())
        .run();
    Path bundle =
        Files.writeString(
            file("bundle.pem"),
            ("\uFEFFBag Attributes\n  friendlyName: x\n" + pem).replace("\n", "\r\n"));
    Path v1 = file("v1.pem");
    openssl("x509", "-req", "-days", "10", "-in", file("ca.csr").toString())
        .with("-signkey", file("ca.key").toString(), "-out", v1.toString())
        .run();

    for (Path form : List.of(trusted, der, bundle, v1)) {
      assertThat(told("good", form)).as(form.toString()).isEmpty();
    }
  }

  @Test
  void leavesOutAnExpiredAuthorityAndSaysSoWhereItIsMissed() throws Exception {
    request("good", "localhost");
    sign("good", "server", -10, 10);
    String good = Files.readString(file("ca.pem"));
    sign("ca", "authority", -100, -1);
    Path both = Files.writeString(file("both.pem"), Files.readString(file("ca.pem")) + good);

    assertThat(told("good", both)).isEmpty();
    assertThat(told("good", file("ca.pem")))
        .startsWith(
            "shows a certificate of an authority that this JVM does not know: 'CN=localhost',"
                + " issued by 'CN=Company CA'; of '"
                + file("ca.pem")
                + "' the certificate 'CN=Company CA' is left out, for it expired on "
                + day(-1)
                + ". Name");
  }
}
