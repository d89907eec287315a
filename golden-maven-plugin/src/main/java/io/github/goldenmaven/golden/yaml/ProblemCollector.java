package io.github.goldenmaven.golden.yaml;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.SeveralFaultsException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Keeps refusals until all there are can be told together, each once. */
public final class ProblemCollector {

  private final Map<String, RefusedException> refusals = new LinkedHashMap<>();

  /** What is read, or the other value where it is refused. */
  public <T> T read(Supplier<T> reading, T otherwise) {
    try {
      return reading.get();
    } catch (RefusedException e) {
      add(e);
      return otherwise;
    }
  }

  public void add(RefusedException refusal) {
    if (refusal instanceof SeveralFaultsException several) {
      several.faults().forEach(this::add);
    } else {
      refusals.putIfAbsent(refusal.getMessage(), refusal);
    }
  }

  /** Those of now. */
  public List<RefusedException> refusals() {
    return new ArrayList<>(refusals.values());
  }

  /**
   * Ends the reading.
   *
   * @throws RefusedException with all that was refused, each once
   */
  public void refuse() {
    if (refusals.size() > 1) {
      throw new SeveralFaultsException(refusals());
    }
    for (RefusedException only : refusals.values()) {
      throw only;
    }
  }
}
