package io.github.goldenmaven.bake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.Compression;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.JsonObject;
import io.github.goldenmaven.oci.Layer;
import io.github.goldenmaven.oci.LayerEntry;
import io.github.goldenmaven.oci.LayerEntry.Owner;
import io.github.goldenmaven.oci.LayerWriter;
import io.github.goldenmaven.oci.Manifests;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.peers.Command;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
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

  /**
   * Alpine's files, and a trust store that is a link, in another layer than the file it leads to.
   */
  @Test
  void anImageAsAlpinesWhoseTrustStoreIsALinkOverTwoLayers() throws IOException {
    LayoutFolder layout = alpine(newestRuntime(), shared.resolve("alpine"));
    registry.push(layout, "alpine", "official/alpine", "1");
    String official = registry.host() + "/official/alpine:1";

    String golden = bake("alpine", official);

    assertThat(ask(official)).endsWith(" not trusted");
    assertThat(ask(golden))
        .endsWith(" hello")
        .isEqualTo(ask(official).replace("not trusted", "hello"));
    assertThat(layerOf("golden/alpine"))
        .contains(
            "etc/ssl/certs/java/cacerts",
            "etc/ssl/certs/ca-certificates.crt",
            "opt/golden/company-ca.pem")
        .doesNotContain("opt/java/openjdk/lib/security/cacerts", "etc/ssl/cert.pem")
        .anyMatch(path -> path.startsWith("usr/local/share/ca-certificates/golden-"));
  }

  /** Of a newer JDK where the machine has one. */
  private static LayoutFolder newestRuntime() throws IOException {
    Optional<Path> other = OtherJdk.find();
    if (other.isEmpty()) {
      System.out.println("[peers] Not run on this machine: a newer JVM's bake; there is one JDK.");
      return JlinkBase.layout();
    }
    Path folder = shared.resolve("newer");
    Command.of(other.orElseThrow().resolve("bin/java").toString())
        .with("-cp", System.getProperty("java.class.path"), JlinkBase.class.getName())
        .with(folder.toString())
        .timeout(Duration.ofMinutes(3))
        .run();
    return new LayoutFolder(folder);
  }

  private static LayoutFolder alpine(LayoutFolder below, Path folder) throws IOException {
    LayoutFolder layout = LayoutFolder.at(folder);
    ImageManifest manifest = new ImageManifest(below.manifest(JlinkBase.TAG));
    byte[] none = new byte[] {};
    Layer links =
        layer(
            link("opt/java/openjdk/lib/security/cacerts", "/etc/ssl/certs/java/cacerts"),
            link("etc/ssl/cert.pem", "certs/ca-certificates.crt"),
            file("etc/os-release", "ID=alpine\n".getBytes(StandardCharsets.UTF_8)),
            file("etc/alpine-release", "3.22.0\n".getBytes(StandardCharsets.UTF_8)));
    Layer files =
        layer(
            file(
                "etc/ssl/certs/java/cacerts",
                TrustStoreFile.write(publicAuthorities(), TrustStoreFile.Form.PKCS12)),
            file("etc/ssl/certs/ca-certificates.crt", none));
    List<Descriptor> layers = new ArrayList<>();
    for (Descriptor layer : manifest.layers()) {
      layout.copy(layer, below);
      layers.add(layer);
    }
    layers.add(layout.put(links));
    layers.add(layout.put(files));
    ImageConfig config =
        below
            .config(manifest)
            .withLayers(
                List.of(links.diffId(), files.diffId()),
                List.of(JsonObject.EMPTY, JsonObject.EMPTY));
    layout.put(
        Manifests.image(layout.put(MediaTypes.OCI_CONFIG, config.toBytes()), layers), "alpine");
    return layout;
  }

  /** One that has nothing to do with the company: a JVM refuses an empty store. */
  private static SortedMap<String, Certificate> publicAuthorities() throws IOException {
    Path ca = TestCertificates.in(shared.resolve("public")).ca();
    List<CompanyCertificates.Source> sources =
        List.of(new CompanyCertificates.Source(ca, "the test"));
    SortedMap<String, Certificate> authorities = new TreeMap<>();
    CompanyCertificates.read(sources, Instant.now())
        .authorities()
        .forEach(authority -> authorities.put("public", authority.certificate()));
    return authorities;
  }

  private static Layer layer(LayerEntry... entries) throws IOException {
    return LayerWriter.write(
        List.of(entries), Compression.DEFLATED, Files.createTempFile(shared, "layer", ".tar.gz"));
  }

  private static LayerEntry file(String path, byte[] bytes) {
    return new LayerEntry.File(
        path, bytes.length, () -> new ByteArrayInputStream(bytes), 0644, Owner.ROOT, Instant.EPOCH);
  }

  private static LayerEntry link(String path, String target) {
    return new LayerEntry.SymbolicLink(path, target, Owner.ROOT, Instant.EPOCH);
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

  private static List<String> layerOf(String repository) {
    ImageManifest golden = new ImageManifest(registry.manifest(repository, "1").orElseThrow());
    Descriptor top = golden.layers().get(golden.layers().size() - 1);
    byte[] bytes = registry.blob(repository, top.digest()).orElseThrow();
    return LayerContents.read("the layer", new ByteArrayInputStream(bytes)).changes().stream()
        .map(LayerChange::path)
        .toList();
  }

  private static String ask(String image) {
    engine.docker("pull", "--quiet", image);
    return client.in(engine, image, List.of(), server.url());
  }
}
