package io.github.goldenmaven.jenkins.controller;

import com.cloudbees.groovy.cps.Outcome;
import groovy.lang.Closure;
import io.github.goldenmaven.jenkins.program.StepCall;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code parallel}: a body for each branch; it ends when all have, with the first failure. */
final class ParallelBlock extends OpenBlock {

  private static final long serialVersionUID = 1L;

  private final LinkedHashMap<String, Object> values = new LinkedHashMap<>();
  private int running;
  private Outcome failure = new Outcome(null, null);

  ParallelBlock(Program.Running caller, StepCall call, Context inside) {
    super(caller, call, inside);
  }

  @Override
  void begin(BuildRun run) {
    Map<String, Closure<?>> branches = new LinkedHashMap<>();
    call.arguments()
        .forEach(
            (name, value) -> {
              if (value instanceof Closure<?> body) {
                branches.put(name, body);
              }
            });
    running = branches.size();
    if (running == 0) {
      finish(run, new Outcome(values, null));
    }
    branches.forEach((name, body) -> run.startBody(this, body, inside.inBranch(name)));
  }

  @Override
  void bodyEnded(BuildRun run, Program.Running body, Outcome end) {
    String branch = body.context().branch();
    if (end.isFailure()) {
      boolean first = !failure.isFailure();
      failure = first ? end : failure;
      if (first && call.flag("failFast")) {
        run.interrupt(
            other ->
                !isIn(other, branch)
                    && call.arguments().keySet().stream()
                        .anyMatch(name -> isIn(other, inside.inBranch(name).branch())),
            "Failed in branch " + branch.substring(branch.lastIndexOf('/') + 1));
      }
    } else {
      values.put(branch.substring(branch.lastIndexOf('/') + 1), end.getNormal());
    }
    if (--running == 0) {
      finish(run, failure.isFailure() ? failure : new Outcome(values, null));
    }
  }

  private static boolean isIn(Context context, String branch) {
    return context.branch().equals(branch) || context.branch().startsWith(branch + "/");
  }
}
