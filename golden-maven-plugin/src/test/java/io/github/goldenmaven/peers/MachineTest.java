package io.github.goldenmaven.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

class MachineTest {

  @Test
  void findsAProgramThatIsInstalled() {
    assertThat(Machine.find("sh")).isPresent();
    assertThat(Machine.find("no-such-program")).isEmpty();
  }

  @Test
  @NeedsPeer
  void knowsOnlyPeersItCouldInstall() {
    assertThatThrownBy(() -> Machine.require("curl"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'curl' is none of [chromium, docker, docker-registry, dockerd, ");
  }

  @Test
  @NeedsPeer("docker-registry")
  void aTestRunsWhereItsPeersAre() {
    ConditionEvaluationResult result =
        NeedsPeerCondition.evaluate(
            new String[] {"docker-registry"},
            peer -> {
              assertThat(Machine.require(peer)).isExecutable();
            },
            false);
    assertThat(result.isDisabled()).isFalse();
  }

  @Test
  void aTestIsLeftOutWithEveryReason() {
    ConditionEvaluationResult result =
        NeedsPeerCondition.evaluate(
            new String[] {"skopeo", "umoci"}, MachineTest::isMissing, false);
    assertThat(result.isDisabled()).isTrue();
    assertThat(result.getReason()).hasValue("'skopeo' is not installed. 'umoci' is not installed.");
  }

  @Test
  void inContinuousIntegrationAMissingPeerIsAFailure() {
    assertThatThrownBy(
            () ->
                NeedsPeerCondition.evaluate(new String[] {"skopeo"}, MachineTest::isMissing, true))
        .isInstanceOf(PeerMissingException.class)
        .hasMessage("'skopeo' is not installed.");
  }

  private static void isMissing(String peer) {
    throw new PeerMissingException("'" + peer + "' is not installed.");
  }
}
