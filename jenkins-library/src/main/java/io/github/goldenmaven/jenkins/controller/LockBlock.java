package io.github.goldenmaven.jenkins.controller;

import com.cloudbees.groovy.cps.Outcome;
import io.github.goldenmaven.jenkins.program.StepCall;

/** {@code lock}: its body runs while no other block has the resource. */
final class LockBlock extends OpenBlock {

  private static final long serialVersionUID = 1L;

  LockBlock(Program.Running caller, StepCall call, Context inside) {
    super(caller, call, inside);
  }

  private String resource() {
    return call.text("resource", call.text("label", ""));
  }

  @Override
  void begin(BuildRun run) {
    if (run.program().locks.add(resource())) {
      super.begin(run);
    } else {
      run.program().waiting.add(this);
    }
  }

  @Override
  void bodyEnded(BuildRun run, Program.Running body, Outcome end) {
    run.program().locks.remove(resource());
    for (LockBlock next : run.program().waiting) {
      if (next.resource().equals(resource())) {
        run.program().waiting.remove(next);
        next.begin(run);
        break;
      }
    }
    finish(run, end);
  }
}
