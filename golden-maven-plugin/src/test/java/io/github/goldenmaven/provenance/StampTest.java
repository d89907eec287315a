package io.github.goldenmaven.provenance;

import static io.github.goldenmaven.provenance.GoldenConfigs.base;
import static io.github.goldenmaven.provenance.GoldenConfigs.golden;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.goldenmaven.RefusedException;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StampTest {

  private static final String REVISION = "0123456789abcdef0123456789abcdef01234567";

  private static final ProjectFacts ORDERS =
      new ProjectFacts(
          new Coordinates("com.company.shop", "orders", "1.4.0"),
          "Orders",
          "Takes\n   and keeps orders.",
          "https://wiki.company.example/orders",
          "https://ci:pa55@git.company.example/shop/orders",
          "주식회사 예시",
          List.of("Apache-2.0", "MIT"),
          "2026-11-23T09:00:00+09:00");

  private static final GitFacts CLEAN =
      new GitFacts(
          REVISION,
          GitFacts.WorkTree.CLEAN,
          "ssh://git@git.company.example:7999/shop/orders.git",
          Instant.parse("2026-11-01T00:00:00Z"),
          List.of());

  private static final String TREE =
      "names=app/,etc;given=/var/lib/x/y;jvms=/opt/java:17;java=/opt/java/bin/java";

  private static final Map<String, String> JAVA =
      Map.of(
          "io.github.goldenmaven.golden.java", "17,21", "io.github.goldenmaven.golden.tree", TREE);

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

  /** The official image says, as Ubuntu does, which version of itself it is. */
  private static Stamp goldenStamp() {
    ImageConfig official =
        GoldenConfigs.config(
            GoldenConfigs.layers("official", 2),
            Map.of(
                "org.opencontainers.image.version", "24.04",
                "org.opencontainers.image.ref.name", "ubuntu",
                "maintainer", "Red Hat, Inc.",
                "name", "ubi9-minimal",
                "version", "9.4",
                "vcs-ref", "0123456",
                "com.company.team", "platform"));
    return Stamp.ofGolden(
        new BaseFacts(
            ImageReference.parse("docker.io/library/eclipse-temurin:21-jre"),
            GoldenConfigs.OFFICIAL_DIGEST,
            GoldenConfigs.OFFICIAL_MANIFEST,
            official),
        new GoldenFacts(
            "java",
            "21.0.9",
            "21",
            List.of("b".repeat(64), "a".repeat(64)),
            new JavaVersions(List.of(17, 21)),
            new GoldenTree(
                List.of("app/", "etc"),
                List.of("/var/lib/x/y"),
                java.util.Map.of("/opt/java", 17),
                "/opt/java/bin/java",
                List.of(),
                List.of())),
        CLEAN,
        Instant.parse("2026-11-01T00:00:00Z"),
        Map.of());
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
  void saysDirtyOnlyWhenTheWorkTreeWas() {
    assertThat(Label.SOURCE_DIRTY.in(stamp(ORDERS, dirty()).labels())).hasValue("true");
    assertThat(Label.SOURCE_DIRTY.in(stamp(ORDERS, CLEAN).labels())).isEmpty();
    assertThat(Label.SOURCE_DIRTY.in(stamp(ORDERS, GitFacts.NONE).labels())).isEmpty();
  }

  @Test
  void takesTheSourceFromGitWhereThePomHasNone() {
    assertThat(Label.SOURCE.in(stamp(bare(), CLEAN).labels()))
        .hasValue("ssh://git@git.company.example:7999/shop/orders.git");
  }

  @ParameterizedTest
  @CsvSource({
    "scm:git:https://kim:pa55@git.company.example/shop/orders.git,"
        + " https://git.company.example/shop/orders.git",
    "scm:git|git@git.company.example:shop/orders, git@git.company.example:shop/orders",
    "scm:git:[fetch=]https://git.company.example/shop/orders[push=]ssh://git@x.example/orders,"
        + " https://git.company.example/shop/orders",
    "scm:git:[push=]ssh://git@x.example/orders[fetch=]https://git.company.example/shop/orders,"
        + " https://git.company.example/shop/orders",
    "scm:git:https://git.company.example/shop/orders[push=]ssh://git@x.example/orders,"
        + " https://git.company.example/shop/orders",
    "scm:git:[push=]https://git.company.example/shop/orders,"
        + " https://git.company.example/shop/orders",
    "file:///srv/git/orders, ssh://git@git.company.example:7999/shop/orders.git",
    "scm:git:file:/srv/git/orders, ssh://git@git.company.example:7999/shop/orders.git",
    "/srv/git/orders, ssh://git@git.company.example:7999/shop/orders.git",
    "'C:\\git\\orders', ssh://git@git.company.example:7999/shop/orders.git",
    "../orders, ssh://git@git.company.example:7999/shop/orders.git",
    "scm:git:file:///srv/git/orders, ssh://git@git.company.example:7999/shop/orders.git",
    "scm:git:../orders, ssh://git@git.company.example:7999/shop/orders.git",
  })
  void takesTheAddressOutOfMavensForm(String written, String stamped) {
    Stamp stamp = stamp(withSource(written), CLEAN);

    assertThat(Label.SOURCE.in(stamp.labels())).hasValue(stamped);
    assertThat(stamp.warnings()).isEmpty();
  }

  @Test
  void warnsThatThePomAndGitDisagreeAndStampsThePoms() {
    Stamp stamp = stamp(withSource("https://kim:pa55@git.company.example/shop/billing"), CLEAN);

    assertThat(Label.SOURCE.in(stamp.labels()))
        .hasValue("https://git.company.example/shop/billing");
    assertThat(stamp.warnings())
        .containsExactly(
            new Warning(
                "The POM says that the sources are at 'https://git.company.example/shop/billing',"
                    + " but git's remote 'origin' is"
                    + " 'ssh://git@git.company.example:7999/shop/orders.git'.",
                "The POM's address is stamped: write this repository's address into <scm><url>, or"
                    + " remove <scm> to stamp git's address."));
  }

  @Test
  void saysOnceWhatAnImageOutsideGitDoesNotTell() {
    assertThat(stamp(bare(), GitFacts.NONE).warnings())
        .containsExactly(
            new Warning(
                "An image of this build names no revision, no source and no"
                    + " date (1970-01-01T00:00:00Z is stamped): its POM is in no git repository.",
                "Build it in a git checkout. <scm><url> in its POM would name the source."
                    + " <project.build.outputTimestamp> would give it a date."));
    assertThat(stamp(ORDERS, GitFacts.NONE).warnings())
        .containsExactly(
            new Warning(
                "An image of this build names no revision: its POM is in no" + " git repository.",
                "Build it in a git checkout."));
    GitFacts alone =
        new GitFacts(REVISION, GitFacts.WorkTree.CLEAN, null, Instant.EPOCH, List.of());
    assertThat(stamp(bare(), alone).warnings())
        .containsExactly(
            new Warning(
                "An image of this build names no source: git has no remote"
                    + " 'origin' at an address that other machines find.",
                "Write <scm><url> into its POM, or build it in a clone that has one."));
    assertThat(stamp(ORDERS, alone).warnings()).isEmpty();
  }

  @Test
  void leavesItToGitsOwnWarningWhereThereIsOne() {
    GitFacts unreadable =
        new GitFacts(
            null,
            GitFacts.WorkTree.UNKNOWN,
            null,
            null,
            List.of(new Warning("No git.", "Get it.")));

    assertThat(stamp(bare(), unreadable).warnings()).isEmpty();
    assertThat(goldenStamp(unreadable, Instant.EPOCH).warnings()).isEmpty();
  }

  @Test
  void refusesAnAddressWithAPropertyThatIsNotSet() {
    assertThatThrownBy(() -> stamp(withSource("https://git.company.example/${team}/orders"), CLEAN))
        .hasMessage(
            "A label cannot be stamped: 'org.opencontainers.image.source'"
                + " ('https://git.company.example/${team}/orders' has a property that is not set)."
                + " Set the property, or write the address into <scm><url>.");
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

  private static Stamp goldenStamp(GitFacts git, @Nullable Instant created) {
    return Stamp.ofGolden(
        base(golden()),
        new GoldenFacts("java", "21.0.9", "21", List.of(), null, null),
        git,
        created,
        Map.of());
  }

  private static ProjectFacts withSource(String written) {
    return new ProjectFacts(
        ORDERS.coordinates(), "Orders", null, null, written, null, List.of(), null);
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
  void refusesALabelOfTheUserThatIsThisPluginsToStamp() {
    assertThatThrownBy(() -> withOwn("org.opencontainers.image.Version", "2"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "A label cannot be stamped: 'org.opencontainers.image.Version' (the key is stamped by"
                + " this plugin). Fix or remove it in <container><labels>.");
    assertThatThrownBy(() -> withOwn("io.github.goldenmaven.of.the.future", "2"))
        .hasMessage(
            "A label cannot be stamped: 'io.github.goldenmaven.of.the.future' (the key is stamped"
                + " by this plugin). Fix or remove it in <container><labels>.");
  }

  @Test
  void refusesAForgedLineInALabelOfTheUser() {
    assertThatThrownBy(() -> withOwn("com.company.note", "ok\n[INFO] pushed"))
        .hasMessage(
            "A label cannot be stamped: 'com.company.note' ('ok\\u000A[INFO] pushed' has a control,"
                + " line or direction character). Fix or remove it in <container><labels>.");
    assertThatThrownBy(() -> withOwn("com.company note", "x"))
        .hasMessage(
            "A label cannot be stamped: 'com.company note' (the key is not printable ASCII without"
                + " blanks, of 1 to 256 bytes). Fix or remove it in <container><labels>.");
    assertThatThrownBy(() -> withOwn("com.company.note", "x".repeat(4097)))
        .hasMessage(
            "A label cannot be stamped: 'com.company.note' ('"
                + "x".repeat(256)
                + "…' has 4097 bytes, more than 4096). Fix or remove it in <container><labels>.");
  }

  @Test
  void refusesTwoLabelsOfTheUserThatDifferInCaseOnly() {
    Map<String, String> own = new LinkedHashMap<>();
    own.put("com.company.a", "1");
    own.put("com.company.A", "2");

    assertThatThrownBy(() -> Stamp.ofApplication(base(golden()), ORDERS, CLEAN, own))
        .hasMessage(
            "A label cannot be stamped: 'com.company.A' (another key differs from it in case only)."
                + " Fix or remove it in <container><labels>.");
  }

  @Test
  void refusesAllBadValuesTogetherEachWithItsPlaceInThePom() {
    ProjectFacts bad =
        new ProjectFacts(
            new Coordinates("com.company", "orders", "1.0\n2"),
            "Orders",
            null,
            "https://wiki.company.example/" + "x".repeat(300),
            "https://kim:pa55/w0rd@git.company.example/orders",
            null,
            List.of(),
            null);

    RefusedException refused =
        catchThrowableOfType(
            RefusedException.class,
            () ->
                Stamp.ofApplication(
                    base(golden(Map.of("io.github.goldenmaven.golden.line", "자바"))),
                    bad,
                    GitFacts.NONE,
                    Map.of("io.github.goldenmaven.role", "golden")));

    assertThat(refused.problem())
        .isEqualTo(
            "6 labels cannot be stamped: 'io.github.goldenmaven.role' (the key is stamped by this"
                + " plugin), 'io.github.goldenmaven.golden.line' ('자바' has a character that is not"
                + " printable ASCII), 'io.github.goldenmaven.maven.coordinates'"
                + " ('com.company:orders:1.0\\u000A2' has a character that is not printable ASCII),"
                + " 'org.opencontainers.image.version' ('1.0\\u000A2' has a character that is not"
                + " printable ASCII), 'org.opencontainers.image.url'"
                + " ('https://wiki.company.example/"
                + "x".repeat(227)
                + "…' has 329 bytes, more than 256), 'org.opencontainers.image.source' (the value"
                + " has an '@' that may end a password).");
    assertThat(refused.remedy())
        .isEqualTo(
            "Fix or remove it in <container><labels>. Have the golden image of <base> baked again."
                + " Write printable ASCII of at most 256 bytes into <groupId>, <artifactId> and"
                + " <version>. Write printable ASCII of at most 256 bytes into <version>. Write"
                + " printable ASCII of at most 256 bytes into <url>. Write the address without"
                + " credentials into <scm><url>.");
    assertThat(refused).message().doesNotContain("w0rd");
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

  private static Stamp stamp(ProjectFacts project, GitFacts git) {
    return Stamp.ofApplication(base(golden(JAVA)), project, git, Map.of());
  }

  private static void withOwn(String key, String value) {
    Stamp.ofApplication(base(golden()), ORDERS, CLEAN, Map.of(key, value));
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

  private static ProjectFacts bare() {
    return new ProjectFacts(
        new Coordinates("com.company.shop", "orders", "1.4.0"),
        "orders",
        null,
        "",
        " ",
        null,
        List.of(),
        null);
  }

  private static GitFacts dirty() {
    return new GitFacts(REVISION, GitFacts.WorkTree.DIRTY, null, null, List.of());
  }

  private static String chain() {
    return ImageConfig.chainId(GoldenConfigs.goldenDiffIds()).toString();
  }
}
