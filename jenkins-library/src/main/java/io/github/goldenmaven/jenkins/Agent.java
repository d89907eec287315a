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

  /**
   * Whether {@code node} with this expression of labels may run here, such as {@code linux && !(arm
   * || old)}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public boolean fits(String label) {
    Set<String> all = new TreeSet<>(labels);
    all.add(name);
    return new LabelExpression(label).fits(all);
  }
}
