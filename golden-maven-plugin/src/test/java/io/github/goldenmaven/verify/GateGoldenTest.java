package io.github.goldenmaven.verify;

import static io.github.goldenmaven.verify.Reported.ids;
import static io.github.goldenmaven.verify.Reported.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.MediaTypes;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on what an image says it stands on: the golden image, the labels, the descriptors. */
@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class GateGoldenTest {

  @TempDir static Path shared;
  private static GateHouse house;

  @BeforeAll
  static void open() {
    house = new GateHouse(shared);
  }

  @AfterAll
  static void close() {
    house.close();
  }

  /** The caches of the machine know the fake golden and its layers; its name is the company's. */
  @Test
  void refusesAGoldenThatWasOnlyEverInAnotherRepository() {
    LayoutFolder fake =
        GoldenFixture.of(house.official)
            .content("none\n")
            .runnable()
            .writeTo(shared.resolve("fake"));
    house.registry.push(fake, "21", "apps/evil", "21");
    house.check(house.service().with(fakesLayer(fake)));
    house.check(house.registry.host() + "/apps/evil:21");

    ImageReport report = house.check(ApplicationFixture.on(fake, "21", house.goldenName));

    AttackPage.holds("A1", "a golden image that was only ever in another repository", report);
    assertThat(only(report, "IMAGE_AVAILABLE").expected())
        .isEqualTo(
            "the golden image '"
                + house.goldenName
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
    Digest digest = house.check(house.service()).digest().orElseThrow();

    ImageReport report = house.check(house.registry.host() + "/apps/nowhere@" + digest);

    assertThat(ids(report)).containsExactly("IMAGE_AVAILABLE");
    assertThat(report.verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void asksForAGoldenOnceInARunHoweverItIsNamed() {
    String host = house.registry.host();
    String[] references = {
      house.push(house.service()),
      house.push(ApplicationFixture.on(house.golden, "21", host + "/golden/java:21.0")),
      house.push(house.service().label(Label.TITLE, "others"))
    };
    house.registry.mark();

    assertThat(house.check(house.policy(""), references).verdict()).isEqualTo(Verdict.PASS);

    assertThat(house.registry.requests())
        .extracting(Request::toString)
        .filteredOn(request -> request.contains("/golden/java/"))
        .containsExactly(
            "GET /v2/golden/java/manifests/" + house.golden.manifest("21").digest() + " 200");
  }

  /** Another role must not switch the rules for applications off. */
  @ParameterizedTest
  @ValueSource(strings = {"service", "Application", " application", ""})
  void refusesAnOlderGoldenWhateverTheRoleIsCalled(String role) {
    LayoutFolder older =
        house.push(GoldenFixture.of(house.official).content("older\n").version("21.0.8"), "21.0.8");
    ImageReport report =
        house.check(
            ApplicationFixture.on(older, "21.0.8", house.goldenName)
                .label(Label.BASE_DIGEST, house.golden.manifest("21").digest().toString())
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
    ImageReport report = house.check(house.service().label(Label.ROLE, role).label(label, value));

    assertThat(ids(report)).contains("LABELS_AGREE");
  }

  @Test
  void refusesLabelsOfAnotherSchema() {
    ImageReport report = house.check(house.service().label(Label.SCHEMA, "2"));

    assertThat(ids(report)).containsExactly("PROVENANCE_STAMPED");
    assertThat(only(report, "PROVENANCE_STAMPED").found())
        .isEqualTo("the label 'io.github.goldenmaven.schema' says '2'");
  }

  /** Base images of Docker's own tools carry these two labels without being stamped by us. */
  @Test
  void holdsAnUnstampedImageToTheBaseThatItNames() {
    ImageReport honest =
        house.check(
            house
                .service()
                .unstamped()
                .label(Label.BASE_NAME, house.goldenName)
                .label(Label.BASE_DIGEST, house.golden.manifest("21").digest().toString()));

    assertThat(ids(honest)).containsExactly("PROVENANCE_STAMPED");
  }

  @ParameterizedTest
  @CsvSource({
    "0, size",
    "3, size",
    "0, mediaType",
    "3, mediaType",
  })
  void refusesADescriptorThatIsNotTheLayers(int layer, String key) {
    house.check(house.service());

    ImageReport report =
        house.check(house.service().manifest(json -> json.with("layers", bent(json, layer, key))));

    String whose = layer == 0 ? "the golden image's" : "the service's";
    AttackPage.holds("B20", "another `" + key + "` of a known layer, " + whose, report);
    assertThat(ids(report)).containsExactly("IMAGE_READABLE");
    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
  }

  private static JsonValue bent(JsonObject manifest, int layer, String key) {
    return changed(
        manifest,
        layer,
        one ->
            switch (key) {
              case "size" -> one.with("size", 7);
              default -> one.with("mediaType", "application/vnd.oci.image.layer.v1.tar+encrypted");
            });
  }

  private static JsonValue changed(
      JsonObject manifest, int layer, UnaryOperator<JsonObject> change) {
    List<JsonObject> layers = new ArrayList<>(manifest.objects("layers"));
    layers.set(layer, change.apply(layers.get(layer)));
    return JsonValue.ofObjects(layers);
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
        house.check(
            house
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
        house.check(
            house
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
    RawManifest golden = house.golden.manifest("21");
    ImageManifest manifest = new ImageManifest(golden);
    manifest.layers().forEach(layer -> lazy.copy(layer, house.golden));
    lazy.copy(manifest.config(), house.golden);
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
    house.registry.push(lazy, "43", "golden/java", "43");
    String name = house.registry.host() + "/golden/java:43";

    assertThat(house.check(name).findings()).isEmpty();
    assertThat(house.check(ApplicationFixture.on(lazy, "43", name)).findings()).isEmpty();
  }

  /** Who finds the content in the descriptor does not fetch it. */
  @Test
  void refusesADescriptorThatBringsOtherContentAlong() {
    LayoutFolder layout = LayoutFolder.at(shared.resolve("data"));
    JsonObject good = house.service().writeTo(layout, "good").json();
    house.registry.push(layout, "good", "apps/data", "good");
    house.registry.put(
        MediaTypes.OCI_MANIFEST,
        good.with("layers", changed(good, 3, layer -> layer.with("data", "ZXZpbA=="))).toBytes(),
        "apps/data",
        "bent");

    ImageReport report = house.check(house.registry.host() + "/apps/data:bent");

    AttackPage.holds("B20", "a descriptor with other content in its `data`", report);
    assertThat(ids(report)).containsExactly("IMAGE_READABLE");
  }

  /** An artifact to some tools, an image to others. */
  @Test
  void refusesAConfigOfAnotherType() {
    ImageReport report =
        house.check(
            house
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
    house.check(house.service());

    ImageReport report =
        house.check(
            house
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
        house.check(
            house
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
            ? house.registry.host() + "/golden/java:22"
            : "sha256:" + "1".repeat(64);
    LayoutFolder layout = LayoutFolder.at(shared.resolve(place + label));
    RawManifest image =
        house
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
    house.registry.push(layout, "all", "apps/annotated", place);

    ImageReport report = house.check(house.registry.host() + "/apps/annotated:" + place);

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

  @Test
  void refusesAGoldenOfTheFuture() {
    LayoutFolder future =
        house.push(
            GoldenFixture.of(house.official)
                .line("40")
                .version("40.0.1")
                .label(Label.CREATED.key(), "2099-01-01T00:00:00Z"),
            "40");
    String reference =
        house.push(ApplicationFixture.on(future, "40", house.registry.host() + "/golden/java:40"));

    ImageReport report =
        house.check(house.policy("freshness: {maxAge: P30D}\n"), reference).images().get(0);

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
        house.push(
            GoldenFixture.of(house.official)
                .line(line)
                .version(line + ".0.1")
                .label(Label.CREATED.key(), created),
            line);
    String golden = house.registry.host() + "/golden/java:" + line;
    String application = house.push(ApplicationFixture.on(undated, line, golden));

    for (String reference : List.of(golden, application)) {
      Finding finding =
          only(
              house.check(house.policy("freshness: {maxAge: P30D}\n"), reference).images().get(0),
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
    GoldenFixture fixture = GoldenFixture.of(house.official).line("70").runnable();
    LayoutFolder old = fixture.version("70.0.1").writeTo(shared.resolve("many"), "70.0.1");
    LayoutFolder newest = fixture.version("70.0.9").writeTo(shared.resolve("many9"), "70.0.9");
    house.registry.push(old, "70.0.1", "golden/many", "70.0.1");
    house.registry.push(newest, "70.0.9", "golden/many", "70.0.9");
    tag(old.manifest("70.0.1"), "10.0.");
    String reference =
        house.push(
            ApplicationFixture.on(old, "70.0.1", house.registry.host() + "/golden/many:70.0.1"));

    ImageReport behind =
        house.check(house.policy("freshness: {behind: 0}\n"), reference).images().get(0);
    tag(old.manifest("70.0.1"), "build-");
    ImageReport tooMany =
        house.check(house.policy("freshness: {behind: 0}\n"), reference).images().get(0);

    assertThat(only(behind, "GOLDEN_FRESH").found()).startsWith("1 newer than '");
    assertThat(only(tooMany, "IMAGE_AVAILABLE").found())
        .isEqualTo(
            "The repository '"
                + house.registry.host()
                + "/golden/many' has too many tags to tell how many are newer than '70.0.1'.");
    assertThat(tooMany.verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  private static void tag(RawManifest manifest, String prefix) {
    for (int at = 0; at < 201; at++) {
      house.registry.put(manifest.mediaType(), manifest.bytes(), "golden/many", prefix + at);
    }
  }

  /** The golden's own layers must be what its config says: what is protected is read of them. */
  @Test
  void refusesAGoldenWhoseLayersAreNotWhatItsConfigSays() {
    ImageManifest whole = new ImageManifest(house.golden.manifest("21"));
    LayoutFolder bent = LayoutFolder.at(shared.resolve("bent"));
    List<JsonObject> layers = new ArrayList<>(whole.raw().json().objects("layers"));
    for (JsonObject layer : layers) {
      bent.copy(new io.github.goldenmaven.oci.Descriptor(layer), house.golden);
    }
    bent.copy(whole.config(), house.golden);
    layers.set(1, bent.put(new RawLayer().folder("opt").layer()).json());
    bent.put(RawManifest.of(whole.raw().json().with("layers", JsonValue.ofObjects(layers))), "41");
    house.registry.push(bent, "41", "golden/java", "41");

    ImageReport report =
        house.check(ApplicationFixture.on(bent, "41", house.registry.host() + "/golden/java:41"));

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
    LayoutFolder golden = house.push(GoldenFixture.of(official).line("42").version("42.0.1"), "42");

    ImageReport report =
        house.check(ApplicationFixture.on(golden, "42", house.registry.host() + "/golden/java:42"));

    assertThat(ids(report)).contains("IMAGE_READABLE");
    assertThat(only(report, "IMAGE_READABLE").found()).isEqualTo("one for 'windows/amd64'");
  }
}
