package io.github.goldenmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.Verdict;
import io.github.goldenmaven.verify.report.ImageReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What no real registry can be made to do: it serves an image, and lies where a test says so. */
@Timeout(60)
@NeedsPeer
@SuppressWarnings("NullAway.Init")
class LyingRegistryTest {

  @TempDir private Path folder;

  private LyingGateFixture fixture;

  @BeforeEach
  void serve() {
    fixture = new LyingGateFixture(folder);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void theImageItselfPasses() throws IOException {
    assertThat(fixture.check().findings()).isEmpty();
  }

  @Test
  void refusesAnAnswerWhoseDigestIsNotItsBodys() throws IOException {
    fixture.lie(
        LyingGateFixture.IMAGE,
        200,
        fixture.good.bytes(),
        "Content-Type",
        MediaTypes.OCI_MANIFEST,
        "Docker-Content-Digest",
        "sha256:" + "0".repeat(64));

    refused("says 'sha256:000000");
  }

  @Test
  void refusesAnotherManifestForTheGoldensDigest() throws IOException {
    fixture.lie(
        "/v2/golden/java/manifests/" + fixture.golden.manifest("21").digest(),
        200,
        fixture.good.bytes(),
        "Content-Type",
        MediaTypes.OCI_MANIFEST);

    refused("answers with the manifest '" + fixture.good.digest() + "' where '");
  }

  @Test
  void refusesADocumentThatIsManifestAndIndexInOne() throws IOException {
    byte[] both =
        fixture
            .good
            .json()
            .with("manifests", JsonValue.ofObjects(List.of(JsonObject.EMPTY)))
            .toBytes();
    fixture.lie(LyingGateFixture.IMAGE, 200, both, "Content-Type", MediaTypes.OCI_MANIFEST);

    assertThat(fixture.check().verdict()).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void refusesAManifestThatIsServedAsAnIndex() throws IOException {
    fixture.lie(
        LyingGateFixture.IMAGE, 200, fixture.good.bytes(), "Content-Type", MediaTypes.OCI_INDEX);

    assertThat(fixture.check().verdict()).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void couldNotTellWhereABlobIsMissing() throws IOException {
    Descriptor layer = new ImageManifest(fixture.good).layers().get(3);
    fixture.lie("/v2/apps/orders/blobs/" + layer.digest(), 404, new byte[0]);

    assertThat(fixture.check().verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void refusesABlobOfAnotherSizeOrContent() throws IOException {
    Descriptor layer = new ImageManifest(fixture.good).layers().get(3);
    byte[] other = "other".getBytes(StandardCharsets.UTF_8);
    fixture.lie("/v2/apps/orders/blobs/" + layer.digest(), 200, other);

    assertThat(fixture.check().verdict()).isNotEqualTo(Verdict.PASS);
  }

  /** Runtimes fetch such a layer from elsewhere; docker-registry does not store the manifest. */
  @Test
  void refusesALayerThatIsElsewhere() throws IOException {
    for (int at : new int[] {0, 3}) {
      List<JsonObject> layers = new java.util.ArrayList<>(fixture.good.json().objects("layers"));
      layers.set(
          at, layers.get(at).with("urls", JsonValue.ofTexts(List.of("http://evil.example/layer"))));
      fixture.lie(
          LyingGateFixture.IMAGE,
          200,
          fixture.good.json().with("layers", JsonValue.ofObjects(layers)).toBytes(),
          "Content-Type",
          MediaTypes.OCI_MANIFEST);

      refused("'urls' of elsewhere");
    }
  }

  /** In the config, which its digest makes part of the image. */
  @Test
  void refusesAConfigThatOnlySomeReadersTakeForJson() throws IOException {
    String config =
        new String(
            fixture.apps.bytes(new ImageManifest(fixture.good).config().digest()),
            StandardCharsets.ISO_8859_1);
    String head = config.substring(0, config.length() - 1);
    for (String text :
        List.of(
            head + ",\"os\":\"linux\"}",
            head + ",\"o\u017f\":\"linux\"}",
            head + ",\"x\":\"\u00ff\"}",
            "\u00ef\u00bb\u00bf" + config,
            config + "{}",
            head + ",\"Config\":{\"User\":\"0\"}}")) {
      byte[] bytes =
          text.contains("\u017f")
              ? text.getBytes(StandardCharsets.UTF_8)
              : text.getBytes(StandardCharsets.ISO_8859_1);
      Descriptor bent = fixture.apps.put(MediaTypes.OCI_CONFIG, bytes);
      fixture.lie(
          LyingGateFixture.IMAGE,
          200,
          fixture.good.json().with("config", bent.json()).toBytes(),
          "Content-Type",
          MediaTypes.OCI_MANIFEST);

      ImageReport report = fixture.check();

      assertThat(report.findings())
          .as(text)
          .extracting(finding -> finding.rule().id())
          .containsExactly("IMAGE_READABLE");
      assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
    }
  }

  /** Which of the two runs is the runtime's choice. */
  @Test
  void refusesAnIndexOfTwoEntriesForOnePlatform() throws IOException {
    RawManifest root =
        fixture
            .service()
            .runtime(runtime -> runtime.with("User", "0"))
            .writeTo(fixture.apps, "root");
    JsonObject platform = JsonObject.EMPTY.with("architecture", "amd64").with("os", "linux");
    JsonObject index =
        JsonObject.EMPTY
            .with("schemaVersion", 2)
            .with("mediaType", MediaTypes.OCI_INDEX)
            .with(
                "manifests",
                JsonValue.ofObjects(
                    List.of(
                        fixture.apps.put(fixture.good).withPlatform(platform).json(),
                        fixture.apps.put(root).withPlatform(platform).json())));
    fixture.lie(LyingGateFixture.IMAGE, 200, index.toBytes(), "Content-Type", MediaTypes.OCI_INDEX);

    refused("has two entries for 'linux/amd64'");
  }

  @Test
  void couldNotTellOfARegistryThatIsToBeAskedAgainNextYear() throws IOException {
    fixture.lie(LyingGateFixture.IMAGE, 503, new byte[0], "Retry-After", "31536000");

    assertThat(fixture.check().verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void refusesWhatOnlySomeReadersTakeForJson() throws IOException {
    for (String text :
        List.of(
            "\uFEFF" + new String(fixture.good.bytes(), StandardCharsets.UTF_8),
            new String(fixture.good.bytes(), StandardCharsets.UTF_8) + "{}",
            "[".repeat(10_000),
            new String(fixture.good.bytes(), StandardCharsets.UTF_8)
                .replaceFirst("\"size\":(\\d+)", "\"size\":$1.0"))) {
      fixture.lie(
          LyingGateFixture.IMAGE,
          200,
          text.getBytes(StandardCharsets.UTF_8),
          "Content-Type",
          MediaTypes.OCI_MANIFEST);

      assertThat(fixture.check().verdict()).isEqualTo(Verdict.REFUSED);
    }
  }

  private void refused(String found) throws IOException {
    ImageReport report = fixture.check();
    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(report.findings()).extracting(Finding::found).anyMatch(text -> text.contains(found));
  }
}
