package io.github.goldenmaven.packaging;

import io.github.goldenmaven.oci.JsonObject;
import io.github.goldenmaven.oci.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a service says over what its base says, field by field; the rest of the base stays. */
record RuntimeConfig(ServiceContainer container) {

  JsonObject over(JsonObject base) {
    JsonObject config = commands(base);
    if (container.user() != null) {
      config = config.with("User", container.user());
    }
    if (container.workingDirectory() != null) {
      config = config.with("WorkingDir", container.workingDirectory());
    }
    if (!container.environment().isEmpty()) {
      config = config.with("Env", JsonValue.ofTexts(environment(base.strings("Env"))));
    }
    config = withKeys(config, "ExposedPorts", container.ports());
    return withKeys(config, "Volumes", container.volumes());
  }

  /** An entrypoint of the service's own makes the base's default arguments meaningless. */
  private JsonObject commands(JsonObject base) {
    JsonObject config = base;
    if (container.entrypoint() != null) {
      config = config.with("Entrypoint", JsonValue.ofTexts(container.entrypoint())).without("Cmd");
    }
    return container.cmd() == null
        ? config
        : config.with("Cmd", JsonValue.ofTexts(container.cmd()));
  }

  /** A variable keeps its place where the base has it; new ones follow, sorted. */
  private List<String> environment(List<String> base) {
    Map<String, String> left = new TreeMap<>(container.environment());
    List<String> variables = new ArrayList<>();
    for (String variable : base) {
      String name = variable.substring(0, Math.max(0, variable.indexOf('=')));
      String value = left.remove(name);
      if (value != null) {
        variables.add(name + "=" + value);
      } else if (!container.environment().containsKey(name)) {
        variables.add(variable);
      }
    }
    left.forEach((name, value) -> variables.add(name + "=" + value));
    return variables;
  }

  /** Ports and volumes are objects whose keys count and whose values are empty. */
  private static JsonObject withKeys(JsonObject config, String field, List<String> added) {
    if (added.isEmpty()) {
      return config;
    }
    Map<String, JsonValue> keys =
        new LinkedHashMap<>(config.object(field).orElse(JsonObject.EMPTY).fields());
    added.forEach(key -> keys.putIfAbsent(key, JsonValue.of(JsonObject.EMPTY)));
    return config.with(field, new JsonObject(new TreeMap<>(keys)));
  }
}
