package io.github.goldenmaven.jenkins.controller;

import static java.nio.charset.StandardCharsets.UTF_8;

import groovy.lang.Closure;
import io.github.goldenmaven.jenkins.StepType;
import io.github.goldenmaven.jenkins.program.StepCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Parses the arguments of a step as Jenkins does, and collects what is wrong with them. */
final class StepCallParser {

  private static final Map<String, Symbol> SYMBOLS = readSymbols();

  /** Something that describes an argument, with the plugin that brings it. */
  private record Symbol(String plugin, List<String> parameters) {}

  private StepCallParser() {}

  /** The call of a step, with the problems that its arguments have. */
  static StepCall parse(StepType type, Object[] given) {
    List<Object> values = new ArrayList<>(Arrays.asList(given));
    ArrayList<String> problems = new ArrayList<>();
    Closure<?> body = null;
    if (!values.isEmpty() && values.get(values.size() - 1) instanceof Closure<?> last) {
      body = last;
      values.remove(values.size() - 1);
    }
    LinkedHashMap<String, Object> arguments =
        unwrapped(type, arguments(type.name(), values, type.lone().orElse(""), problems));
    // The arguments of parallel are its branches: they have any name.
    boolean branches = type.name().equals("parallel");
    if (body != null && !type.block()) {
      problems.add("takes no body. Remove the braces, or call a block step.");
    }
    if (body == null && type.block() && !branches) {
      problems.add("has no body. Give it one in braces.");
    }
    if (!branches) {
      problems.addAll(problemsOf(arguments, type));
    }
    return new StepCall(type.name(), arguments, body, problems);
  }

  private static List<String> problemsOf(Map<String, Object> arguments, StepType type) {
    List<String> problems = unknown(arguments.keySet(), type.parameters());
    arguments.forEach((name, value) -> problems.addAll(unknownInside(type, name, value)));
    for (String number : type.numbers()) {
      Object value = arguments.get(number);
      if (value != null && !(value instanceof Number) && !isNumber(String.valueOf(value))) {
        problems.add("takes a number as '" + number + "', not '" + value + "'.");
      }
    }
    for (String required : type.required()) {
      if (!arguments.containsKey(required)) {
        problems.add("needs the parameter '" + required + "'. Give it.");
      }
    }
    return problems;
  }

  /** A map without the name of the one argument that is a map is that argument itself. */
  @SuppressWarnings("NonApiType") // a program is saved by its classes
  private static LinkedHashMap<String, Object> unwrapped(
      StepType type, LinkedHashMap<String, Object> arguments) {
    String lone = type.lone().orElse("");
    Symbol inside = SYMBOLS.get(type.name() + "." + lone);
    if (inside == null || arguments.keySet().stream().noneMatch(inside.parameters()::contains)) {
      return arguments;
    }
    LinkedHashMap<String, Object> wrapped = new LinkedHashMap<>();
    wrapped.put(lone, arguments);
    return wrapped;
  }

  private static List<String> unknownInside(
      StepType type, String parameter, @Nullable Object value) {
    Symbol inside = SYMBOLS.get(type.name() + "." + parameter);
    if (inside == null || !(value instanceof Map<?, ?> map)) {
      return List.of();
    }
    return unknown(map.keySet().stream().map(String::valueOf).toList(), inside.parameters());
  }

  private static boolean isNumber(String text) {
    return text.matches("-?\\d{1,18}");
  }

  /** The plugin that brings a symbol; null if there is no such symbol. */
  static @Nullable String pluginOfSymbol(String name) {
    Symbol symbol = SYMBOLS.get(name);
    return symbol == null ? null : symbol.plugin();
  }

  /** What a symbol describes; null if there is no such symbol. */
  static @Nullable Object symbol(String name, Object[] given, Collection<String> problems) {
    Symbol symbol = SYMBOLS.get(name);
    if (symbol == null) {
      return null;
    }
    List<String> parameters = symbol.parameters();
    String lone = parameters.isEmpty() ? "" : parameters.get(0);
    LinkedHashMap<String, Object> described = new LinkedHashMap<>();
    described.put("$class", name);
    List<String> wrong = new ArrayList<>();
    described.putAll(arguments(name, Arrays.asList(given), lone, wrong));
    Set<String> named = new java.util.LinkedHashSet<>(described.keySet());
    named.remove("$class");
    wrong.addAll(unknown(named, parameters));
    problems.addAll(wrong);
    return described;
  }

  @SuppressWarnings("NonApiType") // a program is saved by its classes
  private static LinkedHashMap<String, Object> arguments(
      String name, List<Object> values, String lone, Collection<String> problems) {
    LinkedHashMap<String, Object> arguments = new LinkedHashMap<>();
    if (values.size() == 1 && values.get(0) instanceof Map<?, ?> named && !isDescribed(named)) {
      named.forEach((key, value) -> arguments.put(String.valueOf(key), value));
    } else if (values.size() == 1 && !lone.isEmpty()) {
      arguments.put(lone, values.get(0));
    } else if (!values.isEmpty()) {
      problems.add(
          "was given "
              + values.size()
              + " arguments without names. Name each: "
              + name
              + "(name:"
              + " value).");
    }
    return arguments;
  }

  private static boolean isDescribed(Map<?, ?> value) {
    return value.containsKey("$class");
  }

  private static List<String> unknown(Collection<String> given, Collection<String> known) {
    List<String> problems = new ArrayList<>();
    for (String name : given) {
      if (!known.contains(name)) {
        problems.add(
            "has no parameter '"
                + name
                + "'; Jenkins would ignore it. "
                + (known.isEmpty()
                    ? "Remove it."
                    : "Did you mean '" + NearestName.to(name, known) + "'?"));
      }
    }
    return problems;
  }

  /** The same arguments as plain values, as a step gets them. */
  @SuppressWarnings("NonApiType") // a program is saved by its classes
  static LinkedHashMap<String, Object> plain(Map<String, Object> arguments) {
    LinkedHashMap<String, Object> plain = new LinkedHashMap<>();
    arguments.forEach((name, value) -> plain.put(name, plain(value)));
    return plain;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof CharSequence text) {
      return text.toString();
    }
    if (value instanceof Collection<?> several) {
      List<@Nullable Object> all = new ArrayList<>();
      several.forEach(each -> all.add(plain(each)));
      return all;
    }
    if (value instanceof Object[] several) {
      return plain(Arrays.asList(several));
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> all = new LinkedHashMap<>();
      map.forEach((key, each) -> all.put(String.valueOf(key), plain(each)));
      return all;
    }
    return value;
  }

  private static Map<String, Symbol> readSymbols() {
    try (InputStream table =
        Objects.requireNonNull(StepType.class.getResourceAsStream("symbols.txt"))) {
      Map<String, Symbol> symbols = new TreeMap<>();
      new String(table.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(
              line -> {
                String[] columns = line.split("\\|", -1);
                List<String> parameters = new ArrayList<>();
                for (String parameter : columns[2].split(",", -1)) {
                  if (!parameter.isBlank()) {
                    parameters.add(parameter.strip());
                  }
                }
                symbols.put(columns[0].strip(), new Symbol(columns[1].strip(), parameters));
              });
      return symbols;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
