package io.github.goldenmaven.verify;

import static io.github.goldenmaven.verify.Reported.file;
import static io.github.goldenmaven.verify.Reported.ids;
import static io.github.goldenmaven.verify.Reported.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.verify.finding.Verdict;
import io.github.goldenmaven.verify.report.ImageReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class GateLayerProofTest extends GateTestFixture {

  @Test
  void refusesGoldenLayersThatAreReorderedMissingOrNotAtTheBottom() {
    for (UnaryOperator<List<JsonObject>> change :
        List.<UnaryOperator<List<JsonObject>>>of(
            layers -> swapped(layers),
            layers -> layers.subList(1, layers.size()),
            layers -> moved(layers))) {
      ApplicationFixture bent =
          fixture
              .service()
              .manifest(
                  json ->
                      json.with(
                          "layers", JsonValue.ofObjects(change.apply(json.objects("layers")))))
              .config(
                  config -> {
                    JsonObject rootfs = config.json().object("rootfs").orElseThrow();
                    List<JsonObject> as =
                        rootfs.strings("diff_ids").stream()
                            .map(id -> JsonObject.EMPTY.with("id", id))
                            .toList();
                    List<String> ids =
                        change.apply(as).stream().map(id -> id.string("id").orElseThrow()).toList();
                    return new io.github.goldenmaven.oci.ImageConfig(
                        config
                            .json()
                            .with("rootfs", rootfs.with("diff_ids", JsonValue.ofTexts(ids))));
                  });

      ImageReport report = fixture.check(bent);
      AttackPage.holds("B1", "golden layers reordered, missing, or not at the bottom", report);
      assertThat(ids(report)).contains("GOLDEN_LAYERS");
    }
  }

  private static <T> List<T> swapped(List<T> layers) {
    List<T> other = new ArrayList<>(layers);
    Collections.swap(other, 0, 1);
    return other;
  }

  private static <T> List<T> moved(List<T> layers) {
    List<T> other = new ArrayList<>(layers);
    Collections.rotate(other, 1);
    return other;
  }

  /** The config says golden, the layers are others. */
  @Test
  void refusesLayersThatAreNotWhatTheConfigSays() {
    ApplicationFixture bent =
        fixture
            .service()
            .with(file("etc/motd", "other\n", 0644))
            .manifest(
                json -> {
                  List<JsonObject> layers = new ArrayList<>(json.objects("layers"));
                  layers.set(2, layers.remove(layers.size() - 1));
                  layers.add(layers.get(2));
                  return json.with("layers", JsonValue.ofObjects(layers));
                });

    ImageReport report = fixture.check(bent);

    AttackPage.holds("B5", "the config says golden, the layers are others", report);
    assertThat(ids(report)).contains("GOLDEN_LAYERS");
  }

  /** The layers are golden, the config says others. */
  @Test
  void refusesAConfigThatDoesNotSayWhatTheLayersAre() {
    ApplicationFixture bent =
        fixture
            .service()
            .config(
                config -> {
                  JsonObject rootfs = config.json().object("rootfs").orElseThrow();
                  List<String> ids = new ArrayList<>(rootfs.strings("diff_ids"));
                  ids.set(0, "sha256:" + "0".repeat(64));
                  return new io.github.goldenmaven.oci.ImageConfig(
                      config
                          .json()
                          .with("rootfs", rootfs.with("diff_ids", JsonValue.ofTexts(ids))));
                });
    ApplicationFixture above =
        fixture
            .service()
            .config(
                config -> {
                  JsonObject rootfs = config.json().object("rootfs").orElseThrow();
                  List<String> ids = new ArrayList<>(rootfs.strings("diff_ids"));
                  ids.set(3, "sha256:" + "0".repeat(64));
                  return new io.github.goldenmaven.oci.ImageConfig(
                      config
                          .json()
                          .with("rootfs", rootfs.with("diff_ids", JsonValue.ofTexts(ids))));
                });

    AttackPage.holds("B5", "the layers are golden, the config says others", fixture.check(bent));
    AttackPage.holds(
        "B5", "a service's layer that is not what the config says", fixture.check(above));
    assertThat(ids(fixture.check(bent))).contains("GOLDEN_LAYERS");
    assertThat(ids(fixture.check(above))).containsExactly("IMAGE_READABLE");
  }

  @Test
  void aRecompressedGoldenPassesOnceItIsUnpackedAndHashed() throws IOException {
    ApplicationFixture same = fixture.service();
    LayoutFolder layout = LayoutFolder.at(shared.resolve("recompressed"));
    ApplicationFixture recompressed = same.manifest(json -> recompressed(json, layout, true));
    ApplicationFixture forged = same.manifest(json -> recompressed(json, layout, false));
    recompressed.writeTo(layout, "good");
    forged.writeTo(layout, "forged");
    fixture.registry.push(layout, "good", "apps/recompressed", "good");
    fixture.registry.push(layout, "forged", "apps/recompressed", "forged");
    String name = fixture.registry.host() + "/apps/recompressed:";

    assertThat(fixture.check(name + "good").findings()).isEmpty();
    AttackPage.holds(
        "B7",
        "another layer where the golden's was compressed anew",
        fixture.check(name + "forged"));
    assertThat(ids(fixture.check(name + "forged"))).contains("GOLDEN_LAYERS");
  }

  private static JsonObject recompressed(JsonObject manifest, LayoutFolder to, boolean honest) {
    List<JsonObject> layers = new ArrayList<>(manifest.objects("layers"));
    Descriptor golden = new Descriptor(layers.get(2));
    try {
      byte[] tar =
          honest
              ? new java.util.zip.GZIPInputStream(
                      new ByteArrayInputStream(fixture.golden.bytes(golden.digest())))
                  .readAllBytes()
              : new byte[10240];
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
        gzip.write(tar);
        gzip.flush();
      }
      layers.set(2, to.put(golden.mediaType(), bytes.toByteArray()).json());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return manifest.with("layers", JsonValue.ofObjects(layers));
  }

  @Test
  void refusesAnIndexOfWhichOnePlatformIsGood() {
    Platform amd = Platform.parse("linux/amd64");
    Platform arm = Platform.parse("linux/arm64");
    LayoutFolder official = TinyBase.writeTo(shared.resolve("two"), amd, arm);
    LayoutFolder golden =
        fixture.push(GoldenFixture.of(official).line("22").version("22.0.1"), "22");
    ApplicationFixture both =
        ApplicationFixture.on(golden, "22", fixture.registry.host() + "/golden/java:22");
    assertThat(fixture.check(both).findings()).isEmpty();

    ApplicationFixture bent =
        both.runtime(runtime -> runtime)
            .config(
                config ->
                    config.platform().equals(arm)
                        ? config.withRuntime(runtime -> runtime.with("User", "0"))
                        : config);
    ImageReport report = fixture.check(bent);

    AttackPage.holds("D1", "an index of which one platform is good", report);
    assertThat(only(report, "CONFIG_USER").where()).endsWith(", linux/arm64");
  }

  /** The registry stores it, every Java library reads it as golden, Go tools run the other. */
  @Test
  void refusesAManifestWithConfusableKeys() {
    LayoutFolder layout = LayoutFolder.at(shared.resolve("confusable"));
    String good =
        new String(fixture.service().writeTo(layout, "good").bytes(), StandardCharsets.UTF_8);
    String bent = good.substring(0, good.length() - 1) + ",\"Layers\":[]}";
    fixture.registry.push(layout, "good", "apps/confusable", "good");
    fixture.registry.put(
        MediaTypes.OCI_MANIFEST, bent.getBytes(StandardCharsets.UTF_8), "apps/confusable", "bent");

    ImageReport report = fixture.check(fixture.registry.host() + "/apps/confusable:bent");

    AttackPage.holds("F1", "'layers', and 'Layers' that Go reads instead", report);
    assertThat(ids(report)).containsExactly("IMAGE_READABLE");
    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
  }
}
