package io.github.goldenmaven.simulate;

import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.text.Printable;
import java.util.List;

/**
 * What a simulated build showed.
 *
 * @param result Jenkins' word for how it ended; {@code NOT_RUN} where it could only be read
 * @param error why it failed or was not run; empty otherwise
 * @param description the build's description; empty where it has none
 * @param stages the stages with their ends, indented by their depth
 * @param transcript a line a step
 * @param restarts how many restarts of the controller it survived
 * @param violations what must be fixed, with file and line
 */
public record SimulationReport(
    String result,
    String error,
    String description,
    List<String> stages,
    List<String> transcript,
    int restarts,
    List<Violation> violations) {

  /** The result of a pipeline that was only read. */
  public static final String NOT_RUN = "NOT_RUN";

  /**
   * Something to fix.
   *
   * @param file the file it is in
   * @param line the line, from 1; 0 where it is not known
   * @param step the step that it shows at; empty where it is none
   * @param message the problem and its remedy
   */
  public record Violation(String file, int line, String step, String message) {
    @Override
    public String toString() {
      return file + ":" + line + ": " + (step.isEmpty() ? "" : step + ": ") + message;
    }
  }

  /** Whether it ended well and nothing is to fix. */
  public boolean isGood() {
    return violations.isEmpty()
        && (result.equals("SUCCESS") || result.equals("UNSTABLE") || !ran());
  }

  private boolean ran() {
    return !result.equals(NOT_RUN);
  }

  public String toText() {
    StringBuilder text = new StringBuilder();
    for (String stage : stages) {
      text.append(Printable.of(stage)).append('\n');
    }
    for (Violation violation : violations) {
      text.append(Printable.of(violation.toString())).append('\n');
    }
    if (!ran()) {
      text.append(NOT_RUN).append(": ").append(error).append(' ');
      text.append(violations.size()).append(violations.size() == 1 ? " violation" : " violations");
      return text.toString();
    }
    long steps = transcript.stream().filter(line -> !line.strip().startsWith("! ")).count();
    text.append(result).append(": ").append(steps).append(" steps, ");
    text.append(restarts).append(restarts == 1 ? " restart" : " restarts").append(" survived, ");
    text.append(violations.size()).append(violations.size() == 1 ? " violation" : " violations");
    return text.toString();
  }

  /** {@code simulate.json}. */
  public JsonObject toJson() {
    return JsonObject.EMPTY
        .with("schema", 1)
        .with("result", result)
        .with("error", error)
        .with("description", description)
        .with("stages", JsonValue.ofTexts(stages))
        .with("transcript", JsonValue.ofTexts(transcript))
        .with("restarts", restarts)
        .with(
            "violations",
            JsonValue.ofObjects(
                violations.stream()
                    .map(
                        violation ->
                            JsonObject.EMPTY
                                .with("file", violation.file())
                                .with("line", violation.line())
                                .with("step", violation.step())
                                .with("message", violation.message()))
                    .toList()));
  }
}
