package io.github.goldenmaven.verify;

import static io.github.goldenmaven.verify.Reported.file;
import static io.github.goldenmaven.verify.Reported.ids;
import static io.github.goldenmaven.verify.Reported.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.Severity;
import io.github.goldenmaven.verify.finding.Verdict;
import io.github.goldenmaven.verify.report.GateReport;
import io.github.goldenmaven.verify.report.ImageReport;
import io.github.goldenmaven.verify.report.VerifyHtml;
import io.github.goldenmaven.verify.report.VerifyText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class GateLabelsTest extends GateTestFixture {

  @Test
  void refusesAnImageWhoseLabelsNameAGoldenAndWhoseLayersAreAnother() {
    LayoutFolder other =
        fixture.push(GoldenFixture.of(fixture.official).content("other\n").line("20"), "20");
    ApplicationFixture liar =
        ApplicationFixture.on(other, "20", fixture.goldenName)
            .label(Label.BASE_DIGEST, fixture.golden.manifest("21").digest().toString());

    ImageReport report = fixture.check(liar);

    Finding finding = only(report, "GOLDEN_LAYERS");
    AttackPage.holds("A1", "labels name a golden image, the layers are another's", report);
    assertThat(finding.expected()).startsWith("the 3 layers of '" + fixture.goldenName);
    assertThat(finding.found())
        .isEqualTo(
            "those of '"
                + fixture.registry.host()
                + "/golden/java:20@"
                + other.manifest("20").digest()
                + "'");
    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void namesTheOlderGoldenOfTheLineThatAnImageReallyStandsOn() {
    LayoutFolder older =
        fixture.push(
            GoldenFixture.of(fixture.official).content("older\n").version("21.0.8"), "21.0.8");
    ApplicationFixture liar =
        ApplicationFixture.on(older, "21.0.8", fixture.goldenName)
            .label(Label.BASE_DIGEST, fixture.golden.manifest("21").digest().toString());

    ImageReport report = fixture.check(liar);

    AttackPage.holds("A2", "the layers are an older golden image of the line", report);
    assertThat(only(report, "GOLDEN_LAYERS").found())
        .contains("/golden/java:21.0.8@" + older.manifest("21.0.8").digest());
  }

  @Test
  void refusesAnUnstampedImageAndStillTellsItsGolden() {
    String reference = fixture.push(fixture.service().unstamped());

    ImageReport report = fixture.check(exactPolicy(""), reference).images().get(0);

    Finding finding = only(report, "PROVENANCE_STAMPED");
    AttackPage.holds("A3", "a plain jib or Docker image, nothing stamped", report);
    assertThat(finding.found()).contains("its layers are those of '" + fixture.goldenName);
    assertThat(ids(report)).containsExactly("PROVENANCE_STAMPED");
    assertThat(report.lineage().golden()).startsWith(fixture.goldenName);
  }

  @Test
  void warnsOfAnUnstampedImageUntilTheDayThePolicySays() {
    String reference = fixture.push(fixture.service().unstamped());

    GateReport before =
        fixture.check(exactPolicy("effective: {PROVENANCE_STAMPED: 2026-11-25}\n"), reference);
    GateReport since =
        fixture.check(exactPolicy("effective: {PROVENANCE_STAMPED: 2026-11-24}\n"), reference);

    assertThat(before.verdict()).isEqualTo(Verdict.PASS);
    assertThat(before.images().get(0).findings())
        .extracting(Finding::severity)
        .containsExactly(Severity.WARN);
    assertThat(since.verdict()).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void refusesLabelsThatCameWithTheGoldenImage() {
    ApplicationFixture inherited = fixture.service();
    for (Label label : Label.values()) {
      inherited =
          inherited.label(
              label,
              label
                  .in(
                      fixture
                          .golden
                          .config(new ImageManifest(fixture.golden.manifest("21")))
                          .labels())
                  .orElse(""));
    }

    ImageReport report = fixture.check(inherited);

    AttackPage.holds("A4", "labels inherited from the golden image", report);
    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(only(report, "PROVENANCE_STAMPED").found())
        .isEqualTo("the label 'io.github.goldenmaven.role' says 'golden'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1\nINFO golden.verdict=pass", "\u001b[2K1", "1\u202e2"})
  void refusesALabelThatForgesALine(String version) {
    ImageReport report = fixture.check(fixture.service().label(Label.VERSION, version));

    AttackPage.holds("A9", "a label that forges a line", report);
    assertThat(ids(report)).contains("LABELS_PRINTABLE");
    GateReport whole = new GateReport("policy", GateFixture.NOW, List.of(report));
    assertThat(VerifyText.of(whole, false)).doesNotContain("\u001b").doesNotContain("\u202e");
    assertThat(VerifyText.of(whole, false).lines()).doesNotContain("INFO golden.verdict=pass");
    assertThat(VerifyHtml.of(whole)).doesNotContain("\u001b").doesNotContain("\u202e");
  }

  private static GoldenPolicy exactPolicy(String more) {
    try {
      Path file = java.nio.file.Files.createTempFile(shared, "exact", ".yaml");
      java.nio.file.Files.writeString(
          file, "golden: [" + fixture.registry.host() + "/golden/java]\n" + more);
      return GoldenPolicy.read(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** What is stamped has a grammar, and what is outside is no stamp of ours. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MAVEN_COORDINATES|x|is not group:artifact:version",
        "REVISION|latest and greatest|is not a commit of 40 or 64 digits",
        "CREATED|2099-01-01T00:00:00Z|is a time that is not yet",
        "CREATED|yesterday|is not a time",
        "SOURCE|https://user:secret@git.example/x|has a user, a password or a secret",
        "VERSION|a b|is not a version",
        "BASE_LAYERS|03|is not a number of layers",
        "BASE_MANIFEST|sha256:x|is not a digest"
      })
  void refusesAStampedValueOutsideItsGrammar(Label label, String value, String why) {
    ImageReport report = fixture.check(fixture.service().label(label, value));

    AttackPage.holds(
        "I6", "the label `" + label + "` says `" + value.replace("secret", "...") + "`", report);
    assertThat(report.findings())
        .filteredOn(finding -> finding.rule().id().equals("LABELS_PRINTABLE"))
        .extracting(Finding::found)
        .allMatch(found -> found.endsWith("', which " + why));
    assertThat(ids(report)).contains("LABELS_PRINTABLE");
    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void refusesANameWithAnotherDigestAndAnAnnotationThatNoLabelHolds() {
    String other = "sha256:" + "3".repeat(64);
    ImageReport name =
        fixture.check(fixture.service().label(Label.BASE_NAME, fixture.goldenName + "@" + other));
    AttackPage.holds("I6", "`base.name` with the digest of another golden image", name);
    assertThat(ids(name)).contains("LABELS_AGREE");
    for (String key :
        List.of(
            "io.github.goldenmaven.golden.version",
            "io.github.goldenmaven.official.digest",
            "io.github.goldenmaven.anything",
            "org.opencontainers.image.vendor")) {
      ImageReport report =
          fixture.check(
              fixture
                  .service()
                  .manifest(
                      json ->
                          json.with(
                              "annotations",
                              json.object("annotations").orElseThrow().with(key, "lie"))));
      AttackPage.holds("I6", "an annotation `" + key + "` that lies", report);
      assertThat(ids(report)).containsExactly("LABELS_AGREE");
    }
  }

  /** A history of other layers than there are. */
  @Test
  void refusesAHistoryOfOtherLayers() {
    ImageReport report =
        fixture.check(
            fixture
                .service()
                .config(
                    config -> {
                      List<JsonObject> history = new ArrayList<>(config.json().objects("history"));
                      history.remove(history.size() - 1);
                      return new io.github.goldenmaven.oci.ImageConfig(
                          config.json().with("history", JsonValue.ofObjects(history)));
                    }));

    AttackPage.holds("I6", "a history of other layers than there are", report);
    assertThat(ids(report)).containsExactly("IMAGE_READABLE");
  }

  /** What only says that no machine runs it. */
  @Test
  void refusesAnIndexEntryThatOnlyLooksUnrunnable() {
    LayoutFolder layout = LayoutFolder.at(shared.resolve("unrunnable"));
    RawManifest good = fixture.service().writeTo(layout, "good");
    JsonObject unknown = JsonObject.EMPTY.with("architecture", "unknown").with("os", "unknown");
    JsonObject here =
        JsonObject.EMPTY
            .with("architecture", layout.config(new ImageManifest(good)).platform().architecture())
            .with("os", "linux");
    RawManifest evil = fixture.service().runtime(r -> r.with("User", "0")).writeTo(layout, "evil");
    layout.put(
        RawManifest.of(
            JsonObject.EMPTY
                .with("schemaVersion", 2)
                .with("mediaType", MediaTypes.OCI_INDEX)
                .with(
                    "manifests",
                    JsonValue.ofObjects(
                        List.of(
                            good.descriptor().withPlatform(here).json(),
                            evil.descriptor().withPlatform(unknown).json())))),
        "both");
    fixture.registry.push(layout, "both", "apps/unrunnable", "both");

    ImageReport report = fixture.check(fixture.registry.host() + "/apps/unrunnable:both");

    AttackPage.holds("I7", "an image for the platform 'unknown'", report);
    assertThat(ids(report)).containsExactly("IMAGE_READABLE");
  }
}
