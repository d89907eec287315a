package io.github.goldenmaven.jenkins.controller;

import hudson.AbortException;
import io.github.goldenmaven.jenkins.Agent;
import io.github.goldenmaven.jenkins.Credentials;
import io.github.goldenmaven.jenkins.StepBehaviour;
import io.github.goldenmaven.jenkins.program.StepCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The steps that have a body. */
final class BlockSteps {

  /** The label of the pods of a template, and the variable in which its body finds it. */
  private static final String POD_LABEL = "POD_LABEL";

  private static final String POD = "pod-of-a-template";

  private final BuildRun run;

  BlockSteps(BuildRun run) {
    this.run = run;
  }

  OpenBlock open(Program.Running caller, StepCall call) throws Exception {
    Context inside = caller.context().inside();
    StepBehaviour behaviour = run.settings().behaviours.get(call.name());
    if (behaviour != null) {
      behaviour.perform(run.asked(call, caller.context()));
      return plain(caller, call, inside);
    }
    return switch (call.name()) {
      case "parallel" -> new ParallelBlock(caller, call, inside);
      case "retry" -> new RetryBlock(caller, call, inside);
      case "waitUntil" -> new WaitUntilBlock(caller, call, inside);
      case "catchError" -> new CatchBlock(caller, call, inside, "FAILURE");
      case "warnError" -> new CatchBlock(caller, call, inside, "UNSTABLE");
      case "lock" -> new LockBlock(caller, call, inside);
      case "stage" -> stage(caller, call, inside);
      case "node" -> new NodeBlock(caller, call, node(call, inside));
      case "dir" -> plain(caller, call, inside.in(folder(inside, call.text("path", ""))));
      case "ws" -> plain(caller, call, inside.in(folder(inside, call.text("dir", ""))));
      case "withEnv" -> plain(caller, call, inside.with(variables(call)));
      case "podTemplate" -> plain(caller, call, inside.with(Map.of(POD_LABEL, POD)));
      case "timeout" -> plain(caller, call, inside.timed());
      case "withCredentials" -> credentials(caller, call, inside);
      case "configFileProvider" -> managedFiles(caller, call, inside);
      case "withMaven" -> maven(caller, call, inside);
      default -> plain(caller, call, inside);
    };
  }

  private static OpenBlock plain(Program.Running caller, StepCall call, Context inside) {
    return new PlainBlock(caller, call, inside, List.of(), -1);
  }

  private OpenBlock stage(Program.Running caller, StepCall call, Context inside) {
    int stage = run.stages().began(call.text("name", ""), inside.stage());
    Context named = inside.inStage(stage).with(Map.of("STAGE_NAME", call.text("name", "")));
    return new PlainBlock(caller, call, named, List.of(), stage);
  }

  private Context node(StepCall call, Context inside) throws IOException {
    String label = call.text("label", "");
    for (Agent agent : run.settings().agents) {
      boolean pod = agent.unix() && label.equals(inside.environment().get(POD_LABEL));
      if (pod || agent.fits(label)) {
        int number = ++run.program().nodes;
        String workspace = run.workspace(agent);
        run.program().workspaces.add(workspace);
        Files.createDirectories(Path.of(workspace));
        return inside.on(agent, number, workspace);
      }
    }
    run.violation("node", "no agent has the label '" + label + "'; Jenkins would wait forever.");
    throw new AbortException("no agent has the label '" + label + "'");
  }

  private static String folder(Context inside, String path) throws IOException {
    Path folder = Workspace.resolve(inside, path);
    Files.createDirectories(folder);
    return folder.toString();
  }

  private static Map<String, String> variables(StepCall call) throws AbortException {
    Map<String, String> variables = new LinkedHashMap<>();
    Object overrides = call.arguments().get("overrides");
    if (!(overrides instanceof List<?> list)) {
      throw new AbortException("withEnv takes a list of texts NAME=value");
    }
    for (Object override : list) {
      String text = String.valueOf(override);
      int equals = text.indexOf('=');
      if (equals <= 0) {
        throw new AbortException("withEnv takes NAME=value, and got no '='");
      }
      variables.put(text.substring(0, equals), text.substring(equals + 1));
    }
    return variables;
  }

  private OpenBlock credentials(Program.Running caller, StepCall call, Context inside)
      throws IOException {
    BodyVariables body = new BodyVariables(inside, run.number());
    for (Map<?, ?> binding : described(call.arguments().get("bindings"))) {
      String id = String.valueOf(binding.get("credentialsId"));
      Credentials found = run.settings().credentials.get(id);
      if (found == null) {
        throw new AbortException("Could not find credentials entry with ID '" + id + "'");
      }
      body.setCredentials(binding, found);
    }
    return body.block(caller, call, inside);
  }

  private OpenBlock managedFiles(Program.Running caller, StepCall call, Context inside)
      throws IOException {
    BodyVariables body = new BodyVariables(inside, run.number());
    for (Map<?, ?> file : described(call.arguments().get("managedFiles"))) {
      String id = String.valueOf(file.get("fileId"));
      String content = run.settings().managedFiles.get(id);
      if (content == null) {
        throw new AbortException("not able to provide the file with ID '" + id + "': not found");
      }
      body.setFile(file.get("variable"), "config", content);
    }
    return body.block(caller, call, inside);
  }

  private OpenBlock maven(Program.Running caller, StepCall call, Context inside)
      throws AbortException {
    for (String id : List.of("mavenSettingsConfig", "globalMavenSettingsConfig")) {
      String file = call.text(id, "");
      if (!file.isEmpty() && !run.settings().managedFiles.containsKey(file)) {
        throw new AbortException("Could not find the Maven settings.xml config file id:" + file);
      }
    }
    return plain(caller, call, inside);
  }

  private static List<Map<?, ?>> described(@Nullable Object value) {
    List<Map<?, ?>> all = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Map<?, ?> map) {
          all.add(map);
        }
      }
    }
    return all;
  }
}
