package io.github.goldenmaven.jenkins;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.goldenmaven.jenkins.controller.NearestName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The steps of a Jenkins. {@link #jenkins()} knows core's and those of the usual plugins, taken
 * from their public documentation; a team adds its own with {@link #with} or {@link
 * Controller#withStep}.
 */
public final class StepCatalogue {

  private static final Pattern LINE =
      Pattern.compile("\\s*\\w+\\s*\\|[^|]*\\|[a-z ]*\\|[\\w,*# ]*");

  private static final StepCatalogue JENKINS = new StepCatalogue(Map.of()).withTable(table());

  private final Map<String, StepType> steps;

  private StepCatalogue(Map<String, StepType> steps) {
    this.steps = steps;
  }

  /** The steps of a Jenkins with the usual plugins. */
  public static StepCatalogue jenkins() {
    return JENKINS;
  }

  private static String table() {
    try (InputStream table =
        Objects.requireNonNull(StepCatalogue.class.getResourceAsStream("steps.txt"))) {
      return new String(table.readAllBytes(), UTF_8);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** These steps and one more; one of the same name is replaced. */
  public StepCatalogue with(StepType step) {
    Map<String, StepType> more = new TreeMap<>(steps);
    more.put(step.name(), step);
    return new StepCatalogue(more);
  }

  /**
   * These steps and those of a table: a line for each step, {@code name | plugin | traits |
   * parameters}. Traits are {@code node} (works only inside node), {@code lost} (cannot resume
   * after a restart) and {@code block} (has a body); of the parameters, {@code *} marks those that
   * must be given and {@code #} those that take a number. A line with {@code #} in front is a
   * comment.
   *
   * @throws IllegalArgumentException if a line is no step; the message names it
   */
  public StepCatalogue withTable(String table) {
    Map<String, StepType> all = new TreeMap<>(steps);
    int number = 0;
    for (String line : table.split("\\R", -1)) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        if (!LINE.matcher(line).matches()) {
          throw new IllegalArgumentException(
              "line " + number + " '" + line.strip() + "' is no step");
        }
        StepType step = parse(line);
        all.put(step.name(), step);
      }
    }
    return new StepCatalogue(all);
  }

  /** The name of the step that a misspelt one probably stands for. */
  public String nearest(String name) {
    return NearestName.to(name, steps.keySet());
  }

  /** The step of this name, if there is one. */
  public Optional<StepType> find(String name) {
    return Optional.ofNullable(steps.get(name));
  }

  /** All of them, by name. */
  public Collection<StepType> all() {
    return List.copyOf(steps.values());
  }

  /** The names of all of them. */
  public Set<String> names() {
    return Set.copyOf(steps.keySet());
  }

  private static StepType parse(String line) {
    String[] columns = line.split("\\|", -1);
    List<String> required = new ArrayList<>();
    List<String> optional = new ArrayList<>();
    Set<String> numbers = new TreeSet<>();
    for (String parameter : columns[3].split(",", -1)) {
      String name = parameter.strip();
      if (name.contains("#")) {
        name = name.replace("#", "");
        numbers.add(name.replace("*", ""));
      }
      if (name.endsWith("*")) {
        required.add(name.substring(0, name.length() - 1));
      } else if (!name.isEmpty()) {
        optional.add(name);
      }
    }
    Map<String, Boolean> traits = new LinkedHashMap<>();
    for (String trait : columns[2].strip().split(" +", -1)) {
      traits.put(trait, true);
    }
    return new StepType(
        columns[0].strip(),
        columns[1].strip(),
        required,
        optional,
        numbers,
        traits.containsKey("node"),
        !traits.containsKey("lost"),
        traits.containsKey("block"));
  }
}
