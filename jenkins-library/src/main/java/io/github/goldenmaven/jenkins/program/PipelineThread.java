package io.github.goldenmaven.jenkins.program;

import com.cloudbees.groovy.cps.Continuation;
import com.cloudbees.groovy.cps.Env;
import com.cloudbees.groovy.cps.Envs;
import com.cloudbees.groovy.cps.Next;
import com.cloudbees.groovy.cps.Outcome;
import com.cloudbees.groovy.cps.impl.CpsCallableInvocation;
import com.cloudbees.groovy.cps.sandbox.SandboxInvoker;
import groovy.lang.Closure;
import groovy.lang.Script;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A logical thread of a pipeline: the Jenkinsfile, or the body of a block step. It keeps the
 * interpreter's position, and can be saved whenever it waits for a step.
 */
public final class PipelineThread implements Serializable {

  private static final long serialVersionUID = 1L;

  /** More moves of the interpreter than any pipeline makes between two steps, unless it loops. */
  private static final int MOST_MOVES = 5_000_000;

  private @Nullable Env env;
  private Continuation continuation;
  private Outcome next;
  private transient @Nullable Next running;

  private PipelineThread(Continuation continuation, @Nullable Env env, Outcome next) {
    this.continuation = continuation;
    this.env = env;
    this.next = next;
  }

  /** A thread that runs a Jenkinsfile. */
  static PipelineThread of(Script script, boolean sandboxed) {
    return starting(script::run, sandboxed);
  }

  /** A thread that runs a body. */
  static PipelineThread of(Closure<?> body, Object[] arguments, boolean sandboxed) {
    return starting(() -> body.call(arguments), sandboxed);
  }

  private static PipelineThread starting(Start start, boolean sandboxed) {
    try {
      // A body that the interpreter does not know, such as a method pointer, has run already.
      return new PipelineThread(Continuation.HALT, null, new Outcome(start.run(), null));
    } catch (CpsCallableInvocation invocation) {
      Next first =
          invocation.invoke(
              sandboxed ? Envs.empty(new SandboxInvoker()) : Envs.empty(), null, Continuation.HALT);
      return new PipelineThread(first, first.e, new Outcome(null, null));
    } catch (RuntimeException thrown) {
      return new PipelineThread(Continuation.HALT, null, new Outcome(null, thrown));
    }
  }

  /** Gives the thread the outcome of the step that it waits for. */
  public void proceed(Outcome outcome) {
    next = outcome;
  }

  /**
   * Runs until the thread waits for a step or has ended.
   *
   * @return the step's call, or how the thread ended
   * @throws BrokenProgramException if there is no end of it
   */
  Outcome run() {
    Next at = next.resumeFrom(env, continuation);
    for (int moves = 0; at.yield == null; moves++) {
      running = at;
      if (moves == MOST_MOVES) {
        throw new BrokenProgramException(
            "the pipeline runs in an endless loop without a step. End the loop, or call a step such"
                + " as sleep in it.");
      }
      at = at.step();
    }
    running = null;
    env = at.e;
    continuation = at.k;
    return at.yield;
  }

  /** Whether there is nothing left to run. */
  public boolean ended() {
    return env == null && continuation == Continuation.HALT;
  }

  /** The stack of the thread, innermost call first. */
  public List<StackTraceElement> stack() {
    List<StackTraceElement> stack = new ArrayList<>();
    if (running != null) {
      StackTraceElement line = SourceLine.of(running);
      if (line != null) {
        stack.add(line);
      }
      if (running.e != null) {
        running.e.buildStackTraceElements(stack, 100);
      }
    } else if (env != null) {
      env.buildStackTraceElements(stack, 100);
    }
    return stack;
  }

  @FunctionalInterface
  private interface Start {
    @Nullable Object run();
  }
}
