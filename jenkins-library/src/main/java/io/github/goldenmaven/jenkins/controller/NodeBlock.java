package io.github.goldenmaven.jenkins.controller;

import com.cloudbees.groovy.cps.Outcome;
import io.github.goldenmaven.jenkins.program.StepCall;

/** {@code node}: its workspace is its own until it ends. */
final class NodeBlock extends OpenBlock {

  private static final long serialVersionUID = 1L;

  NodeBlock(Program.Running caller, StepCall call, Context inside) {
    super(caller, call, inside);
  }

  @Override
  void bodyEnded(BuildRun run, Program.Running body, Outcome end) {
    run.program().workspaces.remove(inside.folder());
    finish(run, end);
  }
}
