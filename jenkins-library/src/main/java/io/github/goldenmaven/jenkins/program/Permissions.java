package io.github.goldenmaven.jenkins.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import groovy.lang.GString;
import io.github.goldenmaven.jenkins.StepType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The methods that anybody's code may call on values.
 *
 * @param methods by type, each as its name with a number of arguments: {@code split/1}
 * @param statics the same for static methods
 */
record Permissions(Map<Class<?>, Set<String>> methods, Map<Class<?>, Set<String>> statics) {

  /** Reads {@code sandbox.txt}. */
  static Permissions read() {
    Permissions all = new Permissions(new LinkedHashMap<>(), new LinkedHashMap<>());
    try (InputStream table =
        Objects.requireNonNull(StepType.class.getResourceAsStream("sandbox.txt"))) {
      Set<String> of = new HashSet<>();
      for (String line : new String(table.readAllBytes(), UTF_8).split("\n", -1)) {
        if (line.startsWith("  ")) {
          add(of, line.strip());
        } else if (!line.isBlank() && !line.startsWith("#")) {
          boolean isStatic = line.startsWith("static ");
          Class<?> type = type(isStatic ? line.substring("static ".length()) : line);
          of = (isStatic ? all.statics : all.methods).computeIfAbsent(type, t -> new HashSet<>());
        }
      }
      return all;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static void add(Set<String> methods, String line) {
    for (String method : line.split(" +", -1)) {
      int slash = method.indexOf('/');
      for (String arguments : method.substring(slash + 1).split(",", -1)) {
        methods.add(method.substring(0, slash) + "/" + Integer.parseInt(arguments));
      }
    }
  }

  private static Class<?> type(String name) {
    try {
      return name.equals("java.lang.Object[]") ? Object[].class : Class.forName(name);
    } catch (ClassNotFoundException missing) {
      throw new IllegalStateException("sandbox.txt names the unknown type '" + name + "'", missing);
    }
  }

  /** Whether a method of a value is permitted; a GString has those of a String. */
  boolean on(Object receiver, String method, int arguments) {
    String called = method + "/" + arguments;
    return methods.entrySet().stream()
        .anyMatch(
            of ->
                (of.getKey().isInstance(receiver)
                        || (of.getKey() == String.class && receiver instanceof GString))
                    && of.getValue().contains(called));
  }

  /** Whether a static method is permitted. */
  boolean statically(Class<?> type, String method, int arguments) {
    return statics.getOrDefault(type, Set.of()).contains(method + "/" + arguments);
  }
}
