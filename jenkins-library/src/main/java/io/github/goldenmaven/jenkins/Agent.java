package io.github.goldenmaven.jenkins;

import java.io.Serializable;
import java.util.Set;
import java.util.TreeSet;

/**
 * A machine that runs the body of a {@code node} step.
 *
 * @param name its name, itself a label
 * @param labels what {@code node('label')} may ask for
 * @param unix whether it runs {@code sh}; otherwise it runs {@code bat}
 */
public record Agent(String name, Set<String> labels, boolean unix) implements Serializable {

  public Agent {
    labels = Set.copyOf(new TreeSet<>(labels));
  }

  /** An agent with a POSIX shell. */
  public static Agent unix(String name, String... labels) {
    return new Agent(name, Set.of(labels), true);
  }

  /** An agent that knows only {@code bat} and {@code powershell}. */
  public static Agent windows(String name, String... labels) {
    return new Agent(name, Set.of(labels), false);
  }

  /** Whether {@code node} with this label may run here; conjunctions with {@code &&} are known. */
  public boolean fits(String label) {
    for (String wanted : label.split("&&", -1)) {
      String one = wanted.strip();
      if (!one.isEmpty() && !one.equals(name) && !labels.contains(one)) {
        return false;
      }
    }
    return true;
  }
}
