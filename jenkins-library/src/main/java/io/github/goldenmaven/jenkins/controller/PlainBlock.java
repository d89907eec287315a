package io.github.goldenmaven.jenkins.controller;

import com.cloudbees.groovy.cps.Outcome;
import io.github.goldenmaven.jenkins.program.StepCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A block that changes the context of its body and tidies up behind it. */
final class PlainBlock extends OpenBlock {

  private static final long serialVersionUID = 1L;

  private final ArrayList<String> leftovers = new ArrayList<>();
  private final int stage;

  PlainBlock(
      Program.Running caller, StepCall call, Context inside, List<Path> leftovers, int stage) {
    super(caller, call, inside);
    leftovers.forEach(file -> this.leftovers.add(file.toString()));
    this.stage = stage;
  }

  @Override
  void bodyEnded(BuildRun run, Program.Running body, Outcome end) {
    for (String file : leftovers) {
      Workspace.delete(Path.of(file));
    }
    if (stage >= 0) {
      run.stages().ended(stage, end.isFailure());
    }
    finish(run, end);
  }
}
