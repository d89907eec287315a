package io.github.goldenmaven.jenkins.controller;

import groovy.lang.Closure;
import io.github.goldenmaven.jenkins.Credentials;
import io.github.goldenmaven.jenkins.StepRecord;
import io.github.goldenmaven.jenkins.Violation;
import io.github.goldenmaven.jenkins.program.PipelineSources.Place;
import io.github.goldenmaven.jenkins.program.StepCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All output of a run: secrets and the folder of the run are masked in it. */
final class Transcript {

  private final Settings settings;
  private final Path root;

  /** The secrets: one that begins like another would leave the other's end. */
  private final List<String> longestFirst;

  private final List<String> lines = new ArrayList<>();
  private final List<StepRecord> steps = new ArrayList<>();
  private final Set<Violation> violations = new LinkedHashSet<>();
  private final StringBuilder log = new StringBuilder();

  Transcript(Settings settings, Path root) {
    this.settings = settings;
    this.root = root;
    this.longestFirst =
        settings.credentials.values().stream()
            .flatMap(credentials -> credentials.secrets().stream())
            .filter(secret -> !secret.isEmpty())
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** A step was called. */
  void called(StepCall call, Context context, Place place) {
    LinkedHashMap<String, Object> arguments = new LinkedHashMap<>(call.arguments());
    arguments.values().removeIf(Closure.class::isInstance);
    arguments.replaceAll((name, value) -> masked(value));
    String shown = new StepCall(call.name(), arguments, null, new ArrayList<>()).shown();
    steps.add(
        new StepRecord(
            steps.size() + 1,
            context.depth(),
            call.name(),
            arguments,
            place.file(),
            place.line(),
            context.agent()));
    String branch = context.branch().isEmpty() ? "" : "[" + context.branch() + "] ";
    lines.add(indent(context) + branch + call.name() + "(" + shown + ")");
  }

  /** A step has failed. */
  void failed(StepCall call, Context context, Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    lines.add(indent(context) + "! " + call.name() + ": " + masked(message));
  }

  private static String indent(Context context) {
    return "  ".repeat(context.depth());
  }

  void violation(Place place, String step, String message) {
    violations.add(new Violation(step, place.file(), place.line(), masked(message)));
  }

  /** An argument with a secret in it is a violation. */
  void noteSecrets(StepCall call, Place place) {
    for (Credentials credentials : settings.credentials.values()) {
      for (String secret : credentials.secrets()) {
        call.arguments()
            .forEach(
                (name, value) -> {
                  if (secret.length() > 3 && String.valueOf(value).contains(secret)) {
                    violation(
                        place,
                        call.name(),
                        "a secret is in the argument '"
                            + name
                            + "' and would be seen in process lists and logs. Use single quotes"
                            + " and let the shell read the variable.");
                  }
                });
      }
    }
  }

  boolean holdsSecret(String text) {
    return settings.credentials.values().stream()
        .flatMap(credentials -> credentials.secrets().stream())
        .anyMatch(secret -> secret.length() > 3 && text.contains(secret));
  }

  /** The text as anybody may see it. */
  String masked(String text) {
    String masked = text.replace(root.toString(), "…");
    for (String secret : longestFirst) {
      masked = masked.replace(secret, "****");
    }
    return masked;
  }

  private @Nullable Object masked(@Nullable Object value) {
    if (value instanceof String text) {
      return masked(text);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> all = new ArrayList<>();
      list.forEach(each -> all.add(masked(each)));
      return all;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> all = new LinkedHashMap<>();
      map.forEach((key, each) -> all.put(masked(String.valueOf(key)), masked(each)));
      return all;
    }
    return value == null || value instanceof Number || value instanceof Boolean
        ? value
        : masked(String.valueOf(value));
  }

  void log(String text) {
    if (text.isEmpty()) {
      return;
    }
    String masked = masked(text);
    log.append(masked).append(masked.endsWith("\n") ? "" : "\n");
    settings.console.accept(masked);
  }

  List<String> lines() {
    return lines;
  }

  List<StepRecord> steps() {
    return steps;
  }

  Set<Violation> violations() {
    return violations;
  }

  String log() {
    return log.toString();
  }
}
