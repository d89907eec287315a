package io.github.goldenmaven.jenkins.controller;

import com.cloudbees.groovy.cps.Outcome;
import io.github.goldenmaven.jenkins.program.StepCall;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** {@code catchError} and {@code warnError}: the failure of the body ends here. */
final class CatchBlock extends OpenBlock {

  private static final long serialVersionUID = 1L;

  private final String otherwise;

  CatchBlock(Program.Running caller, StepCall call, Context inside, String otherwise) {
    super(caller, call, inside);
    this.otherwise = otherwise;
  }

  @Override
  void bodyEnded(BuildRun run, Program.Running body, Outcome end) {
    boolean interrupted = end.getAbnormal() instanceof FlowInterruptedException;
    boolean catches = !"false".equals(call.text("catchInterruptions", "true"));
    if (!end.isFailure() || (interrupted && !catches)) {
      finish(run, end);
      return;
    }
    String message = call.text("message", "");
    run.log((message.isEmpty() ? "" : message + ": ") + end.getAbnormal().getMessage());
    run.program()
        .worsen(
            end.getAbnormal() instanceof FlowInterruptedException interruption
                ? interruption.getResult()
                : call.text("buildResult", otherwise));
    run.stages().worsened(caller.context());
    finish(run, new Outcome(null, null));
  }
}
