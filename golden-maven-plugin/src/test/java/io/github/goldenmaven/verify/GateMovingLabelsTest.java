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
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.verify.finding.Severity;
import io.github.goldenmaven.verify.finding.Verdict;
import io.github.goldenmaven.verify.report.ImageReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys by which somebody else deletes the image, or runs another in its place. */
@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class GateMovingLabelsTest {

  @TempDir static Path shared;
  private static GateFixture fixture;

  @BeforeAll
  static void open() {
    fixture = new GateFixture(shared);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  /** The image would go, or be replaced, somewhere else. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "quay.expires-after",
        "io.containers.autoupdate",
        "com.centurylinklabs.watchtower.enable",
        "com.jfrog.artifactory.retention.maxDays",
        "wud.watch"
      })
  void aLabelThatMovesTheImageIsRefusedInAReleaseAndWarnedOfBefore(String key) {
    String reference = push("label", key);

    ImageReport report = release(reference);

    AttackPage.holds("I6", "the label `" + key + "`", report);
    assertThat(ids(report)).containsExactly("LABELS_PRINTABLE");
    ImageReport before = fixture.check(reference);
    assertThat(before.verdict()).isEqualTo(Verdict.PASS);
    assertThat(only(before, "LABELS_PRINTABLE").severity()).isEqualTo(Severity.WARN);
    assertThat(only(before, "LABELS_PRINTABLE").remedy())
        .isEqualTo("Take it out before a release, which it is refused in.");
  }

  @ParameterizedTest
  @CsvSource({"manifest", "index", "entry"})
  void anAnnotationThatMovesTheImageIsRefusedWhereverItIs(String place) {
    String key = "QUAY.Expires-After";
    ImageReport report = release(push(place, key));

    AttackPage.holds("I6", "the annotation `" + key + "` of the " + place, report);
    assertThat(only(report, "LABELS_PRINTABLE").found())
        .isEqualTo("'" + key + "': it makes Quay delete the image");
    assertThat(only(report, "LABELS_PRINTABLE").where()).endsWith(", annotation " + key);
  }

  private static ImageReport release(String reference) {
    return fixture
        .checkBefore(
            fixture.policy(""), fixture.registry.host() + "/releases/orders:1.4.2", reference)
        .images()
        .get(0);
  }

  /** An index of one image, with the key in that place. */
  private static String push(String place, String key) {
    String tag = place + Integer.toHexString(key.hashCode());
    LayoutFolder layout = LayoutFolder.at(shared.resolve(tag));
    RawManifest image =
        fixture
            .service()
            .config(
                config -> {
                  Map<String, String> labels = new TreeMap<>(config.labels());
                  if (place.equals("label")) {
                    labels.put(key, "1w");
                  }
                  return config.withLabels(labels);
                })
            .manifest(json -> place.equals("manifest") ? annotated(json, key) : json)
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
                    List.of(place.equals("entry") ? annotated(entry, key) : entry)));
    layout.put(RawManifest.of(place.equals("index") ? annotated(index, key) : index), "all");
    fixture.registry.push(layout, "all", "apps/moving", tag);
    return fixture.registry.host() + "/apps/moving:" + tag;
  }

  private static JsonObject annotated(JsonObject json, String key) {
    JsonObject annotations = json.object("annotations").orElse(JsonObject.EMPTY);
    return json.with("annotations", annotations.with(key, "1w"));
  }
}
