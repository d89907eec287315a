package io.github.goldenmaven.assembly;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The environment that an image gives its containers: a list of {@code NAME=value}. */
public final class Environment {

  private Environment() {}

  /**
   * A base's variables with these put over them. One keeps its place where the base has it; new
   * ones follow, sorted.
   */
  public static List<String> over(List<String> base, Map<String, String> own) {
    Map<String, String> left = new TreeMap<>(own);
    List<String> variables = new ArrayList<>();
    for (String variable : base) {
      String name = variable.substring(0, Math.max(0, variable.indexOf('=')));
      String value = left.remove(name);
      if (value != null) {
        variables.add(name + "=" + value);
      } else if (!own.containsKey(name)) {
        variables.add(variable);
      }
    }
    left.forEach((name, value) -> variables.add(name + "=" + value));
    return variables;
  }
}
