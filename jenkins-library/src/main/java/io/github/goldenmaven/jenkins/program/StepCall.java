package io.github.goldenmaven.jenkins.program;

import groovy.lang.Closure;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step that a script called and whose end it waits for.
 *
 * @param name the step
 * @param arguments by parameter, in the order given
 * @param bodyOrNull what a block step runs
 * @param problems what is wrong with the call itself
 */
public record StepCall(
    String name,
    LinkedHashMap<String, Object> arguments,
    @Nullable Closure<?> bodyOrNull,
    ArrayList<String> problems)
    implements Serializable {

  /** An argument as text, or a default if none was given. */
  public String text(String parameter, String otherwise) {
    Object value = arguments.get(parameter);
    return value == null ? otherwise : String.valueOf(value);
  }

  /** An argument that switches something on. */
  public boolean flag(String parameter) {
    return Boolean.TRUE.equals(arguments.get(parameter)) || "true".equals(arguments.get(parameter));
  }

  /** The arguments as a pipeline writes them. */
  public String shown() {
    StringBuilder shown = new StringBuilder();
    for (Map.Entry<String, Object> argument : arguments.entrySet()) {
      shown.append(shown.isEmpty() ? "" : ", ").append(argument.getKey()).append(": ");
      Object value = argument.getValue();
      shown.append(value instanceof CharSequence ? "'" + value + "'" : String.valueOf(value));
    }
    return shown.toString();
  }
}
