package io.github.goldenmaven.verify;

import static io.github.goldenmaven.verify.Reported.ids;
import static io.github.goldenmaven.verify.Reported.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.Blob;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.JsonObject;
import io.github.goldenmaven.oci.JsonValue;
import io.github.goldenmaven.oci.Layer;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawTar;
import io.github.goldenmaven.peers.NeedsPeer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
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
  private static GateHouse house;

  @BeforeAll
  static void open() {
    house = new GateHouse(shared);
  }

  @AfterAll
  static void close() {
    house.close();
  }

  /** It took a day. */
  @Test
  @Timeout(60)
  void hundredsOfThousandsOfNamesBehindLongLinksAreToldAsTooMuchWork() {
    RawTar tar = new RawTar().entry('5', "app").entry('5', "app/d");
    String way = "d/../".repeat(800);
    for (int link = 0; link < 39; link++) {
      tar.entry('K', "././@LongLink", way + (link == 0 ? "d" : "l" + (link - 1)) + "\0")
          .entry('2', "app/l" + link);
    }
    for (int name = 0; name < 100_000; name++) {
      tar.file("app/l38/" + Integer.toString(name, 36), "");
    }
    String good = house.push(house.service());
    String bad = house.push(house.service().with(layer(tar.end())));

    List<ImageReport> reports = house.check(house.policy(""), bad, good).images();

    AttackPage.holds("I5", "a hundred thousand names behind 39 long links", reports.get(0));
    assertThat(reports.get(0).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(reports.get(0).findings())
        .extracting(Finding::found)
        .containsOnlyOnce(
            "Following the paths and links of the image takes more than 50000000 steps.");
    assertThat(reports.get(1).verdict()).isEqualTo(Verdict.PASS);
  }

  /** It took hours. */
  @Test
  @Timeout(60)
  void aVolumeThatIsLongerThanAPathIsRefused() {
    String volume = "/a".repeat(1_500_000);
    ImageReport report =
        house.check(
            house
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
        house.check(
            house
                .service()
                .runtime(
                    runtime ->
                        runtime.with(
                            "Entrypoint",
                            JsonValue.ofTexts(
                                Collections.nCopies(100_000, "-Dhttp.proxyHost=x")))));

    AttackPage.holds("I5", "a command of a hundred thousand flags", report);
    assertThat(ids(report)).containsExactly("IMAGE_READABLE");
    byte[] json = VerifyJson.of(new GateReport("policy", GateHouse.NOW, List.of(report))).toBytes();
    assertThat(json.length).isLessThan(10_000);
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

  private static Layer layer(byte[] tar) {
    return new Layer(Blob.of(tar), Digest.of(tar), MediaTypes.OCI_LAYER);
  }
}
