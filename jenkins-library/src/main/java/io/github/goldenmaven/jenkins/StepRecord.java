package io.github.goldenmaven.jenkins;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A step that was called.
 *
 * @param number from 1, in the order of the calls
 * @param depth how many block steps it is nested in
 * @param name its name
 * @param arguments by parameter, in the order given: texts, numbers, booleans, lists and maps, or
 *     null; secrets masked, closures left out
 * @param file where it was called
 * @param line the line in that file, from 1
 * @param agent the agent that it ran on; empty outside {@code node}
 */
public record StepRecord(
    int number,
    int depth,
    String name,
    Map<String, Object> arguments,
    String file,
    int line,
    String agent) {

  public StepRecord {
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
  }

  /** An argument as text; empty where none was given. */
  public String text(String parameter) {
    Object value = arguments.get(parameter);
    return value == null ? "" : String.valueOf(value);
  }
}
