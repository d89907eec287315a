package io.github.goldenmaven.packaging;

import io.github.goldenmaven.assembly.Environment;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.packaging.container.ServiceContainer;
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
      config =
          config.with(
              "Env",
              JsonValue.ofTexts(Environment.over(base.strings("Env"), container.environment())));
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
