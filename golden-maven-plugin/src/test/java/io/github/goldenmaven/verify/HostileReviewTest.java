package io.github.goldenmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.Severity;
import io.github.goldenmaven.verify.report.ImageReport;
import io.github.goldenmaven.verify.rules.image.CommandPresent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A review by somebody who did not write the gate: images of attackers and of honest teams, a row
 * each, on golden images as there are. {@code goldens.txt} has those, {@code hostile.txt} and
 * {@code honest.txt} what is pushed onto them ({@link ReviewedImage}) and what the gate has to say.
 */
@SuppressWarnings("NullAway.Init")
@Tag("sweep")
class HostileReviewTest {

  /**
   * One image.
   *
   * @param expected {@code pass}, or {@code warn} or {@code refuse} and the rules that speak
   * @param sentence what it tries
   */
  record Row(String expected, String golden, String steps, String sentence) {

    static Row of(String line) {
      String[] parts = line.split(" :: ", -1);
      assertThat(parts).as(line).hasSize(4);
      return new Row(parts[0].strip(), parts[1].strip(), parts[2], parts[3].strip());
    }

    @Override
    public String toString() {
      return sentence + " (" + golden + ")";
    }
  }

  @TempDir static Path folder;
  private static final Map<String, LayoutFolder> GOLDENS = new TreeMap<>();
  private static LayoutFolder apps;

  @BeforeAll
  static void bakeGoldens() {
    LayoutFolder official = TinyBase.writeTo(folder.resolve("official"));
    for (String line : lines("goldens.txt")) {
      String[] parts = line.split(" :: ", -1);
      ReviewedImage image = ReviewedImage.of(parts[1]);
      GoldenFixture golden =
          GoldenFixture.of(official)
              .version("21.0." + (GOLDENS.size() + 1))
              .with(image.entries().toArray(new LayerEntry[0]))
              .runtime(image::runtime);
      if (!image.given().isEmpty()) {
        golden =
            golden.label(
                Label.GOLDEN_TREE.key(),
                "names=;given=" + String.join(",", image.given()) + ";jvms=;java=;links=;kept=");
      }
      GOLDENS.put(parts[0].strip(), golden.writeTo(folder.resolve(parts[0].strip())));
    }
    apps = LayoutFolder.at(folder.resolve("apps"));
  }

  static Stream<Row> hostile() {
    return lines("hostile.txt").stream().map(Row::of);
  }

  static Stream<Row> honest() {
    return lines("honest.txt").stream().map(Row::of);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void noForgedImagePasses(Row row) {
    requireAsExpected(row);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("honest")
  void noHonestImageIsRefused(Row row) {
    requireAsExpected(row);
  }

  @Test
  void noRowIsThereTwice() {
    assertThat(Stream.concat(hostile(), honest()).map(row -> row.golden() + row.steps()))
        .doesNotHaveDuplicates();
  }

  private static void requireAsExpected(Row row) {
    ImageReport report = check(row);
    // Few rows bring what they start: that it is there is a rule with tests of its own.
    List<Finding> findings =
        report.findings().stream()
            .filter(finding -> !finding.rule().id().equals(CommandPresent.ABOUT.id()))
            .toList();
    Severity worst =
        findings.stream().anyMatch(finding -> finding.severity() == Severity.REFUSE)
            ? Severity.REFUSE
            : Severity.WARN;
    String verdict = findings.isEmpty() ? "pass" : worst == Severity.REFUSE ? "refuse" : "warn";
    List<String> rules =
        findings.stream()
            .filter(finding -> finding.severity() == worst)
            .map(finding -> finding.rule().id())
            .distinct()
            .sorted()
            .toList();
    String found = (verdict + " " + String.join(",", rules)).strip();
    assertThat(found).as("%s%n%s%n%s", row, row.steps(), shown(report)).isEqualTo(row.expected());
  }

  private static String shown(ImageReport report) {
    StringBuilder shown = new StringBuilder();
    report
        .findings()
        .forEach(
            finding ->
                shown.append(finding.severity()).append(' ').append(finding.found()).append('\n'));
    return shown.toString();
  }

  private static ImageReport check(Row row) {
    ReviewedImage image = ReviewedImage.of(row.steps());
    ApplicationFixture service =
        ApplicationFixture.on(Objects.requireNonNull(GOLDENS.get(row.golden())), "21", "")
            .runtime(image::runtime);
    for (byte[] tar : image.layers()) {
      service = service.with(new Layer(Blob.of(tar), Digest.of(tar), MediaTypes.OCI_LAYER));
    }
    // One tag for all, one after the other: an index of hundreds would be read and written for
    // each.
    service.writeTo(apps, "reviewed");
    Path cache = folder.resolve("cache");
    return new Gate(
            new GateRequest(
                List.of(ImageReference.parse("oci:" + folder.resolve("apps") + ":reviewed")),
                List.of(),
                policy(row.golden(), image.policy()),
                cache,
                GateFixture.NOW),
            AccessOfTests.stores(
                    AccessOfTests.ANONYMOUS,
                    daemon -> {
                      throw new AssertionError(daemon);
                    })
                ::open,
            new RecordingConsole())
        .check()
        .images()
        .get(0);
  }

  private static GoldenPolicy policy(String golden, String application) {
    try {
      Path file = folder.resolve("golden-policy.yaml");
      String more = application.isEmpty() ? "" : "application: {" + application + "}\n";
      Files.writeString(file, "golden: [\"oci:" + golden + "\"]\n" + more);
      return GoldenPolicy.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(String name) {
    try (InputStream text =
        Objects.requireNonNull(HostileReviewTest.class.getResourceAsStream(name))) {
      return Arrays.stream(
              new String(text.readAllBytes(), StandardCharsets.UTF_8)
                  .replace("\\\n", "")
                  .split("\n", -1))
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
