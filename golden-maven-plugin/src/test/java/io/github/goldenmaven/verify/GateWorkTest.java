package io.github.goldenmaven.verify;

import static io.github.goldenmaven.verify.Reported.ids;
import static io.github.goldenmaven.verify.Reported.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.oci.layer.RawTar;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.Verdict;
import io.github.goldenmaven.verify.report.BoundedFindings;
import io.github.goldenmaven.verify.report.GateReport;
import io.github.goldenmaven.verify.report.ImageReport;
import io.github.goldenmaven.verify.report.VerifyJson;
import io.github.goldenmaven.verify.rules.image.ImageReadable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Images that are small and much work: the gate says so soon, and goes on to the next image. */
@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class GateWorkTest {

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

  /** It took a day. */
  @Test
  @Timeout(60)
  void hundredsOfThousandsOfNamesBehindLongLinksAreToldAsTooMuchWork() throws IOException {
    Zipped tar = new Zipped().put(new RawTar().entry('5', "app").entry('5', "app/d"));
    String way = "d/../".repeat(800);
    for (int link = 0; link < 39; link++) {
      tar.put(
          new RawTar()
              .entry('K', "././@LongLink", way + (link == 0 ? "d" : "l" + (link - 1)) + "\0")
              .entry('2', "app/l" + link));
    }
    for (int name = 0; name < 290_000; name++) {
      tar.put(new RawTar().file("app/l38/" + Integer.toString(name, 36), ""));
    }
    Layer layer = tar.layer();
    assertThat(layer.blob().size()).isLessThan(4_000_000);
    String good = fixture.push(fixture.service());
    String bad = fixture.push(fixture.service().with(layer));

    List<ImageReport> reports = fixture.check(fixture.policy(""), bad, good).images();

    AttackPage.holds("I5", "290,000 names behind 39 long links", reports.get(0));
    assertThat(reports.get(0).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(reports.get(0).findings())
        .extracting(Finding::found)
        .containsOnlyOnce(
            "Following the paths and links of the image takes more than 50000000 steps.");
    assertThat(reports.get(1).verdict()).isEqualTo(Verdict.PASS);
  }

  /** Each is read and told of anew: it took an hour. */
  @Test
  @Timeout(60)
  void anArgumentFileThatIsNamedThousandsOfTimesIsToldAsTooMuchWork() {
    List<String> command = new ArrayList<>(List.of("java"));
    command.addAll(Collections.nCopies(9_000, "@/app/options"));
    ImageReport report =
        fixture.check(
            fixture
                .service()
                .with(layer(new RawTar().file("app/options", "-Xa\n".repeat(250_000)).end()))
                .runtime(runtime -> runtime.with("Entrypoint", JsonValue.ofTexts(command))));

    AttackPage.holds("I5", "an argument file of 250,000 words, named 9,000 times", report);
    assertThat(report.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(only(report, "IMAGE_AVAILABLE").found())
        .isEqualTo("The argument files of the command have more than 100000 words.");
  }

  /** It took hours. */
  @Test
  @Timeout(60)
  void aVolumeThatIsLongerThanAPathIsRefused() {
    String volume = "/a".repeat(1_500_000);
    ImageReport report =
        fixture.check(
            fixture
                .service()
                .runtime(
                    runtime ->
                        runtime.with("Volumes", JsonObject.EMPTY.with(volume, JsonObject.EMPTY))));

    AttackPage.holds("I5", "a volume with a name of 3 MB", report);
    assertThat(ids(report)).containsExactly("IMAGE_READABLE");
    assertThat(only(report, "IMAGE_READABLE").found())
        .endsWith("' has a text of 3000000 characters in 'Volumes', more than 4096.");
  }

  /** The report of one image had 78 MB. */
  @Test
  @Timeout(60)
  void aHundredThousandFlagsAreToldInFewLines() {
    ImageReport report =
        fixture.check(
            fixture
                .service()
                .runtime(
                    runtime ->
                        runtime.with(
                            "Entrypoint",
                            JsonValue.ofTexts(
                                Collections.nCopies(100_000, "-Dhttp.proxyHost=x")))));

    AttackPage.holds("I5", "a command of a hundred thousand flags", report);
    assertThat(ids(report)).containsExactly("IMAGE_READABLE");
    byte[] json =
        VerifyJson.of(new GateReport("policy", GateFixture.NOW, List.of(report))).toBytes();
    assertThat(json.length).isLessThan(10_000);
  }

  /** A path may be long, and so may what a remedy names. */
  @Test
  void noTextOfAFindingIsLongerThanAReportHolds() {
    String text = "x".repeat(1_000_000);

    Finding finding = Finding.refuse(ImageReadable.ABOUT, text, text, text).withRemedy(text);

    assertThat(List.of(finding.expected(), finding.found(), finding.where(), finding.remedy()))
        .allMatch(told -> told.length() < 9_000);
    assertThat(Finding.refuse(ImageReadable.ABOUT, "a", "b", "https://me:secret@host/x").where())
        .doesNotContain("secret");
  }

  @Test
  void findingsOfOneKindAreToldInSixtyLinesAndOneOfTheirNumber() {
    Finding finding = Finding.refuse(ImageReadable.ABOUT, "a", "b", "c");

    List<Finding> bounded = BoundedFindings.of(Collections.nCopies(100_000, finding));

    assertThat(bounded).hasSize(61);
    assertThat(bounded.get(60).found()).isEqualTo("and 99940 more of its kind");
    assertThat(bounded.get(60).blocks()).isTrue();
    assertThat(BoundedFindings.of(Collections.nCopies(60, finding))).hasSize(60);
  }

  /** A tar that is never whole in memory. */
  private static final class Zipped {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final MessageDigest diffId = Digest.sha256();
    private final GZIPOutputStream zip;

    Zipped() throws IOException {
      zip = new GZIPOutputStream(bytes);
    }

    Zipped put(RawTar part) throws IOException {
      return put(part.cut());
    }

    private Zipped put(byte[] part) throws IOException {
      zip.write(part);
      diffId.update(part);
      return this;
    }

    Layer layer() throws IOException {
      put(new byte[1024]).zip.close();
      return new Layer(
          Blob.of(bytes.toByteArray()),
          new Digest(HexFormat.of().formatHex(diffId.digest())),
          MediaTypes.OCI_LAYER_GZIP);
    }
  }

  private static Layer layer(byte[] tar) {
    return new Layer(Blob.of(tar), Digest.of(tar), MediaTypes.OCI_LAYER);
  }
}
