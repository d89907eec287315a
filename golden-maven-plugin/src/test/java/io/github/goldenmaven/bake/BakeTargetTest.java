package io.github.goldenmaven.bake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.bake.BakeResult.Outcome;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.peers.TwoStacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bake says of what its source and its target have. */
class BakeTargetTest {

  @TempDir private Path folder;
  private final RecordingConsole console = new RecordingConsole();

  @BeforeEach
  void makeTheOfficialImage() {
    TinyBase.writeTo(folder.resolve("official"));
  }

  @Test
  void aDryRunSaysWhatWouldBePushedAndMakesNothing() throws IOException {
    assertThat(bake("1.0", "oci:golden").asDryRun().run().outcome()).isEqualTo(Outcome.DRY_RUN);

    assertThat(console.lines)
        .contains(
            "Plan for linux/" + architecture() + ": 3 added, 0 replaced, 0 unchanged",
            "would push " + golden() + ":1.0",
            "would push " + golden() + ":1");
    assertThat(folder.resolve("golden")).doesNotExist();
  }

  @Test
  void aDryRunOfWhatIsThereSaysThatNothingChanged() throws IOException {
    bake("1.0", "oci:golden").run();
    console.lines.clear();

    bake("1.0", "oci:golden").asDryRun().run();

    assertThat(console.lines)
        .contains("unchanged " + golden() + ":1.0", "unchanged " + golden() + ":1")
        .noneMatch(line -> line.startsWith("would push"));
  }

  @Test
  void aDryRunWarnsOfAVersionThatIsAnotherImage() throws IOException {
    bake("1.0", "oci:golden").run();
    console.lines.clear();
    Files.writeString(folder.resolve("policy.json"), "changed");

    bake("1.0", "oci:golden").asDryRun().run();

    assertThat(console.lines)
        .contains("would push " + golden() + ":1.0", "would push " + golden() + ":1")
        .anyMatch(
            line ->
                line.startsWith("warning: The version '1.0' of '" + golden() + "' is 'sha256:"));
  }

  @Test
  void aDryRunWhoseTargetCannotBeAskedSaysNeither() throws IOException {
    bake("1.0", "registry.invalid/golden/java").asDryRun().run();

    assertThat(console.lines)
        .noneMatch(line -> line.startsWith("would push") || line.startsWith("unchanged"))
        .anyMatch(
            line ->
                line.startsWith(
                    "warning: It is not known whether 'registry.invalid/golden/java' has the image"
                        + " already. "));
  }

  @Test
  void aLineThatGoesBackToAnOlderVersionIsWarnedOf() throws IOException {
    bake("1.10", "oci:golden").run();
    String warning =
        "warning: The line '1' of '"
            + golden()
            + "' is the version '1.10', and goes back to '1.9': services get the older one with"
            + " their next build. If that is not intended, bake the newer golden.yaml again.";

    bake("1.9", "oci:golden").asDryRun().run();
    assertThat(console.lines).contains(warning);
    console.lines.clear();

    assertThat(bake("1.9", "oci:golden").run().outcome()).isEqualTo(Outcome.PUSHED);
    assertThat(console.lines).containsOnlyOnce(warning);
    console.lines.clear();

    bake("1.10", "oci:golden").run();
    assertThat(console.lines).noneMatch(line -> line.startsWith("warning: The line"));
  }

  /** Without what this machine remembers, and of several platforms. */
  @Test
  void anyMachineKnowsTheLinesVersion() throws IOException {
    TinyBase.writeTo(
        folder.resolve("official"),
        new Platform("linux", "amd64", null),
        new Platform("linux", "arm64", null));
    bake("2.0", "oci:golden").run();
    delete(folder.resolve("cache"));
    console.lines.clear();

    bake("1.9", "oci:golden").run();

    assertThat(console.lines)
        .anyMatch(line -> line.contains("is the version '2.0', and goes back to '1.9'"));
  }

  @Test
  void aForeignImageAtTheLineIsReplacedWithoutAWord() throws IOException {
    LayoutFolder golden = LayoutFolder.at(folder.resolve("golden"));
    golden.put(LayoutFolder.at(folder.resolve("official")), TinyBase.TAG, List.of(), "1");

    bake("1.0", "oci:golden").run();

    assertThat(console.lines).noneMatch(line -> line.startsWith("warning: The line"));
  }

  /** A line whose image lost its config is repaired by the next bake, as it always was. */
  @Test
  void aLineWhoseConfigIsLostIsReplaced() throws IOException {
    bake("1.0", "oci:golden").run();
    LayoutFolder golden = LayoutFolder.at(folder.resolve("golden"));
    Files.delete(golden.blob(new ImageManifest(golden.manifest("1")).config().digest()));
    delete(folder.resolve("cache"));

    assertThat(bake("1.1", "oci:golden").run().outcome()).isEqualTo(Outcome.PUSHED);

    assertThat(golden.manifest("1").digest()).isEqualTo(golden.manifest("1.1").digest());
  }

  @Test
  void anOfficialImageThatMovedIsBakedOnAsItIsNow() throws IOException {
    bake("1.0", "oci:golden").run();
    LayoutFolder moved = TwoStacks.writeTo(folder.resolve("official"), new byte[0]);
    console.lines.clear();

    BakeResult result = bake("1.0", "oci:golden").run();

    assertThat(result.official().digest()).isEqualTo(moved.manifest(TinyBase.TAG).digest());
    assertThat(result.platforms()).hasSize(3);
    assertThat(console.lines).filteredOn(line -> line.startsWith("Plan for ")).hasSize(3);
  }

  /** What was written for the first platform was not there before this bake. */
  @Test
  void aLayerOfTwoPlatformsIsNotToldAsOfTheCacheByTheBakeThatWroteIt() throws IOException {
    TwoStacks.writeTo(folder.resolve("official"), new byte[0]);

    bake("1.0", "oci:golden").run();
    assertThat(console.lines)
        .contains("layered settings")
        .doesNotContain("layered settings from the cache");

    bake("1.0", "oci:golden").run();
    assertThat(console.lines).contains("layered settings from the cache");
  }

  private String golden() {
    return "oci:" + folder.resolve("golden");
  }

  private TestBake bake(String version, String to) throws IOException {
    Path policy = folder.resolve("policy.json");
    if (!Files.exists(policy)) {
      Files.writeString(policy, "{}");
    }
    return TestBake.of(
            Files.writeString(
                folder.resolve("golden.yaml"),
                """
                name: java
                version: "%s"
                line: "1"
                from: oci:official:17-jre
                to: %s
                files: [{from: policy.json, into: /etc/company/security/}]
                environment: {V: "%s"}
                """
                    .formatted(version, to, version)))
        .telling(console);
  }

  private static String architecture() {
    return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
  }

  private static void delete(Path path) throws IOException {
    try (var files = Files.walk(path)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
