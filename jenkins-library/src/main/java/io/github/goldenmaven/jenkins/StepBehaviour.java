package io.github.goldenmaven.jenkins;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a step does: for steps of your own, or in place of what the engine does. */
@FunctionalInterface
public interface StepBehaviour {

  /**
   * Performs one call. Under a block step it runs before the body.
   *
   * @return the step's value: texts, numbers, lists and maps survive a restart
   * @throws Exception to fail as the step would; {@code hudson.AbortException} is the usual one
   */
  @Nullable Object perform(Call call) throws Exception;

  /**
   * One call.
   *
   * @param name the step
   * @param arguments by parameter, as the pipeline gave them
   * @param folderOrNull the present folder on the agent; null outside {@code node}
   * @param environment the variables that the step sees
   */
  record Call(
      String name,
      Map<String, Object> arguments,
      @Nullable Path folderOrNull,
      Map<String, String> environment) {}
}
