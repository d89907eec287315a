package io.github.goldenmaven.provenance;

import static io.github.goldenmaven.provenance.GoldenConfigs.base;
import static io.github.goldenmaven.provenance.GoldenConfigs.golden;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.provenance.git.GitFacts;
import io.github.goldenmaven.provenance.git.Warning;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StampGoldenTest extends StampFixture {

  @Test
  void stampsAGoldenImageWithWhatItIsAndWhatItStandsOn() {
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("com.company.team", "platform");
    expected.put(
        "io.github.goldenmaven.base.chain",
        ImageConfig.chainId(GoldenConfigs.layers("official", 2)).toString());
    expected.put("io.github.goldenmaven.base.layers", "2");
    expected.put("io.github.goldenmaven.base.manifest", GoldenConfigs.OFFICIAL_MANIFEST.toString());
    expected.put(
        "io.github.goldenmaven.golden.certificates", "a".repeat(64) + "," + "b".repeat(64));
    expected.put("io.github.goldenmaven.golden.java", "17,21");
    expected.put("io.github.goldenmaven.golden.line", "21");
    expected.put("io.github.goldenmaven.golden.name", "java");
    expected.put("io.github.goldenmaven.golden.tree", TREE);
    expected.put("io.github.goldenmaven.golden.version", "21.0.9");
    expected.put("io.github.goldenmaven.official.digest", GoldenConfigs.OFFICIAL_DIGEST.toString());
    expected.put("io.github.goldenmaven.official.name", "docker.io/library/eclipse-temurin:21-jre");
    expected.put("io.github.goldenmaven.role", "golden");
    expected.put("io.github.goldenmaven.schema", "1");
    expected.put("org.opencontainers.image.base.digest", GoldenConfigs.OFFICIAL_DIGEST.toString());
    expected.put("org.opencontainers.image.base.name", "docker.io/library/eclipse-temurin:21-jre");
    expected.put("org.opencontainers.image.created", "2026-11-01T00:00:00Z");
    expected.put("org.opencontainers.image.revision", REVISION);
    expected.put(
        "org.opencontainers.image.source", "ssh://git@git.company.example:7999/shop/orders.git");
    expected.put("org.opencontainers.image.title", "java");
    expected.put("org.opencontainers.image.version", "21.0.9");

    assertThat(goldenStamp().labels()).containsExactlyEntriesOf(expected);
    assertThat(goldenStamp().annotations())
        .containsEntry(
            "org.opencontainers.image.base.digest", GoldenConfigs.OFFICIAL_DIGEST.toString())
        .doesNotContainKey("io.github.goldenmaven.role");
  }

  @Test
  void aGoldenIsCreatedWhenItIsSaidElseAtTheCommitElseAtTheEpoch() {
    Instant said = Instant.parse("2026-11-23T00:00:00Z");

    assertThat(goldenStamp(CLEAN, said).created()).isEqualTo(said);
    assertThat(goldenStamp(CLEAN, null).created()).isEqualTo("2026-11-01T00:00:00Z");
    assertThat(goldenStamp(CLEAN, null).warnings()).isEmpty();
    assertThat(goldenStamp(GitFacts.NONE, null).created()).isEqualTo("1970-01-01T00:00:00Z");
  }

  @Test
  void aGoldenWithoutADateNamesTheThreeWaysToGiveItOne() {
    String ways =
        "Give it a date with <created> or -Dgolden.created, or with"
            + " <project.build.outputTimestamp>, or bake it in a git checkout of its definition.";

    assertThat(goldenStamp(GitFacts.NONE, null).warnings())
        .containsExactly(
            new Warning(
                "The golden image 'java:21.0.9' names no revision, no source and no date"
                    + " (1970-01-01T00:00:00Z is stamped): its definition is in no git repository.",
                ways));
    GitFacts unreadable =
        new GitFacts(
            null,
            GitFacts.WorkTree.UNKNOWN,
            null,
            null,
            List.of(new Warning("No git.", "Get it.")));
    assertThat(goldenStamp(unreadable, null).warnings())
        .containsExactly(
            new Warning(
                "The golden image 'java:21.0.9' names no date (1970-01-01T00:00:00Z is stamped).",
                ways));
  }

  @Test
  void aGoldenSaysWhatItDoesNotTellOfItsSources() {
    assertThat(goldenStamp(GitFacts.NONE, Instant.EPOCH).warnings())
        .containsExactly(
            new Warning(
                "The golden image 'java:21.0.9' names no revision and no source: its definition is"
                    + " in no git repository.",
                "Bake it in a git checkout of its definition."));
    assertThat(
            goldenStamp(
                    new GitFacts(REVISION, GitFacts.WorkTree.CLEAN, null, Instant.EPOCH, List.of()),
                    null)
                .warnings())
        .containsExactly(
            new Warning(
                "The golden image 'java:21.0.9' names no source: git has no remote 'origin' at an"
                    + " address that other machines find.",
                "Bake it in a clone that has one."));
  }

  @Test
  void saysThatAGoldenImageOfVeryManyNamesDoesNotTellOfThem() {
    GoldenTree tree =
        new GoldenTree(
            java.util.stream.IntStream.range(0, 1_000).mapToObj(at -> "opt/n" + at).toList(),
            List.of(),
            java.util.Map.of(),
            null,
            List.of(),
            List.of());

    Stamp stamp =
        Stamp.ofGolden(
            base(golden()),
            new GoldenFacts("java", "21.0.9", "21", List.of(), null, tree),
            CLEAN,
            Instant.EPOCH,
            Map.of());

    assertThat(stamp.labels()).doesNotContainKey(Label.GOLDEN_TREE.key());
    assertThat(stamp.warnings())
        .containsExactly(
            new Warning(
                "The label 'io.github.goldenmaven.golden.tree' would have "
                    + tree.toString().length()
                    + " characters, more than 4096, and is left out: builds of services do not say"
                    + " where their files may be.",
                "Leave it, and the gate says it; or have fewer names in the root, in /opt, /home,"
                    + " /srv, /mnt, /media and /tmp, and fewer empty folders."));
  }

  @Test
  void takesAFingerprintListOfFourKibibytesButNoMore() {
    String one = "a".repeat(64);
    String longest = (one + ",").repeat(62) + one;

    assertThat(
            Stamp.ofApplication(
                    base(golden(Map.of("io.github.goldenmaven.golden.certificates", longest))),
                    ORDERS,
                    CLEAN,
                    Map.of())
                .labels())
        .containsEntry("io.github.goldenmaven.golden.certificates", longest);
    assertThatThrownBy(
            () ->
                Stamp.ofApplication(
                    base(
                        golden(
                            Map.of(
                                "io.github.goldenmaven.golden.certificates", longest + "," + one))),
                    ORDERS,
                    CLEAN,
                    Map.of()))
        .hasMessageEndingWith(
            "has 4159 bytes, more than 4096). Have the golden image of <base> baked again.");
  }
}
