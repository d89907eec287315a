package io.github.goldenmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.verify.finding.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class GateWaiversTest extends GateTestFixture {

  @Test
  void aWaiverLetsOneDigestThroughForATime() {
    String reference =
        fixture.push(fixture.service().runtime(runtime -> runtime.with("User", "0")));
    String digest = fixture.check(reference).digest().orElseThrow().toString();
    String other = "sha256:" + "2".repeat(64);

    assertThat(fixture.check(waiver(digest, "2026-11-24"), reference).verdict())
        .isEqualTo(Verdict.PASS);
    assertThat(fixture.check(waiver(digest, "2026-11-23"), reference).verdict())
        .isEqualTo(Verdict.REFUSED);
    assertThat(
            fixture
                .check(waiver(digest, "2026-11-23"), reference)
                .images()
                .get(0)
                .findings()
                .get(0)
                .remedy())
        .endsWith(" The waiver of 'platform' ended on 2026-11-23.");
    assertThat(fixture.check(waiver(other, "2026-11-24"), reference).verdict())
        .isEqualTo(Verdict.REFUSED);
  }

  /** What is let through for ever is a rule of its own. */
  @Test
  void refusesAWaiverOfMoreThanTwoYears() {
    String digest = "sha256:" + "2".repeat(64);
    GoldenPolicy endless = waiver(digest, "2028-11-25");

    assertThatThrownBy(() -> fixture.check(endless, fixture.goldenName))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "In '%s', line 3, column 121: the waiver ends on 2028-11-25, more than two years from"
                + " now. Write a day until 2028-11-24, and look at it again then: a waiver is for a"
                + " time.",
            endless.file());
    assertThat(fixture.check(waiver(digest, "2028-11-24"), fixture.goldenName).images()).hasSize(1);
  }

  private static GoldenPolicy waiver(String digest, String until) {
    return fixture.policy(
        "waivers: [{rule: CONFIG_USER, digest: \""
            + digest
            + "\", until: "
            + until
            + ", owner: platform, reason: moving}]\n");
  }

  @Test
  void refusesAPolicyThatNamesARuleThereIsNot() {
    GoldenPolicy policy = fixture.policy("effective: {CONFIG_USR: 2027-01-01}\n");
    GoldenPolicy lax = fixture.policy("effective: {GOLDEN_LAYERS: 2027-01-01}\n");

    assertThatThrownBy(() -> fixture.check(policy, fixture.goldenName))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "In '%s', line 3, column 13: the rule 'CONFIG_USR' is not known. Did you mean"
                + " 'CONFIG_USER'?",
            policy.file());
    assertThatThrownBy(() -> fixture.check(lax, fixture.goldenName))
        .hasMessageStartingWith(
            "In '"
                + lax.file()
                + "', line 3, column 13: the rule 'GOLDEN_LAYERS' is waived or delayed, which"
                + " nobody may. Take it out of 'waivers' and 'effective', and fix the image: ");
  }

  /** Policies outlive rules: each id of before leads to the rule that has its demand today. */
  @ParameterizedTest
  @CsvSource({
    "UPPER_WHITEOUT,UPPER_PLACE",
    "UPPER_PROTECTED_PATH,UPPER_PLACE",
    "UPPER_LINK,UPPER_PLACE",
    "UPPER_DEVICE,UPPER_PRIVILEGE",
    "CONFIG_ENTRYPOINT,CONFIG_COMMAND",
    "PROVENANCE_OWN,PROVENANCE_STAMPED",
    "GOLDEN_CURRENT,GOLDEN_FRESH"
  })
  void tellsWhatARuleOfBeforeIsNow(String before, String now) {
    GoldenPolicy policy = fixture.policy("effective: {" + before + ": 2027-01-01}\n");

    assertThatThrownBy(() -> fixture.check(policy, fixture.goldenName))
        .isInstanceOf(RefusedException.class)
        .hasMessageMatching(
            "In '.*', line 3, column \\d+: the rule '%s' is a part of '%s' now\\. Write '%s', and look at all that it demands: docs/rules/%s\\.md\\."
                .formatted(before, now, now, now));
  }

  @Test
  void tellsOfARuleOfBeforeThatNobodyMayWaive() {
    GoldenPolicy policy = fixture.policy("effective: {LAYER_CONTENT: 2027-01-01}\n");

    assertThatThrownBy(() -> fixture.check(policy, fixture.goldenName))
        .hasMessage(
            "In '%s', line 3, column 13: the rule 'LAYER_CONTENT' is a part of 'IMAGE_READABLE'"
                + " now. Take it out of 'waivers' and 'effective': nobody may waive"
                + " 'IMAGE_READABLE'.",
            policy.file());
  }
}
