package io.github.goldenmaven.jenkins;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A step as its plugin documents it.
 *
 * @param name what a pipeline calls
 * @param plugin the plugin that brings it; {@code core} where every Jenkins has it
 * @param required the parameters that must be given; the first is what a lone argument means
 * @param optional the parameters that may be given
 * @param needsNode whether it works only inside {@code node}
 * @param resumable whether it goes on after a restart of the controller
 * @param block whether it runs a body
 */
public record StepType(
    String name,
    String plugin,
    List<String> required,
    List<String> optional,
    boolean needsNode,
    boolean resumable,
    boolean block) {

  public StepType {
    required = List.copyOf(required);
    optional = List.copyOf(optional);
  }

  /** The names of all its parameters, sorted. */
  public Set<String> parameters() {
    Set<String> all = new TreeSet<>(required);
    all.addAll(optional);
    return all;
  }

  /** What a lone argument without a name means. */
  public Optional<String> lone() {
    return !required.isEmpty() ? Optional.of(required.get(0)) : optional.stream().findFirst();
  }
}
