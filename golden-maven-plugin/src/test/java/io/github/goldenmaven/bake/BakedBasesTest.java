package io.github.goldenmaven.bake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.bake.certificates.MadeCertificates;
import io.github.goldenmaven.bake.certificates.TlsClient;
import io.github.goldenmaven.bake.certificates.TrustStoreFile;
import io.github.goldenmaven.contents.ReadLayers;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.DistributionBase;
import io.github.goldenmaven.peers.DockerEngine;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.JlinkBase;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.TestCertificates;
import io.github.goldenmaven.scenarios.CompanyServer;
import io.github.goldenmaven.scenarios.OtherJdk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bakes official images of several kinds and runs a TLS client in them, in a real Docker Engine: it
 * trusts the company's server on the golden image, and not on the official one.
 */
@NeedsPeer({"docker-registry", "dockerd", "openssl"})
@SuppressWarnings("NullAway.Init")
class BakedBasesTest {

  private static final String WGET = "wget -q -O - https://localhost:%d/ 2>&1 || true";
  private static final String OPENSSL =
      "openssl s_client -connect localhost:%d </dev/null 2>&1 | grep -m1 'Verify return code'";

  @TempDir static Path shared;
  private static DockerRegistry registry;
  private static DockerEngine engine;
  private static TestCertificates company;
  private static CompanyServer server;
  private static TlsClient client;

  @BeforeAll
  static void startPeers() throws IOException {
    registry = DockerRegistry.start();
    engine = DockerEngine.start();
    company = TestCertificates.in(shared.resolve("company"));
    server = CompanyServer.start(company);
    client = TlsClient.compiledIn(shared.resolve("classes"));
  }

  @AfterAll
  static void stopPeers() {
    server.close();
    engine.close();
    registry.close();
  }

  @Test
  void anImageWithoutAShellAsDistrolessOnesAre() throws IOException {
    registry.push(JlinkBase.layout(), JlinkBase.TAG, "official/distroless", "17");
    String official = registry.host() + "/official/distroless:17";
    int feature = Runtime.version().feature();

    assertThat(ask(official)).isEqualTo(feature + " not trusted");
    assertThat(ask(bake("distroless", official))).isEqualTo(feature + " hello");
  }

  /** Its trust store is a link, in another layer than the file it leads to. */
  @Test
  void oneAsAlpines() throws IOException {
    assertTrustedOnceBaked(DistributionBase.ALPINE, newestRuntime());

    assertThat(addedTo("golden/alpine"))
        .contains(
            "etc/ssl/certs/java/cacerts",
            "etc/ssl/certs/ca-certificates.crt",
            "opt/golden/company-ca.pem")
        .doesNotContain("opt/java/openjdk/lib/security/cacerts", "etc/ssl/cert.pem")
        .anyMatch(path -> path.startsWith("usr/local/share/ca-certificates/golden-"));
  }

  @Test
  void oneAsRedHats() throws IOException {
    assertTrustedOnceBaked(DistributionBase.RED_HAT, JlinkBase.layout());

    assertThat(addedTo("golden/redhat"))
        .contains(
            "etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
            "etc/pki/ca-trust/extracted/java/cacerts")
        .doesNotContain("etc/pki/java/cacerts", "etc/pki/tls/certs/ca-bundle.crt")
        .noneMatch(path -> path.startsWith("etc/ssl") || path.startsWith("opt/java"))
        .anyMatch(path -> path.startsWith("etc/pki/ca-trust/source/anchors/golden-"));
  }

  @Test
  void oneAsSuses() throws IOException {
    assertTrustedOnceBaked(DistributionBase.SUSE, JlinkBase.layout());

    assertThat(addedTo("golden/suse"))
        .contains("var/lib/ca-certificates/ca-bundle.pem", "var/lib/ca-certificates/java-cacerts")
        .noneMatch(path -> path.startsWith("etc/ssl") || path.startsWith("opt/java"))
        .anyMatch(path -> path.startsWith("etc/pki/trust/anchors/golden-"));
  }

  /** By its JVM, and by busybox's wget, which lets OpenSSL look at the server's certificate. */
  private static void assertTrustedOnceBaked(DistributionBase base, LayoutFolder runtime)
      throws IOException {
    Path work = Files.createDirectories(shared.resolve(base.tag()));
    Path anyone = TestCertificates.in(shared.resolve("public")).ca();
    LayoutFolder layout = base.on(runtime, Files.readAllBytes(anyone), trustStore(anyone), work);
    registry.push(layout, base.tag(), "official/" + base.tag(), "1");
    String official = registry.host() + "/official/" + base.tag() + ":1";

    String golden = bake(base.tag(), official);

    assertThat(ask(official)).endsWith(" not trusted");
    assertThat(ask(golden)).isEqualTo(ask(official).replace("not trusted", "hello"));
    assertThat(inShell(official, WGET))
        .isEqualTo("wget: error getting response: Connection reset by peer");
    assertThat(inShell(golden, WGET)).isEqualTo("hello");
    assertThat(inShell(official, OPENSSL))
        .startsWith("Verify return code: ")
        .doesNotContain("(ok)");
    assertThat(inShell(golden, OPENSSL)).isEqualTo("Verify return code: 0 (ok)");
  }

  private static String inShell(String image, String command) {
    String asked = command.formatted(server.port());
    return engine.docker("run", "--rm", "--network", "host", image, "sh", "-c", asked).strip();
  }

  /** Of Java 21 or newer; in CI there has to be one. */
  private static LayoutFolder newestRuntime() throws IOException {
    Optional<Path> recent = OtherJdk.recent();
    if (recent.isEmpty()) {
      System.out.println("[peers] Not run on this machine: the bake of a JVM of Java 21 or newer.");
      return JlinkBase.layout();
    }
    Path folder = shared.resolve("newer");
    Command.of(recent.orElseThrow().resolve("bin/java").toString())
        .with("-cp", System.getProperty("java.class.path"), JlinkBase.class.getName())
        .with(folder.toString())
        .timeout(Duration.ofMinutes(3))
        .run();
    return new LayoutFolder(folder);
  }

  private static byte[] trustStore(Path ca) throws IOException {
    Certificate certificate = MadeCertificates.parse(ca);
    return TrustStoreFile.write(
        new TreeMap<>(Map.of("public", certificate)), TrustStoreFile.Form.PKCS12);
  }

  /** Bakes the company's CA into an official image; the golden image's reference. */
  private static String bake(String name, String official) throws IOException {
    Path folder = Files.createDirectories(shared.resolve("platform-" + name));
    Files.copy(company.ca(), folder.resolve("ca.pem"));
    Path definition =
        Files.writeString(
            folder.resolve("golden.yaml"),
            """
            name: java
            version: "1.0"
            line: "1"
            from: %s
            to: %s/golden/%s
            certificates: [ca.pem]
            user: "10001:10001"
            """
                .formatted(official, registry.host(), name));
    return TestBake.of(definition).run().reference().toString();
  }

  /** The paths of the two golden layers, certificates and settings. */
  private static List<String> addedTo(String repository) {
    ImageManifest golden = new ImageManifest(registry.manifest(repository, "1").orElseThrow());
    int all = golden.layers().size();
    List<String> paths = new ArrayList<>();
    for (Descriptor layer : golden.layers().subList(all - 2, all)) {
      byte[] bytes = registry.blob(repository, layer.digest()).orElseThrow();
      ReadLayers.read("the layer", new ByteArrayInputStream(bytes))
          .entries()
          .forEach(change -> paths.add(change.path()));
    }
    return paths;
  }

  private static String ask(String image) {
    engine.docker("pull", "--quiet", image);
    return client.in(engine, image, List.of(), server.url());
  }
}
