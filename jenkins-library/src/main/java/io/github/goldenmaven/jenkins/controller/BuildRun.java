package io.github.goldenmaven.jenkins.controller;

import com.cloudbees.groovy.cps.Outcome;
import groovy.lang.Closure;
import hudson.AbortException;
import io.github.goldenmaven.jenkins.Build;
import io.github.goldenmaven.jenkins.Credentials;
import io.github.goldenmaven.jenkins.Disturbance;
import io.github.goldenmaven.jenkins.Jenkinsfile;
import io.github.goldenmaven.jenkins.Library;
import io.github.goldenmaven.jenkins.Restarts;
import io.github.goldenmaven.jenkins.StepRecord;
import io.github.goldenmaven.jenkins.StepType;
import io.github.goldenmaven.jenkins.Violation;
import io.github.goldenmaven.jenkins.program.BrokenProgramException;
import io.github.goldenmaven.jenkins.program.Interpreter;
import io.github.goldenmaven.jenkins.program.PipelineSources;
import io.github.goldenmaven.jenkins.program.ProgramStore;
import io.github.goldenmaven.jenkins.program.RejectedAccessException;
import io.github.goldenmaven.jenkins.program.Sandbox;
import io.github.goldenmaven.jenkins.program.StepCall;
import io.github.goldenmaven.jenkins.program.StepsGlobal;
import io.github.goldenmaven.jenkins.program.Words;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.codehaus.groovy.control.CompilationFailedException;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jspecify.annotations.Nullable;

/** One run of a pipeline. */
public final class BuildRun extends Words {

  /** More steps than any pipeline has: it loops. */
  private static final int MOST_STEPS = 20_000;

  private static final ThreadLocal<@Nullable BuildRun> PRESENT = new ThreadLocal<>();

  private final Settings settings;
  private final Path root;
  private final PipelineSources sources;
  private final LeafSteps leaves = new LeafSteps(this);
  private final Blocks blocks = new Blocks(this);
  private final Stages stages = new Stages();
  private final List<String> transcript = new ArrayList<>();
  private final List<StepRecord> steps = new ArrayList<>();
  private final Set<Violation> violations = new LinkedHashSet<>();
  private final StringBuilder log = new StringBuilder();
  private final Set<String> lostWorkspaces = new TreeSet<>();

  private Program program = new Program();
  private PipelineSources.Classes classes;
  private Interpreter interpreter;
  private Program.@Nullable Running running;
  private @Nullable String errorOrNull;
  private int restarts;
  private int folders;

  /**
   * A run that has not begun.
   *
   * @param root an empty folder for its workspaces and files
   */
  public BuildRun(Settings settings, Jenkinsfile jenkinsfile, Path root) {
    this.settings = settings;
    this.root = root;
    this.sources =
        new PipelineSources(
            root.resolve("libs"), jenkinsfile, settings.libraries(), settings.sandboxed());
    this.classes = sources.open();
    this.interpreter = interpreter();
  }

  /** Runs it to its end. */
  public Build run() {
    PRESENT.set(this);
    try {
      loop();
    } catch (CompilationFailedException failed) {
      violations.add(
          new Violation("", sources.jenkinsfile().name(), 0, String.valueOf(failed.getMessage())));
      fail(String.valueOf(failed.getMessage()));
    } catch (BrokenProgramException broken) {
      fail(String.valueOf(broken.getMessage()));
    } finally {
      violations.addAll(classes.violations());
      classes.close();
      PRESENT.remove();
    }
    return new Build(
        program.result,
        transcript,
        steps,
        List.copyOf(violations),
        log.toString(),
        Optional.of(program.description).filter(text -> !text.isEmpty()),
        Optional.ofNullable(errorOrNull),
        Workspace.matching(archive(), "**", ""),
        stages.shown(),
        restarts);
  }

  private void loop() {
    program.ready.add(
        new Program.Running(interpreter.start(classes.main()), Context.OUTERMOST, null));
    while (true) {
      Program.Running next = program.ready.poll();
      if (next == null) {
        break;
      }
      running = next;
      Outcome outcome = interpreter.run(next.thread());
      if (!next.thread().ended()) {
        perform(next, (StepCall) Objects.requireNonNull(outcome.getNormal()));
      } else if (next.blockOrNull() != null) {
        next.blockOrNull().bodyEnded(this, next, outcome);
      } else if (outcome.isFailure()) {
        ended(outcome.getAbnormal());
      }
    }
    if (!program.waiting.isEmpty()) {
      fail("the pipeline waits for ever for the lock of " + program.waiting.get(0).call.shown());
    }
  }

  private void ended(Throwable failure) {
    if (failure instanceof CompilationFailedException) {
      violation("", String.valueOf(failure.getMessage()));
    }
    if (failure instanceof FlowInterruptedException interruption) {
      program.worsen(interruption.getResult());
      errorOrNull = String.valueOf(failure.getMessage());
      log(errorOrNull);
    } else {
      fail(
          failure instanceof AbortException
              ? String.valueOf(failure.getMessage())
              : String.valueOf(failure));
    }
  }

  private void fail(String message) {
    program.worsen("FAILURE");
    errorOrNull = masked(message);
    log("ERROR: " + message);
  }

  private void perform(Program.Running caller, StepCall called) {
    int number = steps.size() + 1;
    StepType type = settings.catalogue().find(called.name()).orElseThrow();
    noteSecrets(called);
    program.calling = caller;
    program.call =
        new StepCall(
            called.name(), Calls.plain(called.arguments()), called.bodyOrNull(), called.problems());
    record(number, caller, program.call);
    boolean gone = happens(Disturbance.Kind.CONTROLLER_GONE, number);
    boolean saved = (settings.restarts() == Restarts.NONE && !gone) || restart();
    Program.Running self = Objects.requireNonNull(program.calling);
    StepCall call = Objects.requireNonNull(program.call);
    running = self;
    if (!saved) {
      return;
    }
    try {
      require(type, call, self.context());
      disturb(type, self.context(), number, gone);
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

  private void record(int number, Program.Running caller, StepCall call) {
    PipelineSources.Place place = place(caller);
    Context context = caller.context();
    String branch = context.branch().isEmpty() ? "" : "[" + context.branch() + "] ";
    steps.add(
        new StepRecord(
            number,
            context.depth(),
            call.name(),
            shown(call),
            place.file(),
            place.line(),
            context.agent()));
    transcript.add("  ".repeat(context.depth()) + branch + call.name() + "(" + shown(call) + ")");
    if (number > MOST_STEPS) {
      throw new IllegalStateException("the pipeline calls more than " + MOST_STEPS + " steps");
    }
  }

  private String shown(StepCall call) {
    LinkedHashMap<String, Object> arguments = new LinkedHashMap<>(call.arguments());
    arguments.values().removeIf(Closure.class::isInstance);
    return masked(new StepCall(call.name(), arguments, null, new ArrayList<>()).shown());
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
    if (type.needsNode() && context.agentOrNull() == null) {
      String message = "runs on an agent, and no node stands around it. Put it inside node.";
      violation(call.name(), message);
      throw new AbortException(call.name() + " " + message);
    }
    if (program.lostNodes.contains(context.node()) && type.needsNode()) {
      throw new AbortException(Objects.requireNonNull(Losses.agent(context.agent()).getMessage()));
    }
  }

  private void disturb(StepType type, Context context, int number, boolean gone) throws Exception {
    if (happens(Disturbance.Kind.FAULT, number)) {
      throw new AbortException("planted fault at step " + number);
    }
    if (happens(Disturbance.Kind.ABORT, number)) {
      throw new FlowInterruptedException("ABORTED", "Aborted by somebody");
    }
    if (happens(Disturbance.Kind.AGENT_LOST, number) && context.agentOrNull() != null) {
      program.lostNodes.add(context.node());
      lostWorkspaces.add(workspace(context.agentOrNull()));
      throw Losses.agent(context.agent());
    }
    if (gone && !type.resumable()) {
      throw Losses.controller(type.name());
    }
  }

  private boolean happens(Disturbance.Kind kind, int number) {
    return settings.disturbances().contains(new Disturbance(kind, number));
  }

  /** Saves the program, compiles every class anew, and loads it; false if that is not possible. */
  private boolean restart() {
    try {
      byte[] saved = ProgramStore.save(program);
      violations.addAll(classes.violations());
      classes.close();
      classes = sources.open();
      interpreter = interpreter();
      program = (Program) ProgramStore.load(saved, classes.loader());
      restarts++;
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
            + " is kept over this step and cannot be saved"
            + (held.isEmpty() ? "" : " (held in " + held + ")")
            + "; the build would be lost at a restart. Use it up in a @NonCPS method, or keep only"
            + " text, numbers, lists and maps.";
    violation(Objects.requireNonNull(program.call).name(), message);
    fail(message);
  }

  private Interpreter interpreter() {
    PipelineSources.Classes now = classes;
    return new Interpreter(
        this,
        sources.anySandboxed() ? new Sandbox(now::compiled, this::noteRefusal) : null,
        broken -> violation("", String.valueOf(broken.getMessage())));
  }

  private void noteRefusal(RejectedAccessException refusal) {
    violation("", refusal.getMessage() + ": the sandbox of a folder's library refuses it.");
  }

  void startBody(OpenBlock block, Closure<?> body, Context inside) {
    program.ready.add(new Program.Running(interpreter.start(body), inside, block));
  }

  void proceed(Program.Running caller, StepCall call, Outcome outcome) {
    if (outcome.isFailure()) {
      transcript.add(
          "  ".repeat(caller.context().depth())
              + "! "
              + call.name()
              + ": "
              + masked(String.valueOf(outcome.getAbnormal().getMessage())));
    }
    caller.thread().proceed(outcome);
    program.ready.add(caller);
  }

  private void noteSecrets(StepCall call) {
    for (Credentials credentials : settings.credentials().values()) {
      for (String secret : credentials.secrets()) {
        call.arguments()
            .forEach(
                (name, value) -> {
                  if (secret.length() > 3 && String.valueOf(value).contains(secret)) {
                    violation(
                        call.name(),
                        "a secret is in the argument '"
                            + name
                            + "' and would be seen in process lists and logs. Use single quotes"
                            + " and let the shell read the variable.");
                  }
                });
      }
    }
  }

  void violation(String step, String message) {
    PipelineSources.Place place =
        running == null
            ? new PipelineSources.Place(sources.jenkinsfile().name(), 0)
            : place(running);
    violations.add(new Violation(step, place.file(), place.line(), message));
  }

  private PipelineSources.Place place(Program.Running at) {
    for (StackTraceElement element : at.thread().stack()) {
      if (element.getLineNumber() > 0) {
        return classes.place(element);
      }
    }
    return new PipelineSources.Place(sources.jenkinsfile().name(), 0);
  }

  @Override
  protected @Nullable Object global(String name) {
    return switch (name) {
      case "env" -> new BuildGlobals.Environment();
      case "currentBuild" -> new BuildGlobals.CurrentBuild();
      case "params" -> new LinkedHashMap<>(settings.parameters());
      case "steps" -> new StepsGlobal();
      case "scm" -> new LinkedHashMap<>(Map.of("$class", "GitSCM"));
      default -> null;
    };
  }

  @Override
  protected @Nullable Class<?> variable(String name) {
    return classes.variable(name);
  }

  @Override
  protected @Nullable String environment(String name) {
    return variables().get(name);
  }

  @Override
  protected @Nullable Object symbol(String name, Object[] arguments) {
    if (isAbsentSymbol(name)) {
      return null;
    }
    Collection<String> problems = new ArrayList<>();
    Object described = Calls.symbol(name, arguments, problems);
    problems.forEach(problem -> violation(name, problem));
    return described;
  }

  @Override
  protected StepCall step(String name, Object[] arguments) {
    StepType type = settings.catalogue().find(name).orElse(null);
    if (type == null && !isAbsentSymbol(name)) {
      violation(
          name,
          "there is no such step. Did you mean '"
              + Nearest.to(name, settings.catalogue().names())
              + "'?");
    }
    if (type == null || settings.absent().contains(name)) {
      throw new NoSuchMethodError(
          "No such DSL method '" + name + "' found among steps " + new TreeSet<>(present()));
    }
    return Calls.step(type, arguments);
  }

  /** A plugin that is absent takes its symbols away with its steps. */
  private boolean isAbsentSymbol(String name) {
    String plugin = Calls.pluginOfSymbol(name);
    return settings.absent().stream()
        .map(step -> settings.catalogue().find(step).map(StepType::plugin).orElse(""))
        .anyMatch(absent -> !absent.equals("core") && absent.equals(plugin));
  }

  private Set<String> present() {
    Set<String> present = new TreeSet<>(settings.catalogue().names());
    present.removeAll(settings.absent());
    return present;
  }

  static BuildRun current() {
    return Objects.requireNonNull(PRESENT.get(), "no build runs");
  }

  /** All variables that the running thread sees. */
  Map<String, String> variables() {
    return variables(running == null ? Context.OUTERMOST : running.context());
  }

  Map<String, String> variables(Context context) {
    Map<String, String> all = new TreeMap<>(settings.environment());
    all.putIfAbsent("BUILD_NUMBER", "1");
    all.putIfAbsent("JOB_NAME", "job");
    all.putIfAbsent("BUILD_URL", "http://jenkins.invalid/job/job/1/");
    all.putAll(program.environment);
    all.putAll(context.environment());
    return all;
  }

  /** The text as anybody may see it: secrets masked, folders of this run left out. */
  private String masked(String text) {
    String masked = text.replace(root.toString(), "…");
    for (Credentials credentials : settings.credentials().values()) {
      for (String secret : credentials.secrets()) {
        masked = secret.isEmpty() ? masked : masked.replace(secret, "****");
      }
    }
    return masked;
  }

  void log(String text) {
    if (text.isEmpty()) {
      return;
    }
    String masked = masked(text);
    log.append(masked).append(masked.endsWith("\n") ? "" : "\n");
    settings.console().accept(masked);
  }

  String libraryResource(String path) throws AbortException {
    for (Library library : settings.libraries()) {
      String text = library.files().get("resources/" + path);
      if (text != null) {
        return text;
      }
    }
    throw new AbortException("No such library resource " + path + " could be found.");
  }

  String workspace(io.github.goldenmaven.jenkins.Agent agent) {
    Path home = root.resolve("agents").resolve(agent.name()).resolve("workspace");
    Path workspace = home.resolve("job");
    for (int i = 2; lostWorkspaces.contains(workspace.toString()); i++) {
      workspace = home.resolve("job@" + i);
    }
    return workspace.toString();
  }

  Path folder(String kind) throws IOException {
    return Files.createDirectories(root.resolve(kind + "-" + ++folders));
  }

  Path archive() {
    return root.resolve("archive");
  }

  int number() {
    return steps.size();
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
