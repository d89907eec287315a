package io.github.goldenmaven.verify;

import static io.github.goldenmaven.verify.Reported.ids;
import static io.github.goldenmaven.verify.Reported.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.Request;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.Verdict;
import io.github.goldenmaven.verify.report.ImageReport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on what an image says it stands on: the golden image, the labels, the descriptors. */
@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class GateGoldenTest extends GateGoldenFixture {

  /** The caches of the machine know the fake golden and its layers; its name is the company's. */
  @Test
  void refusesAGoldenThatWasOnlyEverInAnotherRepository() {
    LayoutFolder fake =
        GoldenFixture.of(fixture.official)
            .content("none\n")
            .runnable()
            .writeTo(shared.resolve("fake"));
    fixture.registry.push(fake, "21", "apps/evil", "21");
    fixture.check(fixture.service().with(fakesLayer(fake)));
    fixture.check(fixture.registry.host() + "/apps/evil:21");

    ImageReport report = fixture.check(ApplicationFixture.on(fake, "21", fixture.goldenName));

    AttackPage.holds("A1", "a golden image that was only ever in another repository", report);
    assertThat(only(report, "IMAGE_AVAILABLE").expected())
        .isEqualTo(
            "the golden image '"
                + fixture.goldenName
                + "@"
                + fake.manifest("21").digest()
                + "' for linux/amd64");
    assertThat(report.lineage().proven()).isFalse();
  }

  private static io.github.goldenmaven.oci.layer.Layer fakesLayer(LayoutFolder fake) {
    ImageManifest manifest = new ImageManifest(fake.manifest("21"));
    return new io.github.goldenmaven.oci.layer.Layer(
        io.github.goldenmaven.oci.layer.Blob.of(fake.bytes(manifest.layers().get(2).digest())),
        fake.config(manifest).diffIds().get(2),
        manifest.layers().get(2).mediaType());
  }

  @Test
  void couldNotTellOfADigestThatTheRepositoryDoesNotHave() {
    Digest digest = fixture.check(fixture.service()).digest().orElseThrow();

    ImageReport report = fixture.check(fixture.registry.host() + "/apps/nowhere@" + digest);

    assertThat(ids(report)).containsExactly("IMAGE_AVAILABLE");
    assertThat(report.verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void asksForAGoldenOnceInARunHoweverItIsNamed() {
    String host = fixture.registry.host();
    String[] references = {
      fixture.push(fixture.service()),
      fixture.push(ApplicationFixture.on(fixture.golden, "21", host + "/golden/java:21.0")),
      fixture.push(fixture.service().label(Label.TITLE, "others"))
    };
    fixture.registry.mark();

    assertThat(fixture.check(fixture.policy(""), references).verdict()).isEqualTo(Verdict.PASS);

    assertThat(fixture.registry.requests())
        .extracting(Request::toString)
        .filteredOn(request -> request.contains("/golden/java/"))
        .containsExactly(
            "GET /v2/golden/java/manifests/" + fixture.golden.manifest("21").digest() + " 200");
  }

  /** Another role must not switch the rules for applications off. */
  @ParameterizedTest
  @ValueSource(strings = {"service", "Application", " application", ""})
  void refusesAnOlderGoldenWhateverTheRoleIsCalled(String role) {
    LayoutFolder older =
        fixture.push(
            GoldenFixture.of(fixture.official).content("older\n").version("21.0.8"), "21.0.8");
    ImageReport report =
        fixture.check(
            ApplicationFixture.on(older, "21.0.8", fixture.goldenName)
                .label(Label.BASE_DIGEST, fixture.golden.manifest("21").digest().toString())
                .label(Label.ROLE, role));

    AttackPage.holds("A2", "the same with the role '" + role + "'", report);
    assertThat(ids(report)).contains("PROVENANCE_STAMPED", "GOLDEN_LAYERS", "LABELS_AGREE");
    assertThat(only(report, "GOLDEN_LAYERS").found())
        .contains("/golden/java:21.0.8@" + older.manifest("21.0.8").digest());
  }

  @ParameterizedTest
  @CsvSource({
    "service, GOLDEN_VERSION, 99.9",
    "service, BASE_LAYERS, 1",
    "application, GOLDEN_VERSION, 99.9",
    "application, BASE_LAYERS, 1"
  })
  void refusesLabelsThatLieOfTheGoldenWhateverTheRole(String role, Label label, String value) {
    ImageReport report =
        fixture.check(fixture.service().label(Label.ROLE, role).label(label, value));

    assertThat(ids(report)).contains("LABELS_AGREE");
  }

  @Test
  void refusesLabelsOfAnotherSchema() {
    ImageReport report = fixture.check(fixture.service().label(Label.SCHEMA, "2"));

    assertThat(ids(report)).containsExactly("PROVENANCE_STAMPED");
    assertThat(only(report, "PROVENANCE_STAMPED").found())
        .isEqualTo("the label 'io.github.goldenmaven.schema' says '2'");
  }

  /** Base images of Docker's own tools carry these two labels without being stamped by us. */
  @Test
  void holdsAnUnstampedImageToTheBaseThatItNames() {
    ImageReport honest =
        fixture.check(
            fixture
                .service()
                .unstamped()
                .label(Label.BASE_NAME, fixture.goldenName)
                .label(Label.BASE_DIGEST, fixture.golden.manifest("21").digest().toString()));

    assertThat(ids(honest)).containsExactly("PROVENANCE_STAMPED");
  }

  @Test
  void refusesAGoldenOfTheFuture() {
    LayoutFolder future =
        fixture.push(
            GoldenFixture.of(fixture.official)
                .line("40")
                .version("40.0.1")
                .label(Label.CREATED.key(), "2099-01-01T00:00:00Z"),
            "40");
    String reference =
        fixture.push(
            ApplicationFixture.on(future, "40", fixture.registry.host() + "/golden/java:40"));

    ImageReport report =
        fixture.check(fixture.policy("freshness: {maxAge: P30D}\n"), reference).images().get(0);

    assertThat(ids(report)).containsExactly("GOLDEN_FRESH");
    assertThat(only(report, "GOLDEN_FRESH").found())
        .isEqualTo("one of 2099-01-01T00:00:00Z, which is still to come");
  }

  /** To bake it again of the same commit, outside git, would give the same again. */
  @ParameterizedTest
  @ValueSource(strings = {"1970-01-01T00:00:00Z", ""})
  void saysOfAGoldenWithoutADateHowToGiveItOne(String created) {
    String line = created.isEmpty() ? "42" : "41";
    LayoutFolder undated =
        fixture.push(
            GoldenFixture.of(fixture.official)
                .line(line)
                .version(line + ".0.1")
                .label(Label.CREATED.key(), created),
            line);
    String golden = fixture.registry.host() + "/golden/java:" + line;
    String application = fixture.push(ApplicationFixture.on(undated, line, golden));

    for (String reference : List.of(golden, application)) {
      Finding finding =
          only(
              fixture
                  .check(fixture.policy("freshness: {maxAge: P30D}\n"), reference)
                  .images()
                  .get(0),
              "GOLDEN_FRESH");

      assertThat(finding.found()).isEqualTo("this golden carries no date");
      assertThat(finding.remedy())
          .isEqualTo(
              "Have the golden image baked again with a date: -Dgolden.created,"
                  + " <project.build.outputTimestamp>, or a git checkout of its definition. Then"
                  + " build the image again on it.");
    }
  }

  /** Registries list tags as texts: the newest come last, behind hundreds of others. */
  @Test
  void seesTheNewestGoldenBehindHundredsOfTags() {
    GoldenFixture made = GoldenFixture.of(fixture.official).line("70").runnable();
    LayoutFolder old = made.version("70.0.1").writeTo(shared.resolve("many"), "70.0.1");
    LayoutFolder newest = made.version("70.0.9").writeTo(shared.resolve("many9"), "70.0.9");
    fixture.registry.push(old, "70.0.1", "golden/many", "70.0.1");
    fixture.registry.push(newest, "70.0.9", "golden/many", "70.0.9");
    tag(old.manifest("70.0.1"), "10.0.");
    String reference =
        fixture.push(
            ApplicationFixture.on(old, "70.0.1", fixture.registry.host() + "/golden/many:70.0.1"));

    ImageReport behind =
        fixture.check(fixture.policy("freshness: {behind: 0}\n"), reference).images().get(0);
    tag(old.manifest("70.0.1"), "build-");
    ImageReport tooMany =
        fixture.check(fixture.policy("freshness: {behind: 0}\n"), reference).images().get(0);

    assertThat(only(behind, "GOLDEN_FRESH").found()).startsWith("1 newer than '");
    assertThat(only(tooMany, "IMAGE_AVAILABLE").found())
        .isEqualTo(
            "The repository '"
                + fixture.registry.host()
                + "/golden/many' has too many tags to tell how many are newer than '70.0.1'.");
    assertThat(tooMany.verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  private static void tag(RawManifest manifest, String prefix) {
    for (int at = 0; at < 201; at++) {
      fixture.registry.put(manifest.mediaType(), manifest.bytes(), "golden/many", prefix + at);
    }
  }

  /** The golden's own layers must be what its config says: what is protected is read of them. */
  @Test
  void refusesAGoldenWhoseLayersAreNotWhatItsConfigSays() {
    ImageManifest whole = new ImageManifest(fixture.golden.manifest("21"));
    LayoutFolder bent = LayoutFolder.at(shared.resolve("bent"));
    List<JsonObject> layers = new ArrayList<>(whole.raw().json().objects("layers"));
    for (JsonObject layer : layers) {
      bent.copy(new io.github.goldenmaven.oci.Descriptor(layer), fixture.golden);
    }
    bent.copy(whole.config(), fixture.golden);
    layers.set(1, bent.put(new RawLayer().folder("opt").layer()).json());
    bent.put(RawManifest.of(whole.raw().json().with("layers", JsonValue.ofObjects(layers))), "41");
    fixture.registry.push(bent, "41", "golden/java", "41");

    ImageReport report =
        fixture.check(
            ApplicationFixture.on(bent, "41", fixture.registry.host() + "/golden/java:41"));

    assertThat(ids(report)).containsExactly("IMAGE_READABLE");
    assertThat(only(report, "IMAGE_READABLE").found())
        .matches(
            "The layer 'sha256:[0-9a-f]+' of the golden image '.*/golden/java:41@sha256:[0-9a-f]+'"
                + " unpacks to 'sha256:[0-9a-f]+', and its config says 'sha256:[0-9a-f]+'\\.");
  }

  /** Nothing that the gate protects is where Windows has it. */
  @Test
  void refusesImagesThatAreNotForLinux() {
    LayoutFolder official =
        io.github.goldenmaven.peers.TinyBase.writeTo(
            shared.resolve("windows"), Platform.parse("windows/amd64"));
    LayoutFolder golden =
        fixture.push(GoldenFixture.of(official).line("42").version("42.0.1"), "42");

    ImageReport report =
        fixture.check(
            ApplicationFixture.on(golden, "42", fixture.registry.host() + "/golden/java:42"));

    assertThat(ids(report)).contains("IMAGE_READABLE");
    assertThat(only(report, "IMAGE_READABLE").found()).isEqualTo("one for 'windows/amd64'");
  }
}
