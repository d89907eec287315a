package io.github.goldenmaven.jenkins;

import java.util.List;
import java.util.Optional;

/**
 * What a run of a pipeline left behind.
 *
 * @param result {@code SUCCESS}, {@code UNSTABLE}, {@code FAILURE}, {@code NOT_BUILT} or {@code
 *     ABORTED}
 * @param transcript a line for each step and each end, the same whether or not the controller was
 *     restarted
 * @param steps the steps that were called
 * @param violations what a developer must fix
 * @param log the console's text, secrets masked
 * @param description the build's description, if it was set
 * @param error why it failed, if it did
 * @param archived the artifacts that were kept, by their paths in the workspace
 * @param tests what the {@code junit} steps counted
 * @param stages the stages with their ends, indented by their depth
 * @param restarts how often the controller was restarted
 */
public record Build(
    String result,
    List<String> transcript,
    List<StepRecord> steps,
    List<Violation> violations,
    String log,
    Optional<String> description,
    Optional<String> error,
    List<String> archived,
    TestCounts tests,
    List<String> stages,
    int restarts) {

  public Build {
    transcript = List.copyOf(transcript);
    steps = List.copyOf(steps);
    violations = List.copyOf(violations);
    archived = List.copyOf(archived);
    stages = List.copyOf(stages);
  }
}
