package io.github.goldenmaven.verify;

import static io.github.goldenmaven.verify.Reported.ids;
import static io.github.goldenmaven.verify.Reported.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.Request;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.finding.Severity;
import io.github.goldenmaven.verify.finding.Verdict;
import io.github.goldenmaven.verify.report.GateReport;
import io.github.goldenmaven.verify.report.ImageReport;
import io.github.goldenmaven.verify.rules.Rules;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Attacks by name, each an image in a real registry. */
@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class GateTest extends GateTestFixture {

  @Test
  void aServiceOnItsGoldenImagePasses() {
    ImageReport report = fixture.check(fixture.service());

    assertThat(report.findings()).isEmpty();
    assertThat(report.verdict()).isEqualTo(Verdict.PASS);
    assertThat(report.lineage().proven()).isTrue();
    assertThat(report.lineage().golden())
        .isEqualTo(fixture.goldenName + "@" + fixture.golden.manifest("21").digest());
    assertThat(report.lineage().official()).startsWith("docker.io/library/eclipse-temurin:17-jre@");
    assertThat(report.checked())
        .containsExactlyElementsOf(Rules.about().stream().map(RuleInfo::id).toList());
  }

  @Test
  void theGoldenImageItselfPasses() {
    assertThat(fixture.check(fixture.goldenName).findings()).isEmpty();
  }

  @Test
  void aKnownImageCostsTwoRequestsAndItsGoldenOneARun() {
    String reference = fixture.push(fixture.service());
    fixture.check(fixture.push(fixture.service()));
    fixture.registry.mark();

    assertThat(fixture.check(reference).verdict()).isEqualTo(Verdict.PASS);

    assertThat(requestsOf("/apps/orders/")).hasSize(1);
    assertThat(requestsOf("/golden/java/")).hasSize(1);
    String changed = fixture.push(fixture.service().label(Label.TITLE, "others"));
    fixture.registry.mark();
    assertThat(fixture.check(changed).verdict()).isEqualTo(Verdict.PASS);
    assertThat(requestsOf("/apps/orders/")).hasSize(2);
    assertThat(requestsOf("/golden/java/")).hasSize(1);
    assertThat(fixture.registry.requests()).hasSize(3);
  }

  private static List<String> requestsOf(String repository) {
    return fixture.registry.requests().stream()
        .map(Request::toString)
        .filter(request -> request.contains(repository))
        .toList();
  }

  @Test
  @NeedsPeer("docker-registry")
  void couldNotTellOfAnImageThatMayNotBeRead() {
    try (DockerRegistry guarded = DockerRegistry.options().withCredentials().start()) {
      ImageReport report = fixture.check(guarded.host() + "/apps/orders:1");

      assertThat(ids(report)).containsExactly("IMAGE_AVAILABLE");
      assertThat(report.verdict()).isEqualTo(Verdict.UNKNOWN);
    }
  }

  @Test
  void refusesAGoldenThatThePolicyDoesNotAllow() {
    fixture.registry.push(fixture.golden, "21", "mine/java", "21");
    ApplicationFixture mine =
        ApplicationFixture.on(fixture.golden, "21", fixture.registry.host() + "/mine/java:21");

    ImageReport report = fixture.check(mine);

    assertThat(only(report, "GOLDEN_ALLOWED").found())
        .isEqualTo("'" + fixture.registry.host() + "/mine/java:21'");
    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void refusesAGoldenOfAPublisherNobodyTrusts() {
    LayoutFolder layout =
        fixture.push(
            GoldenFixture.of(fixture.official).officialName("docker.io/someone/java:17").line("9"),
            "9");
    ApplicationFixture on =
        ApplicationFixture.on(layout, "9", fixture.registry.host() + "/golden/java:9");

    assertThat(ids(fixture.check(on))).containsExactly("OFFICIAL_ALLOWED");
  }

  @Test
  void refusesLabelsThatDisagreeWithTheGolden() {
    assertThat(
            only(
                    fixture.check(fixture.service().label(Label.GOLDEN_VERSION, "21.0.99")),
                    "LABELS_AGREE")
                .where())
        .endsWith(", label io.github.goldenmaven.golden.version");
  }

  @Test
  void couldNotTellOfAnImageThatIsNotThereOrAGoldenThatIsGone() {
    assertThat(fixture.check(fixture.registry.host() + "/apps/nothing:1").verdict())
        .isEqualTo(Verdict.UNKNOWN);
    assertThat(
            fixture
                .check(fixture.service().label(Label.BASE_DIGEST, "sha256:" + "1".repeat(64)))
                .findings())
        .extracting(Finding::severity)
        .contains(Severity.UNKNOWN);
  }

  /** Whatever goes wrong with one image: no exception of the run, and a verdict for the others. */
  @Test
  void couldNotTellOfAnImageThatBreaksTheGateAndStillJudgesTheOthers() {
    String good = fixture.push(fixture.service());
    Function<ImageReference, ImageStore> stores =
        AccessOfTests.stores(
                AccessOfTests.ANONYMOUS,
                daemon -> {
                  throw new AssertionError(daemon);
                })
            ::open;

    GateReport report =
        new Gate(
                new GateRequest(
                    List.of(
                        ImageReference.parse(fixture.registry.host() + "/apps/huge:1"),
                        ImageReference.parse(good)),
                    List.of(),
                    fixture.policy(""),
                    shared.resolve("cache"),
                    GateFixture.NOW),
                reference -> {
                  if (reference.name().endsWith("/huge")) {
                    throw new OutOfMemoryError("Java heap space");
                  }
                  return stores.apply(reference);
                },
                new RecordingConsole())
            .check();

    assertThat(report.images())
        .extracting(ImageReport::verdict)
        .containsExactly(Verdict.UNKNOWN, Verdict.PASS);
    assertThat(only(report.images().get(0), "IMAGE_AVAILABLE").found())
        .isEqualTo("java.lang.OutOfMemoryError: Java heap space");
  }

  @Test
  void couldNotTellOfARegistryThatDoesNotAnswer() {
    assertThat(fixture.check("localhost:1/apps/orders:1").verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void holdsAGoldenToItsAgeAndTheImageToItsSources() {
    String reference = fixture.push(fixture.service());
    GoldenPolicy policy =
        fixture.policy(
            "freshness: {maxAge: P1D}\nsources: {"
                + fixture.registry.host()
                + "/apps/orders: \"https://git.company.example/other\"}\n");

    assertThat(ids(fixture.check(policy, reference).images().get(0)))
        .containsExactly("GOLDEN_FRESH", "SOURCE_ALLOWED");
  }

  @Test
  void countsHowFarBehindItsLineAGoldenIs() {
    fixture.push(GoldenFixture.of(fixture.official).line("30").version("30.0.10"), "30.0.10");
    fixture.push(GoldenFixture.of(fixture.official).line("30").version("30.0.11"), "30.0.11");
    LayoutFolder old =
        fixture.push(GoldenFixture.of(fixture.official).line("30").version("30.0.9"), "30.0.9");
    String reference =
        fixture.push(
            ApplicationFixture.on(old, "30.0.9", fixture.registry.host() + "/golden/java:30.0.9"));

    assertThat(fixture.check(fixture.policy("freshness: {behind: 2}\n"), reference).verdict())
        .isEqualTo(Verdict.PASS);
    assertThat(
            only(
                    fixture
                        .check(fixture.policy("freshness: {behind: 1}\n"), reference)
                        .images()
                        .get(0),
                    "GOLDEN_FRESH")
                .found())
        .startsWith("2 newer than '");
  }

  @Test
  void checksManyImagesInOneRunAndReadsTheirGoldenOnce() {
    String[] references = new String[20];
    for (int at = 0; at < references.length; at++) {
      references[at] = fixture.push(fixture.service().label(Label.DESCRIPTION, "number " + at));
    }
    fixture.registry.mark();

    GateReport report = fixture.check(fixture.policy(""), references);

    assertThat(report.verdict()).isEqualTo(Verdict.PASS);
    assertThat(report.images()).extracting(ImageReport::reference).containsExactly(references);
    assertThat(fixture.registry.requests()).hasSizeLessThanOrEqualTo(2 * references.length + 10);
  }

  @Test
  void refusesTheRequestOfNoImage() {
    assertThatThrownBy(
            () ->
                new GateRequest(List.of(), List.of(), fixture.policy(""), shared, GateFixture.NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
