package io.github.goldenmaven.golden;

import io.github.goldenmaven.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Keeps refusals until all there are can be told together. */
final class Together {

  private final List<RefusedException> refusals = new ArrayList<>();

  /** What is read, or the other value where it is refused. */
  <T> T read(Supplier<T> reading, T otherwise) {
    try {
      return reading.get();
    } catch (RefusedException e) {
      add(e);
      return otherwise;
    }
  }

  void add(RefusedException refusal) {
    refusals.add(refusal);
  }

  /**
   * Ends the reading.
   *
   * @throws RefusedException with all that was refused, each problem and each remedy once
   */
  void refuse() {
    if (refusals.size() == 1) {
      throw refusals.get(0);
    }
    if (!refusals.isEmpty()) {
      Set<String> problems = new LinkedHashSet<>();
      Set<String> remedies = new LinkedHashSet<>();
      for (RefusedException refusal : refusals) {
        problems.add(refusal.problem());
        remedies.add(refusal.remedy());
      }
      throw new RefusedException(String.join(" ", problems), String.join(" ", remedies));
    }
  }
}
