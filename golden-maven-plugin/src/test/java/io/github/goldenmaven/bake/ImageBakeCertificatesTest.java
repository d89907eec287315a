package io.github.goldenmaven.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.bake.certificates.MadeCertificates;
import io.github.goldenmaven.bake.certificates.TrustStoreFile;
import io.github.goldenmaven.contents.ReadLayers;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageIndex;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.layer.Compression;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.oci.layer.LayerWriter;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.TestCertificates;
import io.github.goldenmaven.peers.TwoStacks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class ImageBakeCertificatesTest extends ImageBakeFixture {

  @Test
  void certificatesAreToldInjectedAndNamedInTheLabel() throws IOException {
    X509Certificate ca = MadeCertificates.parse(TestCertificates.in(folder.resolve("ca")).ca());
    String day = ca.getNotAfter().toInstant().toString().substring(0, 10);
    now = ca.getNotAfter().toInstant().minus(Duration.ofDays(59));

    BakeResult result = bake(definition("java", "certificates: [ca/ca.pem]"));

    String fingerprint = Digest.of(encoded(ca)).hex();
    assertThat(console.lines)
        .contains(
            "Certificate CN=Golden Maven test CA, issued by itself, expires "
                + day
                + ", SHA-256 "
                + fingerprint,
            "warning: The certificate 'CN=Golden Maven test CA' expires on "
                + day
                + ". Add its successor to 'certificates' beside it, and bake again before that"
                + " day.");
    assertThat(result.certificates()).containsExactly(fingerprint);
    assertThat(config(new ImageManifest(tag("21"))).labels())
        .containsEntry("io.github.goldenmaven.golden.certificates", fingerprint);
  }

  @Test
  void commandsAreHandedTheProxyAndTheStoreOfTheOfficialImage() throws IOException {
    List<CommandRunner.Request> asked = new ArrayList<>();
    runs =
        request -> {
          asked.add(request);
          return LayerWriter.write(
              List.of(new LayerEntry.Directory("patched", 0755, Owner.ROOT, Instant.EPOCH)),
              Compression.DEFLATED,
              folder.resolve("run.tar.gz"));
        };

    bake(definition("java", "run: [patch]\nproxy: {https: 'http://proxy.example:3128'}"));

    assertThat(asked).hasSize(1);
    assertThat(asked.get(0).commands()).containsExactly("patch");
    assertThat(asked.get(0).store().name()).isEqualTo(registry.host() + "/official/java");
    assertThat(asked.get(0).environment())
        .isEqualTo(
            Map.of(
                "HTTPS_PROXY", "http://proxy.example:3128",
                "https_proxy", "http://proxy.example:3128"));
  }

  /** Commands give other bytes each time, as package managers do. */
  @Test
  void aBakeWithCommandsNeedsAVersionOfItsOwn() throws IOException {
    runs =
        request ->
            LayerWriter.write(
                List.of(
                    new LayerEntry.Directory("at-" + images++, 0755, Owner.ROOT, Instant.EPOCH)),
                Compression.DEFLATED,
                folder.resolve("run-" + images + ".tar.gz"));
    Path definition = definition("java", "run: [patch]");
    bake(definition);

    assertThatThrownBy(() -> run(definition, null, true, false))
        .isInstanceOf(RefusedException.class)
        .hasMessageEndingWith(
            "so that a version stays one image. 'run' gives another image at every bake, so each"
                + " needs a version of its own.");
  }

  @Test
  void aJvmThatAToolBringsGetsTheProxyToo() throws IOException {
    tarOfAJvm(folder.resolve("jdk.tar"), "21.0.9");

    bake(
        definition(
            "java",
            """
            environment: {JAVA_HOME: /opt/jdk}
            tools: [{file: jdk.tar, into: /opt/, unpack: true}]
            proxy: {http: 'http://proxy.example:3128'}
            """));

    ImageManifest golden = new ImageManifest(tag("21"));
    Digest settings = golden.layers().get(golden.layers().size() - 1).digest();
    assertThat(ReadLayers.read("it", stream(settings)).entries())
        .filteredOn(change -> change.path().equals("opt/jdk/conf/net.properties"))
        .extracting(change -> new String(change.bytes().orElseThrow(), StandardCharsets.UTF_8))
        .containsExactly(
            """
            a=b
            # The company's proxy, as 'proxy' of golden.yaml says
            http.proxyHost=proxy.example
            http.proxyPort=3128
            """);
    assertThat(config(golden).environment()).containsKey("JAVA_TOOL_OPTIONS");
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void eachPlatformKeepsWhatItTrustsAndNoWhiteoutIsUndone() throws IOException {
    X509Certificate other = MadeCertificates.parse(TestCertificates.in(folder.resolve("one")).ca());
    X509Certificate ours = MadeCertificates.parse(TestCertificates.in(folder.resolve("ca")).ca());
    now = Instant.now();
    byte[] store =
        TrustStoreFile.write(new TreeMap<>(Map.of("public", other)), TrustStoreFile.Form.PKCS12);
    registry.push(
        TwoStacks.writeTo(folder.resolve("stacks"), store),
        TwoStacks.TAG,
        "official/stacks",
        "17-jre");

    bake(definition("stacks", "certificates: [ca/ca.pem]"));

    List<Descriptor> platforms = new ImageIndex(tag("21")).runnable();
    assertThat(platforms)
        .extracting(entry -> entry.platform().orElseThrow().toString())
        .containsExactly("linux/amd64", "linux/arm64", "linux/s390x");
    assertThat(trusted(platforms.get(0))).containsExactlyInAnyOrder(other, ours);
    assertThat(trusted(platforms.get(1))).containsExactly(ours);
    assertThat(trusted(platforms.get(2))).isEmpty();
  }
}
