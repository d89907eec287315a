package io.github.goldenmaven.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.Schemas;
import io.github.goldenmaven.cache.DocumentCache;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.provenance.BaseFacts;
import io.github.goldenmaven.provenance.Coordinates;
import io.github.goldenmaven.provenance.GoldenConfigs;
import io.github.goldenmaven.provenance.ProjectFacts;
import io.github.goldenmaven.provenance.Stamp;
import io.github.goldenmaven.provenance.git.GitFacts;
import io.github.goldenmaven.registry.MemoryStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineageTest {

  private static final ProjectFacts ORDERS =
      new ProjectFacts(
          new Coordinates("com.company.shop", "orders", "1.4.0"),
          "주문",
          null,
          null,
          null,
          null,
          List.of(),
          null);

  @TempDir private Path temp;

  private final MemoryStore store = new MemoryStore("registry.company.example/apps/orders");
  private final StoredImages images = new StoredImages(store);

  @Test
  void drawsAnApplicationOnItsGoldenForEveryPlatform() throws IOException {
    images.index("1.4.0", application("amd64"), application("arm64"));

    assertThat(LineageText.of(read("1.4.0"), false)).isEqualTo(expected("application.txt"));
  }

  @Test
  void tellsProgramsTheSame() throws IOException {
    images.index("1.4.0", application("amd64"), application("arm64"));

    assertThat(LineageJson.of(read("1.4.0")).toPrettyString() + "\n")
        .isEqualTo(expected("application.json"));
  }

  @Test
  void theFileIsAsItsSchemaSays() {
    images.index("1.4.0", application("amd64"), application("arm64"));
    images.index("plain", application("amd64").withLabels(Map.of()));

    assertThat(Schemas.faults("inspect", LineageJson.of(List.of(read("1.4.0"), read("plain")))))
        .isEmpty();
  }

  @Test
  void theDocumentationNamesEveryKey() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "lineage-json.md"));
    Matcher key = Pattern.compile("\"([a-zA-Z]+)\":").matcher(expected("application.json"));

    while (key.find()) {
      assertThat(page).contains("`" + key.group(1) + "`");
    }
  }

  @Test
  void drawsAGoldenOnItsOfficialImage() throws IOException {
    images.manifest(GoldenConfigs.golden(), "21");

    assertThat(LineageText.of(read("21"), false)).isEqualTo(expected("golden.txt"));
  }

  @Test
  void saysThatNothingIsStampedOnAnOrdinaryImage() throws IOException {
    images.manifest(GoldenConfigs.official(), "ordinary");

    assertThat(LineageText.of(read("ordinary"), false)).isEqualTo(expected("ordinary.txt"));
    JsonObject platform = LineageJson.of(read("ordinary")).objects("platforms").get(0);
    assertThat(platform.object("lineage")).hasValue(JsonObject.EMPTY);
    assertThat(platform.has("role")).isFalse();
    assertThat(platform.has("seam")).isFalse();
  }

  @Test
  void escapesWhateverTheImageSays() throws IOException {
    String evil = "x\u001B[2J\n\u202E" + "[INFO] pushed";
    ImageConfig config =
        GoldenConfigs.golden(
            Map.of(
                "io.github.goldenmaven.golden.name",
                evil,
                "io.github.goldenmaven.official.name",
                evil,
                "io.github.goldenmaven.official.digest",
                evil,
                "io.github.goldenmaven.base.chain",
                evil,
                evil,
                evil));
    JsonObject step = JsonObject.EMPTY.with("comment", evil);
    images.manifest(withHistory(config, step, step, step), "evil");

    assertThat(LineageText.of(read("evil"), false)).isEqualTo(expected("evil.txt"));
    String json = LineageJson.of(read("evil")).toPrettyString();
    assertThat(json).doesNotContain("\u001B").doesNotContain("\u202E");
    // Escaped, not changed.
    assertThat(
            StrictJson.read("It", json.getBytes(StandardCharsets.UTF_8))
                .objects("platforms")
                .get(0)
                .stringMap("labels"))
        .isEqualTo(config.labels());
  }

  @Test
  void drawsEachPlatformsLineWhereTheyDiffer() {
    ImageConfig other =
        new ImageConfig(application("arm64").json()).withLabels(GoldenConfigs.goldenLabels());
    images.index("mixed", application("amd64"), other);

    assertThat(LineageText.of(read("mixed"), false))
        .containsOnlyOnce("  application  registry.company.example/apps/orders:mixed")
        .containsOnlyOnce("  golden       registry.company.example/apps/orders:mixed")
        .containsOnlyOnce("  golden       registry.company.example/golden/java:21");
  }

  @Test
  void showsARoleNobodyKnows() {
    images.manifest(GoldenConfigs.golden(Map.of("io.github.goldenmaven.role", "boss\u0007")), "x");

    assertThat(LineageText.of(read("x"), false))
        .contains("\n  Its role 'boss\\u0007' is not known here.\n")
        .doesNotContain("seam");
  }

  @Test
  void saysThatASeamIsClaimedOnlyWhereNoChainHoldsIt() {
    images.manifest(GoldenConfigs.golden(Map.of("io.github.goldenmaven.base.chain", "")), "x");

    assertThat(LineageText.of(read("x"), false))
        .contains("\n  ---- seam, claimed only ----\n")
        .contains("\n  seam claimed only: it has no label 'io.github.goldenmaven.base.chain'\n");
    JsonObject seam =
        LineageJson.of(read("x")).objects("platforms").get(0).object("seam").orElseThrow();
    assertThat(seam.string("standing")).hasValue("claimed");
    assertThat(seam.integer("layers")).hasValue(2L);
  }

  @Test
  void drawsNoSeamThatTheLayersDisprove() {
    images.manifest(
        GoldenConfigs.config(GoldenConfigs.layers("evil", 3), GoldenConfigs.goldenLabels()), "x");

    assertThat(LineageText.of(read("x"), false))
        .doesNotContain("---- seam")
        .contains(
            "\n  seam disproven by its layers: the label 'io.github.goldenmaven.base.chain' says '"
                + ImageConfig.chainId(GoldenConfigs.layers("official", 2))
                + "', but its lowest 2 layers are '"
                + ImageConfig.chainId(GoldenConfigs.layers("evil", 2))
                + "'\n");
    JsonObject platform = LineageJson.of(read("x")).objects("platforms").get(0);
    assertThat(platform.objects("layers")).noneMatch(layer -> layer.has("of"));
  }

  @Test
  void saysWhatIsNotStamped() {
    images.manifest(
        GoldenConfigs.golden(
            Map.of(
                "io.github.goldenmaven.official.name", "",
                "io.github.goldenmaven.official.digest", "",
                "io.github.goldenmaven.golden.name", "",
                "io.github.goldenmaven.golden.version", "",
                "io.github.goldenmaven.golden.line", "")),
        "x");

    assertThat(LineageText.of(read("x"), false))
        .contains("  official     (name not stamped)\n               (digest not stamped)\n")
        .contains("  golden       registry.company.example/apps/orders:x\n");
  }

  @Test
  void coloursForATerminal() {
    images.manifest(GoldenConfigs.golden(), "21");

    String coloured = LineageText.of(read("21"), true);

    assertThat(coloured)
        .contains("seam, \u001B[32mproven by its layers\u001B[0m ----")
        .contains("\u001B[1mregistry.company.example/apps/orders:21\u001B[0m\n");
    assertThat(coloured.replaceAll("\u001B\\[[0-9;]+m", ""))
        .isEqualTo(LineageText.of(read("21"), false));
  }

  @Test
  void readsAnImageByItsDigestAndNamesItWithout() {
    RawManifest manifest = images.manifest(GoldenConfigs.golden(), "21");

    ImageLineage lineage =
        reader()
            .read(
                ImageReference.parse(
                    "registry.company.example/apps/orders:21@" + manifest.digest()));

    assertThat(lineage).isEqualTo(read("21"));
    assertThat(lineage.name()).isEqualTo("registry.company.example/apps/orders:21");
  }

  @Test
  void saysWhenThereIsNoSuchImage() {
    assertThatThrownBy(() -> read("none"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The image 'registry.company.example/apps/orders:none' does not exist. Name an image"
                + " that was pushed, in <image> or with -Dgolden.image. The repository has no tags"
                + " or does not exist.");
  }

  private ImageLineage read(String tag) {
    return reader().read(ImageReference.parse("registry.company.example/apps/orders:" + tag));
  }

  private LineageReader reader() {
    return new LineageReader(store, new DocumentCache(temp.resolve("cache")));
  }

  /** A service of two layers on the golden image, stamped as a build does. */
  private static ImageConfig application(String architecture) {
    ImageConfig golden =
        new ImageConfig(GoldenConfigs.golden().json().with("architecture", architecture));
    BaseFacts base =
        new BaseFacts(
            ImageReference.parse("registry.company.example/golden/java:21"),
            GoldenConfigs.GOLDEN_DIGEST,
            GoldenConfigs.digest("golden manifest " + architecture),
            golden);
    Stamp stamp = Stamp.ofApplication(base, ORDERS, GitFacts.NONE, Map.of());
    return withHistory(
            golden,
            JsonObject.EMPTY.with("created_by", "ADD rootfs.tar /"),
            JsonObject.EMPTY.with("created_by", "ENV A=1").with("empty_layer", JsonValue.of(true)),
            JsonObject.EMPTY.with("created_by", "RUN install " + "x".repeat(80)),
            JsonObject.EMPTY.with("created_by", "golden:bake").with("comment", "certificates"))
        .withLayers(
            GoldenConfigs.layers("application", 2),
            List.of(
                JsonObject.EMPTY.with("comment", "dependencies"),
                JsonObject.EMPTY.with("comment", "classes")))
        .withLabels(stamp.labels());
  }

  private static ImageConfig withHistory(ImageConfig config, JsonObject... steps) {
    return new ImageConfig(config.json().with("history", JsonValue.ofObjects(List.of(steps))));
  }

  private static String expected(String file) throws IOException {
    try (InputStream in = LineageTest.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
