package io.github.goldenmaven.jenkins;

import java.nio.file.Path;
import java.util.Map;

/** What runs the text of {@code sh}, {@code bat} and {@code powershell} on an agent. */
@FunctionalInterface
public interface Shell {

  /** Answers every command with success and no output. */
  Shell DRY = call -> new Result(0, "");

  /**
   * Runs one command to its end.
   *
   * @param call what to run and where
   * @return its exit code and what it wrote
   */
  Result run(Call call);

  /**
   * One command.
   *
   * @param step {@code sh}, {@code bat}, {@code powershell} or {@code pwsh}
   * @param script its text, as the pipeline gave it
   * @param folder where it runs: a real folder, which the command may change
   * @param environment the variables that it sees besides those of the agent
   * @param agent the agent that it runs on
   */
  record Call(
      String step, String script, Path folder, Map<String, String> environment, Agent agent) {
    public Call {
      environment = Map.copyOf(environment);
    }
  }

  /**
   * How a command ended.
   *
   * @param status its exit code
   * @param output its standard output
   */
  record Result(int status, String output) {}
}
