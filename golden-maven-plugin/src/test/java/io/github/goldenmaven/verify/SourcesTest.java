package io.github.goldenmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.provenance.Label;
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
  private static GateHouse house;
  private static String fork;

  @BeforeAll
  static void open() {
    house = new GateHouse(shared);
    fork = house.push(house.service().label(Label.SOURCE, "https://git.example/fork.git"));
  }

  @AfterAll
  static void close() {
    house.close();
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
                      "sources of '" + house.registry.host() + "/apps/orders' in the policy");
              assertThat(finding.remedy())
                  .isEqualTo("Add the repository to 'sources' of the policy.");
            });
  }

  /** F14. */
  @Test
  void showsNoCredentialsOfAnAddress() {
    String reference =
        house.push(house.service().label(Label.SOURCE, "https://bob:hunter2@git.example/fork"));
    GateReport report =
        house.check(house.policy(place(house.registry.host(), "apps/orders")), reference);

    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(report.images().get(0).findings().get(0).found())
        .isEqualTo("'https://...@git.example/fork'");
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
    String host = house.registry.host();
    return host.substring(host.lastIndexOf(':'));
  }

  private static String place(String host, String repository) {
    return "sources: {\"" + host + "/" + repository + "\": \"" + OURS + "\"}\n";
  }

  private static ImageReport check(String sources, @Nullable String target) {
    return house.checkBefore(house.policy(sources), target, fork).images().get(0);
  }
}
