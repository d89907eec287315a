package io.github.goldenmaven.jenkins.controller;

import com.cloudbees.groovy.cps.Outcome;
import io.github.goldenmaven.jenkins.program.StepCall;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/**
 * {@code retry}: without conditions it retries every failure but an interruption; with them, what
 * they name.
 */
final class RetryBlock extends OpenBlock {

  private static final long serialVersionUID = 1L;

  private int left;

  RetryBlock(Program.Running caller, StepCall call, Context inside) {
    super(caller, call, inside);
    this.left = Integer.parseInt(call.text("count", "1"));
  }

  @Override
  void bodyEnded(BuildRun run, Program.Running body, Outcome end) {
    left--;
    if (end.isFailure() && left > 0 && retries(end.getAbnormal())) {
      run.log("Retrying");
      begin(run);
    } else {
      finish(run, end);
    }
  }

  private boolean retries(Throwable failure) {
    if (!(call.arguments().get("conditions") instanceof List<?> conditions)) {
      return !(failure instanceof FlowInterruptedException);
    }
    for (Object condition : conditions) {
      Object symbol = condition instanceof Map<?, ?> described ? described.get("$class") : "";
      if (("agent".equals(symbol) && InfrastructureFailures.ofAgent(failure))
          || ("nonresumable".equals(symbol) && InfrastructureFailures.ofController(failure))) {
        return true;
      }
    }
    return false;
  }
}
