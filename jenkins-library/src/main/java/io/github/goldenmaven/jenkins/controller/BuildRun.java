package io.github.goldenmaven.jenkins.controller;

import com.cloudbees.groovy.cps.Outcome;
import groovy.lang.Closure;
import hudson.AbortException;
import io.github.goldenmaven.jenkins.Agent;
import io.github.goldenmaven.jenkins.Build;
import io.github.goldenmaven.jenkins.Fault;
import io.github.goldenmaven.jenkins.Jenkinsfile;
import io.github.goldenmaven.jenkins.Library;
import io.github.goldenmaven.jenkins.Restarts;
import io.github.goldenmaven.jenkins.StepBehaviour;
import io.github.goldenmaven.jenkins.StepType;
import io.github.goldenmaven.jenkins.Violation;
import io.github.goldenmaven.jenkins.program.BrokenProgramException;
import io.github.goldenmaven.jenkins.program.PipelineSources;
import io.github.goldenmaven.jenkins.program.ProgramStore;
import io.github.goldenmaven.jenkins.program.StepCall;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.codehaus.groovy.control.CompilationFailedException;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jspecify.annotations.Nullable;

/**
 * One run of a pipeline: its threads run until each waits for a step, and the step is performed.
 */
public final class BuildRun {

  /** More steps than any pipeline has: it loops. */
  private static final int MOST_STEPS = 20_000;

  private final Settings settings;
  private final Path root;
  private final PipelineSources sources;
  private final Transcript transcript;
  private final Restarter restarter;
  private final FaultInjector faultInjector;
  private final LeafSteps leaves = new LeafSteps(this);
  private final BlockSteps blocks = new BlockSteps(this);
  private final Stages stages = new Stages();

  private Program program = new Program();
  private Program.@Nullable Running running;
  private @Nullable String errorOrNull;
  private int folders;

  /**
   * A run that has not begun.
   *
   * @param root an empty folder for its workspaces and files
   */
  public BuildRun(Settings settings, Jenkinsfile jenkinsfile, Path root) {
    this.settings = settings;
    this.root = root;
    this.transcript = new Transcript(settings, root);
    this.faultInjector = new FaultInjector(settings, root);
    this.sources =
        new PipelineSources(
            root.resolve("libs"), jenkinsfile, settings.libraries, settings.sandboxed);
    this.restarter =
        new Restarter(sources, new BuildBindings(this), message -> violation("", message));
  }

  /** Runs it to its end. */
  public Build run() {
    try {
      loop();
    } catch (CompilationFailedException failed) {
      notCompiled(failed);
    } catch (BrokenProgramException broken) {
      fail(String.valueOf(broken.getMessage()));
    } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError unexpected) {
      if (unexpected.getCause() instanceof CompilationFailedException failed) {
        notCompiled(failed);
      } else {
        violation("", "the pipeline cannot be run: " + unexpected);
        fail(String.valueOf(unexpected));
      }
    } finally {
      restarter.close();
    }
    transcript.violations().addAll(restarter.ofSources());
    return new Build(
        program.result,
        transcript.lines(),
        transcript.steps(),
        List.copyOf(transcript.violations()),
        transcript.log(),
        Optional.of(transcript.masked(program.description)).filter(text -> !text.isEmpty()),
        Optional.ofNullable(errorOrNull),
        Workspace.matching(archive(), "**", ""),
        program.tests,
        stages.shown().stream().map(transcript::masked).toList(),
        restarter.restarts());
  }

  private void loop() {
    program.ready.add(
        new Program.Running(
            restarter.interpreter().start(restarter.classes().main()), Context.OUTERMOST, null));
    while (true) {
      Program.Running next = program.ready.poll();
      if (next == null) {
        break;
      }
      running = next;
      Outcome outcome = restarter.interpreter().run(next.thread());
      if (!next.thread().ended()) {
        perform(next, (StepCall) Objects.requireNonNull(outcome.getNormal()));
      } else if (next.blockOrNull() != null) {
        next.blockOrNull().bodyEnded(this, next, outcome);
      } else if (outcome.isFailure()) {
        ended(outcome.getAbnormal());
      }
    }
    if (!program.waiting.isEmpty()) {
      fail("the pipeline waits forever for the lock of " + program.waiting.get(0).call.shown());
    }
  }

  private void ended(Throwable failure) {
    if (failure instanceof CompilationFailedException failed) {
      notCompiled(failed);
      return;
    }
    if (failure instanceof FlowInterruptedException interruption) {
      program.worsen(interruption.getResult());
      errorOrNull = transcript.masked(String.valueOf(failure.getMessage()));
      log(errorOrNull);
    } else {
      fail(
          failure instanceof AbortException
              ? String.valueOf(failure.getMessage())
              : String.valueOf(failure));
    }
  }

  private void notCompiled(CompilationFailedException failed) {
    List<Violation> errors = sources.errors(failed);
    for (Violation error : errors) {
      transcript.violation(
          new PipelineSources.Place(error.file(), error.line()), "", error.message());
    }
    fail(errors.get(0).toString());
  }

  private void fail(String message) {
    program.worsen("FAILURE");
    errorOrNull = transcript.masked(message);
    log("ERROR: " + message);
  }

  private void perform(Program.Running caller, StepCall called) {
    int number = number() + 1;
    StepType type = settings.catalogue.find(called.name()).orElseThrow();
    program.calling = caller;
    program.call =
        new StepCall(
            called.name(),
            StepCallParser.plain(called.arguments()),
            called.bodyOrNull(),
            called.problems());
    transcript.noteSecrets(program.call, place());
    transcript.called(program.call, caller.context(), place());
    if (number > MOST_STEPS) {
      String message = "the pipeline calls more than " + MOST_STEPS + " steps. End its loop.";
      violation(called.name(), message);
      throw new BrokenProgramException(message);
    }
    boolean restarted = faultInjector.happens(Fault.Kind.CONTROLLER_RESTART, number);
    if ((settings.restarts == Restarts.EVERY || restarted) && !restart()) {
      return;
    }
    performCalled(type, number, restarted);
  }

  /** Performs the call in the program: after a restart that is another object. */
  private void performCalled(StepType type, int number, boolean restarted) {
    Program.Running self = Objects.requireNonNull(program.calling);
    StepCall call = Objects.requireNonNull(program.call);
    running = self;
    try {
      require(type, call, self.context());
      faultInjector.inject(program, type, self.context(), number, restarted);
      if (type.block()) {
        blocks.open(self, call).begin(this);
      } else {
        proceed(self, call, new Outcome(leaves.perform(call, self.context()), null));
      }
    } catch (BrokenProgramException | CompilationFailedException broken) {
      throw broken;
    } catch (Exception failed) {
      proceed(self, call, new Outcome(null, failed));
    }
  }

  private void require(StepType type, StepCall call, Context context) throws AbortException {
    boolean harmless = true;
    for (String problem : call.problems()) {
      violation(call.name(), problem);
      harmless &= problem.startsWith("has no parameter");
    }
    if (!harmless) {
      throw new IllegalArgumentException(call.name() + " " + call.problems());
    }
    boolean needsNode = type.needsNode(call.arguments().keySet());
    if (needsNode && context.agentOrNull() == null) {
      String message = "runs on an agent, but it is outside of node. Put it inside node.";
      violation(call.name(), message);
      throw new AbortException(call.name() + " " + message);
    }
    if (needsNode && program.lostNodes.contains(context.node())) {
      throw new AbortException(
          Objects.requireNonNull(InfrastructureFailures.agent(context.agent()).getMessage()));
    }
  }

  /** Restarts the controller; false if the program does not survive it. */
  private boolean restart() {
    try {
      program = restarter.restart(program);
      return true;
    } catch (NotSerializableException unsaved) {
      notSaved(unsaved);
    } catch (IOException failed) {
      violation("", "the program cannot be loaded after a restart: " + failed.getMessage());
      fail(String.valueOf(failed.getMessage()));
    }
    program.ready.clear();
    return false;
  }

  private void notSaved(NotSerializableException unsaved) {
    String held = ProgramStore.heldBy(unsaved);
    String message =
        "a "
            + unsaved.getMessage()
            + " is used across this step and cannot be saved"
            + (held.isEmpty() ? "" : " (held in " + held + ")")
            + "; the build would be lost at a restart. Use it only in a @NonCPS method, or keep"
            + " only text, numbers, lists and maps.";
    violation(Objects.requireNonNull(program.call).name(), message);
    fail(message);
  }

  void startBody(OpenBlock block, Closure<?> body, Context inside) {
    program.ready.add(new Program.Running(restarter.interpreter().start(body), inside, block));
  }

  void proceed(Program.Running caller, StepCall call, Outcome outcome) {
    if (outcome.isFailure()) {
      transcript.failed(call, caller.context(), outcome.getAbnormal());
    }
    caller.thread().proceed(outcome);
    program.ready.add(caller);
  }

  /** Interrupts the threads in these contexts at the step that each waits for. */
  void interrupt(Predicate<Context> which, String why) {
    Outcome end = new Outcome(null, new FlowInterruptedException("ABORTED", why));
    for (LockBlock waiting : List.copyOf(program.waiting)) {
      if (which.test(waiting.caller.context())) {
        program.waiting.remove(waiting);
        proceed(waiting.caller, waiting.call, end);
      }
    }
    for (Program.Running each : program.ready) {
      if (which.test(each.context())) {
        each.thread().proceed(end);
      }
    }
  }

  void violation(String step, String message) {
    transcript.violation(place(), step, message);
  }

  /** The file and line that the running thread has reached. */
  private PipelineSources.Place place() {
    if (running != null) {
      for (StackTraceElement element : running.thread().stack()) {
        if (element.getLineNumber() > 0) {
          return restarter.classes().place(element);
        }
      }
    }
    return new PipelineSources.Place(sources.jenkinsfile().name(), 0);
  }

  /** All variables that the running thread sees. */
  Map<String, String> variables() {
    return variables(running == null ? Context.OUTERMOST : running.context());
  }

  Map<String, String> variables(Context context) {
    Map<String, String> all = new TreeMap<>(settings.environment);
    all.putIfAbsent("BUILD_NUMBER", "1");
    all.putIfAbsent("JOB_NAME", "job");
    all.putIfAbsent("BUILD_URL", "http://jenkins.invalid/job/job/1/");
    all.putAll(program.environment);
    all.putAll(context.environment());
    return all;
  }

  /** What {@code currentBuild} shows to everybody. */
  void noteShown(String property, String text) {
    if (transcript.holdsSecret(text)) {
      violation(
          "",
          "currentBuild."
              + property
              + " shows a secret to everybody who may see the build. Leave it out.");
    }
  }

  /** A call as the behaviour of a team's own step sees it. */
  StepBehaviour.Call asked(StepCall call, Context context) {
    return new StepBehaviour.Call(
        call.name(),
        Collections.unmodifiableMap(call.arguments()),
        context.folder().isEmpty() ? null : Path.of(context.folder()),
        variables(context));
  }

  void log(String text) {
    transcript.log(text);
  }

  String libraryResource(String path) throws AbortException {
    for (Library library : settings.libraries) {
      String text = library.files().get("resources/" + path);
      if (text != null) {
        return text;
      }
    }
    throw new AbortException("No such library resource " + path + " could be found.");
  }

  String workspace(Agent agent) {
    return faultInjector.workspace(agent, program.workspaces);
  }

  Path folder(String kind) throws IOException {
    return Files.createDirectories(root.resolve(kind + "-" + ++folders));
  }

  Path archive() {
    return root.resolve("archive");
  }

  /** How many steps were called. */
  int number() {
    return transcript.steps().size();
  }

  PipelineSources.Classes classes() {
    return restarter.classes();
  }

  Program program() {
    return program;
  }

  Settings settings() {
    return settings;
  }

  Stages stages() {
    return stages;
  }
}
