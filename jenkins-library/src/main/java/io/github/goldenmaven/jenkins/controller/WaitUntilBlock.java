package io.github.goldenmaven.jenkins.controller;

import com.cloudbees.groovy.cps.Outcome;
import hudson.AbortException;
import io.github.goldenmaven.jenkins.program.StepCall;

/** {@code waitUntil}: its body runs until it answers true. */
final class WaitUntilBlock extends OpenBlock {

  private static final long serialVersionUID = 1L;

  /** Nothing outside a simulated build changes, so a body that was false so often stays so. */
  private static final int ROUNDS = 100;

  private int rounds;

  WaitUntilBlock(Program.Running caller, StepCall call, Context inside) {
    super(caller, call, inside);
  }

  @Override
  void bodyEnded(BuildRun run, Program.Running body, Outcome end) {
    if (end.isFailure() || Boolean.TRUE.equals(end.getNormal())) {
      finish(run, end.isFailure() ? end : new Outcome(null, null));
    } else if (++rounds < ROUNDS) {
      begin(run);
    } else {
      finish(
          run, new Outcome(null, new AbortException("waitUntil was false " + ROUNDS + " times")));
    }
  }
}
