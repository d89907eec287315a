package io.github.goldenmaven.jenkins;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A step as its plugin documents it: {@code
 * StepType.of("deploy").requires("to").takes("dryRun").insideNode()}.
 *
 * @param name what a pipeline calls
 * @param plugin the plugin that brings it; {@code core} where every Jenkins has it
 * @param required the parameters that must be given; the first is what a lone argument means
 * @param optional the parameters that may be given
 * @param numbers those of both that take a number
 * @param needsNode whether it works only inside {@code node}; a step that takes a file or a text
 *     needs it for the file
 * @param resumable whether it resumes after a restart of the controller
 * @param block whether it runs a body
 */
public record StepType(
    String name,
    String plugin,
    List<String> required,
    List<String> optional,
    Set<String> numbers,
    boolean needsNode,
    boolean resumable,
    boolean block) {

  public StepType {
    required = List.copyOf(required);
    optional = List.copyOf(optional);
    numbers = Set.copyOf(numbers);
  }

  /** A step without parameters that runs anywhere, resumes, and has no body. */
  public static StepType of(String name) {
    return new StepType(name, "core", List.of(), List.of(), Set.of(), false, true, false);
  }

  /** The same, brought by a plugin. */
  public StepType from(String other) {
    return new StepType(name, other, required, optional, numbers, needsNode, resumable, block);
  }

  /** The same with more parameters that must be given. */
  public StepType requires(String... parameters) {
    return new StepType(
        name, plugin, and(required, parameters), optional, numbers, needsNode, resumable, block);
  }

  /** The same with more parameters that may be given. */
  public StepType takes(String... parameters) {
    return new StepType(
        name, plugin, required, and(optional, parameters), numbers, needsNode, resumable, block);
  }

  /** The same, working inside {@code node} only. */
  public StepType insideNode() {
    return new StepType(name, plugin, required, optional, numbers, true, resumable, block);
  }

  /** The same, lost at a restart. */
  public StepType notResumable() {
    return new StepType(name, plugin, required, optional, numbers, needsNode, false, block);
  }

  /** The same with a body. */
  public StepType withBody() {
    return new StepType(name, plugin, required, optional, numbers, needsNode, resumable, true);
  }

  private static List<String> and(List<String> some, String... more) {
    List<String> all = new ArrayList<>(some);
    Collections.addAll(all, more);
    return all;
  }

  /** The names of all its parameters, sorted. */
  public Set<String> parameters() {
    Set<String> all = new TreeSet<>(required);
    all.addAll(optional);
    return all;
  }

  /** Whether a call with these parameters works only inside {@code node}. */
  public boolean needsNode(Set<String> given) {
    boolean fileOrText =
        optional.contains("file") && (optional.contains("text") || optional.contains("returnText"));
    return needsNode && (!fileOrText || given.contains("file"));
  }

  /** What a lone argument without a name means. */
  public Optional<String> lone() {
    return !required.isEmpty() ? Optional.of(required.get(0)) : optional.stream().findFirst();
  }
}
