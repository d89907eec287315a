package io.github.goldenmaven.verify;

import static io.github.goldenmaven.verify.Reported.ids;
import static io.github.goldenmaven.verify.Reported.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.verify.finding.Verdict;
import io.github.goldenmaven.verify.report.ImageReport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class GateDescriptorsTest extends GateGoldenFixture {

  @ParameterizedTest
  @CsvSource({
    "0, size",
    "3, size",
    "0, mediaType",
    "3, mediaType",
  })
  void refusesADescriptorThatIsNotTheLayers(int layer, String key) {
    fixture.check(fixture.service());

    ImageReport report =
        fixture.check(
            fixture.service().manifest(json -> json.with("layers", bent(json, layer, key))));

    String whose = layer == 0 ? "the golden image's" : "the service's";
    AttackPage.holds("B20", "another `" + key + "` of a known layer, " + whose, report);
    assertThat(ids(report)).containsExactly("IMAGE_READABLE");
    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
  }

  /** eStargz, zstd:chunked and nydus have a list of their own of what a layer holds. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "containerd.io/snapshot/stargz/toc.digest",
        "io.github.containers.zstd-chunked.manifest-checksum",
        "containerd.io/snapshot/nydus-blob",
        "io.containers.zstd-chunked.manifest-position"
      })
  void refusesALayerOfWhichSomeRuntimesReadAnotherList(String key) {
    ImageReport report =
        fixture.check(
            fixture
                .service()
                .manifest(
                    json ->
                        json.with(
                            "layers",
                            changed(
                                json,
                                3,
                                layer ->
                                    layer.with(
                                        "annotations",
                                        JsonObject.EMPTY.with(key, "sha256:" + "1".repeat(64)))))));

    AttackPage.holds("B20", "a layer annotated with `" + key + "`", report);
    assertThat(ids(report)).containsExactly("IMAGE_READABLE");
  }

  /** SOCI's list is of the whole image, and its manifest says which it is. */
  @Test
  void refusesAManifestOfWhichSomeRuntimesReadAnotherList() {
    ImageReport report =
        fixture.check(
            fixture
                .service()
                .manifest(
                    json ->
                        json.with(
                            "annotations",
                            JsonObject.EMPTY.with(
                                "com.amazon.soci.index-digest", "sha256:" + "1".repeat(64)))));

    AttackPage.holds("B20", "a manifest annotated with `com.amazon.soci.index-digest`", report);
    assertThat(ids(report)).contains("IMAGE_READABLE");
  }

  /** A golden image may stand on an official one of such layers; it is the same for all. */
  @Test
  void aLayerThatIsAnnotatedInTheGoldenItselfIsHarmless() {
    LayoutFolder lazy = LayoutFolder.at(shared.resolve("lazy"));
    RawManifest golden = fixture.golden.manifest("21");
    ImageManifest manifest = new ImageManifest(golden);
    manifest.layers().forEach(layer -> lazy.copy(layer, fixture.golden));
    lazy.copy(manifest.config(), fixture.golden);
    JsonObject annotated =
        golden
            .json()
            .with(
                "layers",
                changed(
                    golden.json(),
                    0,
                    layer ->
                        layer.with(
                            "annotations",
                            JsonObject.EMPTY.with(
                                "containerd.io/snapshot/stargz/toc.digest",
                                "sha256:" + "1".repeat(64)))));
    lazy.put(RawManifest.of(annotated), "43");
    fixture.registry.push(lazy, "43", "golden/java", "43");
    String name = fixture.registry.host() + "/golden/java:43";

    assertThat(fixture.check(name).findings()).isEmpty();
    assertThat(fixture.check(ApplicationFixture.on(lazy, "43", name)).findings()).isEmpty();
  }

  /** Who finds the content in the descriptor does not fetch it. */
  @Test
  void refusesADescriptorThatBringsOtherContentAlong() {
    LayoutFolder layout = LayoutFolder.at(shared.resolve("data"));
    JsonObject good = fixture.service().writeTo(layout, "good").json();
    fixture.registry.push(layout, "good", "apps/data", "good");
    fixture.registry.put(
        MediaTypes.OCI_MANIFEST,
        good.with("layers", changed(good, 3, layer -> layer.with("data", "ZXZpbA=="))).toBytes(),
        "apps/data",
        "bent");

    ImageReport report = fixture.check(fixture.registry.host() + "/apps/data:bent");

    AttackPage.holds("B20", "a descriptor with other content in its `data`", report);
    assertThat(ids(report)).containsExactly("IMAGE_READABLE");
  }

  /** An artifact to some tools, an image to others. */
  @Test
  void refusesAConfigOfAnotherType() {
    ImageReport report =
        fixture.check(
            fixture
                .service()
                .manifest(
                    json ->
                        json.with(
                            "config",
                            json.object("config")
                                .orElseThrow()
                                .with("mediaType", "application/vnd.cncf.helm.config.v1+json"))));

    AttackPage.holds("B20", "a config of another `mediaType`", report);
    assertThat(ids(report)).containsExactly("IMAGE_READABLE");
    assertThat(only(report, "IMAGE_READABLE").found())
        .isEqualTo("'application/vnd.cncf.helm.config.v1+json'");
  }

  @Test
  void refusesAConfigOfAnotherSizeThatIsKnown() {
    fixture.check(fixture.service());

    ImageReport report =
        fixture.check(
            fixture
                .service()
                .manifest(
                    json ->
                        json.with("config", json.object("config").orElseThrow().with("size", 7))));

    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
  }

  /** Annotations are what tools read that do not read the config. */
  @Test
  void refusesAnnotationsThatLieOfTheBase() {
    ImageReport report =
        fixture.check(
            fixture
                .service()
                .manifest(
                    json ->
                        json.with(
                            "annotations",
                            json.object("annotations")
                                .orElseThrow()
                                .with(Label.BASE_DIGEST.key(), "sha256:" + "1".repeat(64)))));

    AttackPage.holds("A5", "an annotation that names another base than the label", report);
    assertThat(only(report, "LABELS_AGREE").where())
        .endsWith(", annotation org.opencontainers.image.base.digest");
  }

  /** The manifest's, the index's and those of an entry of the index. */
  @ParameterizedTest
  @CsvSource({
    "manifest, BASE_NAME",
    "manifest, BASE_DIGEST",
    "index, BASE_NAME",
    "index, BASE_DIGEST",
    "entry, BASE_NAME",
    "entry, BASE_DIGEST"
  })
  void refusesAnnotationsThatLieOfTheBaseWhereverTheyAre(String place, Label label) {
    String lie =
        label == Label.BASE_NAME
            ? fixture.registry.host() + "/golden/java:22"
            : "sha256:" + "1".repeat(64);
    LayoutFolder layout = LayoutFolder.at(shared.resolve(place + label));
    RawManifest image =
        fixture
            .service()
            .manifest(json -> place.equals("manifest") ? annotated(json, label, lie) : json)
            .writeTo(layout, "1");
    Platform platform = layout.config(new ImageManifest(image)).platform();
    JsonObject entry =
        layout
            .put(image)
            .withPlatform(
                JsonObject.EMPTY
                    .with("architecture", platform.architecture())
                    .with("os", platform.os()))
            .json();
    JsonObject index =
        JsonObject.EMPTY
            .with("schemaVersion", 2)
            .with("mediaType", MediaTypes.OCI_INDEX)
            .with(
                "manifests",
                JsonValue.ofObjects(
                    List.of(place.equals("entry") ? annotated(entry, label, lie) : entry)));
    layout.put(RawManifest.of(place.equals("index") ? annotated(index, label, lie) : index), "all");
    fixture.registry.push(layout, "all", "apps/annotated", place);

    ImageReport report = fixture.check(fixture.registry.host() + "/apps/annotated:" + place);

    AttackPage.holds(
        "A5", "an annotation of the " + place + " that lies of `" + label + "`", report);
    assertThat(ids(report)).containsExactly("LABELS_AGREE");
    assertThat(only(report, "LABELS_AGREE").found()).isEqualTo("'" + lie + "'");
    assertThat(only(report, "LABELS_AGREE").where()).endsWith(", annotation " + label);
  }

  private static JsonObject annotated(JsonObject json, Label label, String value) {
    return json.with(
        "annotations",
        json.object("annotations").orElse(JsonObject.EMPTY).with(label.key(), value));
  }
}
