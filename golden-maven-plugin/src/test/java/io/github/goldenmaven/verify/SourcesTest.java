package io.github.goldenmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.Severity;
import io.github.goldenmaven.verify.finding.Verdict;
import io.github.goldenmaven.verify.report.GateReport;
import io.github.goldenmaven.verify.report.ImageReport;
import io.github.goldenmaven.verify.report.VerifyHtml;
import io.github.goldenmaven.verify.report.VerifyJson;
import io.github.goldenmaven.verify.report.VerifyJunit;
import io.github.goldenmaven.verify.report.VerifySarif;
import io.github.goldenmaven.verify.report.VerifyText;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose sources an image was built from, by every name that its repository has. */
@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class SourcesTest {

  private static final String OURS = "https://git.company.example/shop/orders";

  @TempDir static Path shared;
  private static GateFixture fixture;
  private static String fork;

  @BeforeAll
  static void open() {
    fixture = new GateFixture(shared);
    fork = fixture.push(fixture.service().label(Label.SOURCE, "https://git.example/fork.git"));
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]"})
  void anotherNameOfTheRegistryDoesNotSwitchTheRuleOff(String host) {
    ImageReport report = check(place(host + port(), "apps/orders"), null);

    assertThat(report.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.rule().id()).isEqualTo("SOURCE_ALLOWED");
              assertThat(finding.expected()).isEqualTo("'" + OURS + "'");
              assertThat(finding.found()).isEqualTo("'https://git.example/fork.git'");
            });
    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void theSourcesOfTheReleaseRepositoryCountWhenPromotingToIt() {
    String release = "release.company.example:443/release/orders";
    ImageReport report =
        check(place("release.company.example", "release/orders"), release + ":1.4.2");

    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(report.findings())
        .singleElement()
        .extracting(Finding::expected)
        .isEqualTo("'" + OURS + "'");
  }

  @Test
  void warnsOfARepositoryThatThePolicyForgot() {
    ImageReport report = check(place("registry.company.example", "apps/others"), null);

    assertThat(report.verdict()).isEqualTo(Verdict.PASS);
    assertThat(report.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.WARN);
              assertThat(finding.expected())
                  .isEqualTo(
                      "sources of '" + fixture.registry.host() + "/apps/orders' in the policy");
              assertThat(finding.remedy())
                  .isEqualTo("Add the repository to 'sources' of the policy.");
            });
  }

  /** A pipeline clones by ssh what people name by HTTPS. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "git@git.company.example:shop/orders.git",
        "ssh://git@git.company.example/shop/orders.git",
        "https://GIT.company.example:443/shop/orders/",
      })
  void takesEveryAddressOfTheRepositoryThatThePolicyNames(String address) {
    assertThat(labelled(address).verdict()).isEqualTo(Verdict.PASS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://git.company.example/shop/orders/fork",
        "https://git.company.example/shop",
        "https://git.company.example/shop/ORDERS",
        "https://git.company.example@evil.example/shop/orders",
        "https://evil.example/shop/orders",
        "git.company.example/shop/orders",
        "",
      })
  void takesNoOtherAddressAndSaysWhereTheLabelComesFrom(String address) {
    ImageReport report = labelled(address);

    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(report.findings())
        .filteredOn(finding -> finding.rule().id().equals("SOURCE_ALLOWED"))
        .singleElement()
        .extracting(Finding::remedy)
        .isEqualTo(
            "Build the image from the sources that the policy names. Its label says what stands in"
                + " <scm><url> of the service's own POM, or of a parent's in the same checkout,"
                + " else git's remote 'origin': correct it there, or correct 'sources' of the"
                + " policy.");
  }

  @Test
  void saysOfAGoldenThatItsSourceIsGits() {
    ImageReport report =
        fixture
            .check(
                fixture.policy(place(fixture.registry.host(), "golden/java")), fixture.goldenName)
            .images()
            .get(0);

    assertThat(report.findings())
        .singleElement()
        .extracting(Finding::remedy)
        .isEqualTo(
            "Bake the golden image in a clone of what the policy names: its label says git's remote"
                + " 'origin'. Or correct 'sources' of the policy.");
  }

  @Test
  void demandsWhatComesFromGitWhereThePolicySaysSoAndTellsWhatGivesThem() {
    String labels =
        "labels: [org.opencontainers.image.revision, org.opencontainers.image.source,"
            + " com.company.team]\n";
    ImageReport report =
        fixture.check(fixture.policy(labels), fixture.push(fixture.service())).images().get(0);

    assertThat(report.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.rule().id()).isEqualTo("PROVENANCE_STAMPED");
              assertThat(finding.found())
                  .startsWith("no label 'org.opencontainers.image.revision', 'com.company.team'");
              assertThat(finding.remedy())
                  .isEqualTo(
                      "Build the image again where there is something to stamp:"
                          + " 'org.opencontainers.image.revision' comes from git's HEAD,"
                          + " 'com.company.team' comes from <container><labels>.");
            });
  }

  private static ImageReport labelled(String source) {
    String reference = fixture.push(fixture.service().label(Label.SOURCE, source));
    return fixture
        .check(fixture.policy(place(fixture.registry.host(), "apps/orders")), reference)
        .images()
        .get(0);
  }

  @Test
  void showsNoCredentialsOfAnAddress() {
    String reference =
        fixture.push(fixture.service().label(Label.SOURCE, "https://bob:hunter2@git.example/fork"));
    GateReport report =
        fixture.check(fixture.policy(place(fixture.registry.host(), "apps/orders")), reference);

    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(report.images().get(0).findings().get(0).found())
        .isEqualTo("'https://...@git.example/fork', which has a user, a password or a secret");
    for (String written :
        new String[] {
          VerifyText.of(report, false),
          VerifyJson.of(report).toPrettyString(),
          VerifySarif.of(report).toPrettyString(),
          VerifyHtml.of(report),
          VerifyJunit.of(report)
        }) {
      assertThat(written).doesNotContain("hunter2");
    }
  }

  private static String port() {
    String host = fixture.registry.host();
    return host.substring(host.lastIndexOf(':'));
  }

  private static String place(String host, String repository) {
    return "sources: {\"" + host + "/" + repository + "\": \"" + OURS + "\"}\n";
  }

  private static ImageReport check(String sources, @Nullable String target) {
    return fixture.checkBefore(fixture.policy(sources), target, fork).images().get(0);
  }
}
