package io.github.goldenmaven.provenance;

import static io.github.goldenmaven.provenance.GoldenConfigs.base;
import static io.github.goldenmaven.provenance.GoldenConfigs.golden;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.provenance.git.GitFacts;
import io.github.goldenmaven.provenance.git.Warning;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StampTest extends StampFixture {

  @Test
  void stampsAllThatPomGitAndGoldenSay() {
    Map<String, String> labels = stamp(ORDERS, CLEAN).labels();

    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("com.company.team", "platform");
    expected.put("io.github.goldenmaven.base.chain", chain());
    expected.put("io.github.goldenmaven.base.layers", "3");
    expected.put("io.github.goldenmaven.base.manifest", GoldenConfigs.GOLDEN_MANIFEST.toString());
    expected.put(
        "io.github.goldenmaven.golden.certificates", GoldenConfigs.digest("company ca").hex());
    expected.put("io.github.goldenmaven.golden.java", "17,21");
    expected.put("io.github.goldenmaven.golden.line", "21");
    expected.put("io.github.goldenmaven.golden.name", "java");
    expected.put("io.github.goldenmaven.golden.tree", TREE);
    expected.put("io.github.goldenmaven.golden.version", "21.0.9");
    expected.put("io.github.goldenmaven.maven.coordinates", "com.company.shop:orders:1.4.0");
    expected.put("io.github.goldenmaven.official.digest", GoldenConfigs.OFFICIAL_DIGEST.toString());
    expected.put("io.github.goldenmaven.official.name", "docker.io/library/eclipse-temurin:21-jre");
    expected.put("io.github.goldenmaven.role", "application");
    expected.put("io.github.goldenmaven.schema", "1");
    expected.put("org.opencontainers.image.base.digest", GoldenConfigs.GOLDEN_DIGEST.toString());
    expected.put("org.opencontainers.image.base.name", "registry.company.example/golden/java:21");
    expected.put("org.opencontainers.image.created", "2026-11-23T00:00:00Z");
    expected.put("org.opencontainers.image.description", "Takes and keeps orders.");
    expected.put("org.opencontainers.image.licenses", "Apache-2.0 OR MIT");
    expected.put("org.opencontainers.image.revision", REVISION);
    expected.put("org.opencontainers.image.source", "https://git.company.example/shop/orders");
    expected.put("org.opencontainers.image.title", "Orders");
    expected.put("org.opencontainers.image.url", "https://wiki.company.example/orders");
    expected.put("org.opencontainers.image.vendor", "주식회사 예시");
    expected.put("org.opencontainers.image.version", "1.4.0");
    assertThat(labels).containsExactlyEntriesOf(expected);
  }

  @Test
  void everyLabelOfGoldenImagesIsStamped() {
    Set<String> expected = new TreeSet<>();
    Arrays.stream(Label.values())
        .filter(label -> label.on() != Label.On.APPLICATION)
        // golden.yaml has no words for these.
        .filter(
            label ->
                !Set.of(Label.DESCRIPTION, Label.VENDOR, Label.LICENSES, Label.URL).contains(label))
        .forEach(label -> expected.add(label.key()));

    assertThat(goldenStamp().labels().keySet()).containsAll(expected);
  }

  @Test
  void everyLabelOfApplicationsIsStampedByOneBuildOrAnother() {
    Set<String> stamped = new TreeSet<>(stamp(ORDERS, dirty()).labels().keySet());
    stamped.remove("com.company.team");

    assertThat(stamped)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Label.values())
                .filter(label -> label.on() != Label.On.GOLDEN || label.inherited())
                .map(Label::key)
                .toList());
  }

  @Test
  void annotatesTheStarredLabelsOnly() {
    assertThat(stamp(ORDERS, CLEAN).annotations())
        .containsOnlyKeys(
            "org.opencontainers.image.base.digest",
            "org.opencontainers.image.base.name",
            "org.opencontainers.image.created",
            "org.opencontainers.image.revision",
            "org.opencontainers.image.source",
            "org.opencontainers.image.title",
            "org.opencontainers.image.version")
        .containsEntry("org.opencontainers.image.version", "1.4.0");
  }

  @Test
  void inheritsNothingThatSpokeOfTheBase() {
    ImageConfig base =
        golden(
            Map.of(
                "org.opencontainers.image.authors", "somebody",
                "org.label-schema.version", "9",
                "Org.OpenContainers.Image.Licenses", "GPL-2.0-only",
                "io.github.goldenmaven.source.dirty", "true",
                "io.github.goldenmaven.of.the.future", "x",
                "IO.github.goldenmaven.else", "x"));
    ProjectFacts bare = bare();

    assertThat(Stamp.ofApplication(base(base), bare, GitFacts.NONE, Map.of()).labels().keySet())
        .filteredOn(Label::speaksOfOneImage)
        .containsExactlyInAnyOrder(
            "io.github.goldenmaven.base.chain",
            "io.github.goldenmaven.base.layers",
            "io.github.goldenmaven.base.manifest",
            "io.github.goldenmaven.golden.certificates",
            "io.github.goldenmaven.golden.line",
            "io.github.goldenmaven.golden.name",
            "io.github.goldenmaven.golden.version",
            "io.github.goldenmaven.maven.coordinates",
            "io.github.goldenmaven.official.digest",
            "io.github.goldenmaven.official.name",
            "io.github.goldenmaven.role",
            "io.github.goldenmaven.schema",
            "org.opencontainers.image.base.digest",
            "org.opencontainers.image.base.name",
            "org.opencontainers.image.created",
            "org.opencontainers.image.title",
            "org.opencontainers.image.version");
  }

  @Test
  void leavesOutAForeignLabelThatForgesALineAndSaysSo() {
    Map<String, String> labels =
        Map.of(
            "com.company.a", "ok\n[INFO] pushed",
            "com.company.b", "\u202E21",
            "com.company.c", "\u001B[2K",
            "com.company.\u2066d", "x",
            "com.company.team", "주문");
    BaseFacts base =
        new BaseFacts(
            ImageReference.parse("docker.io/library/eclipse-temurin:21-jre"),
            GoldenConfigs.OFFICIAL_DIGEST,
            GoldenConfigs.OFFICIAL_MANIFEST,
            GoldenConfigs.config(GoldenConfigs.layers("official", 2), labels));
    GoldenFacts facts = new GoldenFacts("java", "21.0.9", "21", List.of(), null, null);

    Stamp golden = Stamp.ofGolden(base, facts, CLEAN, Instant.EPOCH, Map.of());

    assertThat(golden.labels().keySet())
        .filteredOn(key -> key.startsWith("com."))
        .containsExactly("com.company.team");
    assertThat(golden.warnings())
        .extracting(Warning::problem)
        .containsExactly(
            "The label 'com.company.a' of the image below was left out: 'ok\\u000A[INFO] pushed' or"
                + " its key has a control, line or direction character.",
            "The label 'com.company.b' of the image below was left out: '\\u202E21' or its key has"
                + " a control, line or direction character.",
            "The label 'com.company.c' of the image below was left out: '\\u001B[2K' or its key has"
                + " a control, line or direction character.",
            "The label 'com.company.\\u2066d' of the image below was left out: 'x' or its key has a"
                + " control, line or direction character.");
    assertThat(golden.warnings())
        .extracting(Warning::remedy)
        .containsOnly("Nothing needs it here; ask the publisher of that image to fix it.");
    Stamp service = Stamp.ofApplication(base(golden(labels)), ORDERS, CLEAN, Map.of());
    assertThat(service.labels()).doesNotContainKeys("com.company.a", "com.company.b");
    assertThat(service.warnings()).isEqualTo(golden.warnings());
  }

  @Test
  void isCreatedAtTheOutputTimestampElseTheCommitElseTheEpoch() {
    assertThat(stamp(ORDERS, CLEAN).created()).isEqualTo("2026-11-23T00:00:00Z");
    assertThat(stamp(bare(), CLEAN).created()).isEqualTo("2026-11-01T00:00:00Z");
    assertThat(stamp(bare(), GitFacts.NONE).created()).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(Label.CREATED.in(stamp(bare(), GitFacts.NONE).labels()))
        .hasValue("1970-01-01T00:00:00Z");
  }

  @Test
  void namesTheBaseByItsRegistryButNeverByAFolderOfThisMachine() {
    assertThat(Label.BASE_NAME.in(on("docker-daemon:golden/java:21")))
        .hasValue("docker.io/golden/java:21");
    assertThat(Label.BASE_NAME.in(on("java"))).hasValue("docker.io/library/java:latest");
    assertThat(Label.BASE_NAME.in(on("oci:/home/kim/golden:21"))).isEmpty();
  }

  @Test
  void addsForeignLabelsOfTheUserAndLetsThemReplaceTheGoldens() {
    Map<String, @Nullable String> own = new LinkedHashMap<>();
    own.put("com.company.Team", "주문");
    own.put("com.company.empty", null);
    own.put("org.opencontainers.image.documentation", "https://docs.company.example");

    assertThat(Stamp.ofApplication(base(golden()), ORDERS, CLEAN, own).labels())
        .containsEntry("com.company.Team", "주문")
        .containsEntry("com.company.empty", "")
        .containsEntry("org.opencontainers.image.documentation", "https://docs.company.example")
        .doesNotContainKey("com.company.team");
  }

  @Test
  void carriesEverythingElseOfTheConfigByLeavingItAlone() {
    ImageConfig stamped = golden().withLabels(stamp(ORDERS, CLEAN).labels());

    assertThat(stamped.withLabels(golden().labels())).isEqualTo(golden());
  }

  @Test
  void saysOfABaseWithoutLayersThatItHasNone() {
    assertThatThrownBy(() -> base(GoldenConfigs.config(List.of(), Map.of())))
        .hasMessage(
            "The base 'registry.company.example/golden/java:21' has no layers. Name a golden image"
                + " in <base> or with -Dgolden.base.");
  }

  private static Map<String, String> on(String reference) {
    BaseFacts base =
        new BaseFacts(
            ImageReference.parse(reference),
            GoldenConfigs.GOLDEN_DIGEST,
            GoldenConfigs.GOLDEN_MANIFEST,
            golden());
    return Stamp.ofApplication(base, ORDERS, CLEAN, Map.of()).labels();
  }
}
