package io.github.goldenmaven.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageIndex;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.provenance.Label;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenFixtureTest {

  @TempDir Path folder;

  @Test
  void stampsWhatAGoldenImageMustSayAndCarriesTheOfficialConfig() {
    LayoutFolder official = TinyBase.writeTo(folder.resolve("official"));
    RawManifest below = official.manifest(TinyBase.TAG);
    ImageConfig officialConfig = official.config(new ImageManifest(below));

    LayoutFolder layout = GoldenFixture.of(official).writeTo(folder.resolve("golden"));
    ImageManifest golden = new ImageManifest(layout.manifest("21"));
    ImageConfig config = layout.config(golden);

    assertThat(config.labels())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("com.example.maintainer", "The official images team"),
                Map.entry("org.opencontainers.image.title", "java"),
                Map.entry("org.opencontainers.image.version", "21.0.9"),
                Map.entry("org.opencontainers.image.created", "2026-11-01T00:00:00Z"),
                Map.entry(
                    "org.opencontainers.image.base.name",
                    "docker.io/library/eclipse-temurin:17-jre"),
                Map.entry("org.opencontainers.image.base.digest", below.digest().toString()),
                Map.entry("io.github.goldenmaven.schema", "1"),
                Map.entry("io.github.goldenmaven.role", "golden"),
                Map.entry("io.github.goldenmaven.base.manifest", below.digest().toString()),
                Map.entry(
                    "io.github.goldenmaven.base.chain",
                    ImageConfig.chainId(officialConfig.diffIds()).toString()),
                Map.entry("io.github.goldenmaven.base.layers", "2"),
                Map.entry("io.github.goldenmaven.golden.name", "java"),
                Map.entry("io.github.goldenmaven.golden.version", "21.0.9"),
                Map.entry("io.github.goldenmaven.golden.line", "21"),
                Map.entry("io.github.goldenmaven.golden.certificates", GoldenFixture.CERTIFICATE),
                Map.entry(
                    "io.github.goldenmaven.official.name",
                    "docker.io/library/eclipse-temurin:17-jre"),
                Map.entry("io.github.goldenmaven.official.digest", below.digest().toString())));
    assertThat(golden.annotations())
        .containsOnlyKeys(
            "org.opencontainers.image.title",
            "org.opencontainers.image.version",
            "org.opencontainers.image.created",
            "org.opencontainers.image.base.name",
            "org.opencontainers.image.base.digest");
    assertThat(config.diffIds().subList(0, 2)).isEqualTo(officialConfig.diffIds());
    assertThat(golden.layers().subList(0, 2)).isEqualTo(new ImageManifest(below).layers());
    assertThat(golden.layers()).hasSize(3);
    JsonObject runtime = config.runtime();
    assertThat(runtime.object("Healthcheck").orElseThrow().integer("StartInterval"))
        .hasValue(1_000_000_000L);
    assertThat(runtime.string("StopSignal")).hasValue("SIGTERM");
    assertThat(config.user()).hasValue("10001");
  }

  @Test
  void givesTheSameDigestAgainAndAnotherForAnotherContent() {
    LayoutFolder official = TinyBase.writeTo(folder.resolve("official"));
    GoldenFixture golden = GoldenFixture.of(official);
    Digest first = golden.writeTo(folder.resolve("1")).manifest("21").digest();
    assertThat(golden.writeTo(folder.resolve("2")).manifest("21").digest()).isEqualTo(first);
    assertThat(golden.content("{}").writeTo(folder.resolve("3")).manifest("21").digest())
        .isNotEqualTo(first);
  }

  @Test
  void statesTheFingerprintOfTheCaThatIsInIt() throws Exception {
    byte[] pem = GoldenFixture.CA.getBytes(StandardCharsets.US_ASCII);
    byte[] der =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem))
            .getEncoded();
    assertThat(Digest.of(der).hex()).isEqualTo(GoldenFixture.CERTIFICATE);
  }

  @Test
  void letsALabelLieOrGoMissing() {
    LayoutFolder official = TinyBase.writeTo(folder.resolve("official"));
    LayoutFolder layout =
        GoldenFixture.of(official)
            .label(Label.ROLE.key(), "")
            .label(Label.BASE_LAYERS.key(), "9")
            .writeTo(folder.resolve("golden"));
    Map<String, String> labels = layout.config(new ImageManifest(layout.manifest("21"))).labels();
    assertThat(labels).doesNotContainKey(Label.ROLE.key());
    assertThat(labels).containsEntry(Label.BASE_LAYERS.key(), "9");
  }

  @Test
  @NeedsPeer({"docker-registry", "skopeo"})
  void isReadBySkopeoFromARegistryOnEveryPlatform() throws Exception {
    LayoutFolder official =
        TinyBase.writeTo(
            folder.resolve("official"),
            Platform.parse("linux/amd64"),
            Platform.parse("linux/arm64"));
    GoldenFixture golden = GoldenFixture.of(official).line("17").version("17.0.15");
    try (DockerRegistry registry = DockerRegistry.options().withTls().withCredentials().start()) {
      String reference = golden.pushTo(registry, "golden/java");
      assertThat(reference).isEqualTo(registry.host() + "/golden/java:17");
      RawManifest index = registry.manifest("golden/java", "17").orElseThrow();
      assertThat(registry.requests()).isEmpty();
      assertThat(new ImageIndex(index).annotations())
          .containsEntry(
              "org.opencontainers.image.base.digest",
              official.manifest(TinyBase.TAG).digest().toString());
      Files.createDirectories(folder.resolve("certs"));
      Files.copy(
          registry.certificates().orElseThrow().ca(), folder.resolve("certs").resolve("ca.crt"));
      for (Descriptor entry : new ImageIndex(index).runnable()) {
        Platform platform = entry.platform().orElseThrow();
        String inspected =
            Command.of(Machine.require("skopeo").toString(), "inspect")
                .with("--cert-dir", folder.resolve("certs").toString())
                .with("--creds", DockerRegistry.USER + ":" + DockerRegistry.PASSWORD)
                .with("--override-arch", platform.architecture(), "docker://" + reference)
                .run();
        JsonObject told = StrictJson.read("skopeo", inspected.getBytes(StandardCharsets.UTF_8));
        assertThat(told.string("Architecture")).hasValue(platform.architecture());
        assertThat(told.stringMap("Labels"))
            .containsEntry("io.github.goldenmaven.role", "golden")
            .containsEntry("io.github.goldenmaven.golden.version", "17.0.15");
      }
    }
  }
}
