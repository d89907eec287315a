package io.github.goldenmaven.jenkins.controller;

import io.github.goldenmaven.jenkins.StepType;
import io.github.goldenmaven.jenkins.program.ScriptBindings;
import io.github.goldenmaven.jenkins.program.StepCall;
import io.github.goldenmaven.jenkins.program.StepsGlobal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the names in a pipeline mean in this run. */
final class BuildBindings extends ScriptBindings {

  private final BuildRun run;

  BuildBindings(BuildRun run) {
    this.run = run;
  }

  /** The run whose script asks. */
  static BuildRun run() {
    return ((BuildBindings) current()).run;
  }

  @Override
  protected void print(String text) {
    run.log(text);
  }

  @Override
  protected @Nullable Object global(String name) {
    return switch (name) {
      case "env" -> new BuildGlobals.Environment();
      case "currentBuild" -> new BuildGlobals.CurrentBuild();
      case "params" -> new LinkedHashMap<>(run.settings().parameters);
      case "steps" -> new StepsGlobal();
      case "scm" -> new LinkedHashMap<>(Map.of("$class", "GitSCM"));
      default -> null;
    };
  }

  @Override
  protected @Nullable Class<?> variable(String name) {
    return run.classes().variable(name);
  }

  @Override
  protected @Nullable String environment(String name) {
    return run.variables().get(name);
  }

  @Override
  protected @Nullable Object symbol(String name, Object[] arguments) {
    if (isAbsentSymbol(name)) {
      return null;
    }
    Collection<String> problems = new ArrayList<>();
    Object described = StepCallParser.symbol(name, arguments, problems);
    problems.forEach(problem -> run.violation(name, problem));
    return described;
  }

  @Override
  protected StepCall step(String name, Object[] arguments) {
    StepType type = run.settings().catalogue.find(name).orElse(null);
    if (type == null && !isAbsentSymbol(name)) {
      run.violation(
          name,
          "there is no such step. Did you mean '"
              + NearestName.to(name, run.settings().catalogue.names())
              + "'?");
    }
    if (type == null || run.settings().absent.contains(name)) {
      throw new NoSuchMethodError(
          "No such DSL method '" + name + "' found among steps " + present(run.settings()));
    }
    if (asksWhetherItIsThere(arguments)) {
      throw new IllegalArgumentException("Expected named arguments but got [null, null]");
    }
    return StepCallParser.parse(type, arguments);
  }

  /**
   * Jenkins refuses two arguments without names before the step begins. A library calls a step with
   * two nulls to find out whether Jenkins has it.
   */
  private static boolean asksWhetherItIsThere(Object[] arguments) {
    return arguments.length == 2 && arguments[0] == null && arguments[1] == null;
  }

  /** A plugin that is absent takes its symbols away with its steps. */
  private boolean isAbsentSymbol(String name) {
    String plugin = StepCallParser.pluginOfSymbol(name);
    Settings settings = run.settings();
    return settings.absent.stream()
        .map(step -> settings.catalogue.find(step).map(StepType::plugin).orElse(""))
        .anyMatch(absent -> !absent.equals("core") && absent.equals(plugin));
  }

  private static Set<String> present(Settings settings) {
    Set<String> present = new TreeSet<>(settings.catalogue.names());
    present.removeAll(settings.absent);
    return present;
  }
}
