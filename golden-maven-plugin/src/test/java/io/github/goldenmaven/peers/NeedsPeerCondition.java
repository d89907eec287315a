package io.github.goldenmaven.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Leaves a test out where a {@link NeedsPeer} is missing; in CI lets it fail. */
final class NeedsPeerCondition implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getElement(), NeedsPeer.class)
        .map(
            needs ->
                evaluate(
                    needs.value(), NeedsPeerCondition::require, Machine.isContinuousIntegration()))
        .orElseGet(() -> ConditionEvaluationResult.enabled("needs no peer"));
  }

  static ConditionEvaluationResult evaluate(
      String[] peers, Consumer<String> require, boolean continuousIntegration) {
    List<String> reasons = new ArrayList<>();
    for (String peer : peers) {
      try {
        require.accept(peer);
      } catch (PeerMissingException missing) {
        if (continuousIntegration) {
          throw missing;
        }
        reasons.add(String.valueOf(missing.getMessage()));
      }
    }
    return reasons.isEmpty()
        ? ConditionEvaluationResult.enabled("every peer is here")
        : ConditionEvaluationResult.disabled(String.join(" ", reasons));
  }

  private static void require(String peer) {
    Machine.require(peer);
    if (peer.equals("dockerd") && !Machine.isRoot()) {
      throw new PeerMissingException("A Docker Engine of one's own needs root.");
    }
  }
}
