package io.github.goldenmaven.jenkins.controller;

import com.cloudbees.groovy.cps.Outcome;
import groovy.lang.Closure;
import io.github.goldenmaven.jenkins.program.StepCall;
import java.io.Serializable;
import java.util.Objects;

/** A block step whose bodies run; its caller waits for it. */
abstract class OpenBlock implements Serializable {

  private static final long serialVersionUID = 1L;

  final Program.Running caller;
  final StepCall call;
  final Context inside;

  OpenBlock(Program.Running caller, StepCall call, Context inside) {
    this.caller = caller;
    this.call = call;
    this.inside = inside;
  }

  /** Starts the body; a block that does more than that says so itself. */
  void begin(BuildRun run) {
    run.startBody(this, body(), inside);
  }

  /** A body has ended; a block that does more than pass that on says so itself. */
  void bodyEnded(BuildRun run, Program.Running body, Outcome end) {
    finish(run, end);
  }

  final void finish(BuildRun run, Outcome end) {
    run.proceed(caller, call, end);
  }

  final Closure<?> body() {
    return Objects.requireNonNull(call.bodyOrNull());
  }
}
