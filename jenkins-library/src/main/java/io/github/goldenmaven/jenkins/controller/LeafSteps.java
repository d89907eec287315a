package io.github.goldenmaven.jenkins.controller;

import static java.nio.charset.StandardCharsets.UTF_8;

import hudson.AbortException;
import io.github.goldenmaven.jenkins.Agent;
import io.github.goldenmaven.jenkins.Approval;
import io.github.goldenmaven.jenkins.Shell;
import io.github.goldenmaven.jenkins.StepBehaviour;
import io.github.goldenmaven.jenkins.program.StepCall;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jspecify.annotations.Nullable;

/** What the steps without a body do. */
final class LeafSteps {

  private static final long LARGEST_READ = 16 << 20;

  private final BuildRun run;
  private final Map<String, Path> stashes = new LinkedHashMap<>();

  LeafSteps(BuildRun run) {
    this.run = run;
  }

  @Nullable Object perform(StepCall call, Context context) throws Exception {
    StepBehaviour behaviour = run.settings().behaviours.get(call.name());
    if (behaviour != null) {
      return behaviour.perform(run.asked(call, context));
    }
    return switch (call.name()) {
      case "echo" -> said(call.text("message", ""));
      case "error" -> throw new AbortException(call.text("message", ""));
      case "unstable" -> unstable(call, context);
      case "sh", "bat", "powershell", "pwsh" -> shell(call, context);
      case "isUnix" -> Objects.requireNonNull(context.agentOrNull()).unix();
      case "pwd" -> context.folder() + (call.flag("tmp") ? "@tmp" : "");
      case "readFile" -> read(Workspace.resolve(context, call.text("file", "")));
      case "writeFile" ->
          write(Workspace.resolve(context, call.text("file", "")), call.text("text", ""));
      case "fileExists" -> Files.exists(Workspace.resolve(context, call.text("file", "")));
      case "deleteDir", "cleanWs" -> emptied(Path.of(context.folder()));
      case "findFiles" -> found(call, context);
      case "checkout", "git" -> checkedOut(context);
      case "stash" -> stash(call, context);
      case "unstash" -> unstash(call, context);
      case "archiveArtifacts", "archive" -> archive(call, context);
      case "junit" -> new TestReports(run).record(call, context);
      case "input" -> approval(call, context);
      case "milestone" -> milestone(call);
      case "libraryResource" -> run.libraryResource(call.text("resource", ""));
      case "tool" -> "/tools/" + call.text("name", "");
      case "readJSON" -> DataSteps.json(call, context);
      case "readProperties" -> DataSteps.properties(call, context);
      case "readMavenPom" -> DataSteps.pom(call, context);
      case "readYaml" -> DataSteps.yaml(call, context);
      case "resolveScm" -> throw unknown(call);
      case "writeJSON" -> DataSteps.writeJson(call, context);
      case "touch" -> DataSteps.touch(call, context);
      case "build" -> DataSteps.build(call);
      default -> null; // sends a message or shows a report: the transcript is all that is left
    };
  }

  private AbortException unknown(StepCall call) {
    String message = "its return value is not simulated. Define its behaviour with withStep.";
    run.violation(call.name(), message);
    return new AbortException(call.name() + ": " + message);
  }

  private @Nullable Object said(String message) {
    run.log(message);
    return null;
  }

  private @Nullable Object unstable(StepCall call, Context context) {
    run.log("WARNING: " + call.text("message", ""));
    run.program().worsen("UNSTABLE");
    run.stages().worsened(context);
    return null;
  }

  private @Nullable Object shell(StepCall call, Context context) throws IOException {
    Agent agent = Objects.requireNonNull(context.agentOrNull());
    if (agent.unix() == call.name().equals("bat")) {
      run.violation(
          call.name(),
          agent.unix()
              ? "'bat' runs on Windows only. Ask isUnix() and call sh."
              : "'sh' does not run on Windows. Ask isUnix() and call bat.");
      throw new AbortException("no '" + call.name() + "' on the agent '" + agent.name() + "'");
    }
    String script = call.text("script", "");
    run.log("+ " + script);
    Files.createDirectories(Path.of(context.folder()));
    Shell.Result result =
        run.settings()
            .shell
            .run(
                new Shell.Call(
                    call.name(), script, Path.of(context.folder()), run.variables(context), agent));
    run.log(result.output());
    if (call.flag("returnStatus")) {
      return result.status();
    }
    if (result.status() != 0) {
      throw new AbortException("script returned exit code " + result.status());
    }
    return call.flag("returnStdout") ? result.output() : null;
  }

  private static String read(Path file) throws IOException {
    try {
      if (Files.size(file) > LARGEST_READ) {
        throw new AbortException("'" + file.getFileName() + "' has more than 16 MiB");
      }
      return Files.readString(file);
    } catch (NoSuchFileException missing) {
      throw new NoSuchFileException(String.valueOf(missing.getFile()));
    } catch (FileNotFoundException missing) {
      throw new NoSuchFileException(file.toString());
    }
  }

  private static @Nullable Object write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, text.getBytes(UTF_8));
    return null;
  }

  private static @Nullable Object emptied(Path folder) throws IOException {
    Workspace.delete(folder);
    Files.createDirectories(folder);
    return null;
  }

  private static List<Map<String, Object>> found(StepCall call, Context context) {
    List<Map<String, Object>> found = new ArrayList<>();
    for (String path :
        Workspace.matching(
            Path.of(context.folder()), call.text("glob", ""), call.text("excludes", ""))) {
      Map<String, Object> file = new LinkedHashMap<>();
      file.put("path", path);
      file.put("name", path.substring(path.lastIndexOf('/') + 1));
      file.put("directory", false);
      found.add(file);
    }
    return found;
  }

  private Map<String, String> checkedOut(Context context) throws IOException {
    Path folder = Path.of(context.folder());
    Files.createDirectories(folder);
    Path project = run.settings().checkoutOrNull;
    if (project != null) {
      Workspace.copy(project, Workspace.matching(project, "**", "target/**,*/target/**"), folder);
    }
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("GIT_COMMIT", "0123456789abcdef0123456789abcdef01234567");
    facts.put("GIT_BRANCH", run.settings().environment.getOrDefault("BRANCH_NAME", "main"));
    facts.put("GIT_URL", "https://git.invalid/job.git");
    return facts;
  }

  private @Nullable Object stash(StepCall call, Context context) throws IOException {
    Path folder = Path.of(context.folder());
    List<String> files =
        Workspace.matching(folder, call.text("includes", ""), call.text("excludes", ""));
    if (files.isEmpty() && !call.flag("allowEmpty")) {
      throw new AbortException("No files included in stash '" + call.text("name", "") + "'");
    }
    Path kept = run.folder("stash");
    Workspace.copy(folder, files, kept);
    stashes.put(call.text("name", ""), kept);
    return null;
  }

  private @Nullable Object unstash(StepCall call, Context context) throws IOException {
    Path kept = stashes.get(call.text("name", ""));
    if (kept == null) {
      throw new AbortException("No such saved stash '" + call.text("name", "") + "'");
    }
    Workspace.copy(kept, Workspace.matching(kept, "**", ""), Path.of(context.folder()));
    return null;
  }

  private @Nullable Object archive(StepCall call, Context context) throws IOException {
    Path folder = Path.of(context.folder());
    String wanted = call.text("artifacts", call.text("includes", ""));
    List<String> files = Workspace.matching(folder, wanted, call.text("excludes", ""));
    if (files.isEmpty() && !call.flag("allowEmptyArchive")) {
      throw new AbortException(
          "No artifacts found that match the file pattern \""
              + wanted
              + "\". Configuration"
              + " error?");
    }
    Workspace.copy(folder, files, run.archive());
    return null;
  }

  private @Nullable Object approval(StepCall call, Context context)
      throws FlowInterruptedException {
    run.log(call.text("message", ""));
    if (context.agentOrNull() != null) {
      run.violation(
          "input", "is inside node and occupies an executor while people decide. Move it out.");
    }
    Approval approval = run.settings().approval;
    return switch (approval.kind()) {
      case ABORT ->
          throw new FlowInterruptedException("ABORTED", "Rejected by " + approval.submitter());
      case NONE -> {
        if (context.timeouts() == 0) {
          run.violation("input", "waits forever: it is in no timeout. Put one around it.");
        }
        throw new FlowInterruptedException("ABORTED", "Timeout has been exceeded");
      }
      case PROCEED -> {
        run.log("Approved by " + approval.submitter());
        yield DataSteps.answers(call, approval.submitter());
      }
    };
  }

  private @Nullable Object milestone(StepCall call) throws AbortException {
    int next = run.program().milestone + 1;
    int ordinal = Integer.parseInt(call.text("ordinal", String.valueOf(next)));
    if (ordinal < next) {
      throw new AbortException("Invalid ordinal " + ordinal + ", as the previous one was higher");
    }
    run.program().milestone = ordinal;
    return null;
  }
}
