package io.github.goldenmaven.bake;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.golden.definition.GoldenContainer;
import io.github.goldenmaven.golden.definition.GoldenContainer.Healthcheck;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.golden.yaml.ProblemCollector;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.text.Printable;
import java.time.Duration;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How containers run, over what the official image's config says; the rest of that stays. */
final class BakedContainer {

  private BakedContainer() {}

  static JsonObject over(JsonObject official, GoldenDefinition definition) {
    GoldenContainer said = definition.container();
    JsonObject config = official;
    if (!said.entrypoint().isEmpty()) {
      // The official image's arguments were its own program's.
      config = config.with("Entrypoint", JsonValue.ofTexts(said.entrypoint())).without("Cmd");
    }
    if (!said.ports().isEmpty()) {
      TreeMap<String, JsonValue> ports =
          new TreeMap<>(config.object("ExposedPorts").orElse(JsonObject.EMPTY).fields());
      said.ports().forEach(port -> ports.putIfAbsent(port, JsonValue.of(JsonObject.EMPTY)));
      config = config.with("ExposedPorts", new JsonObject(ports));
    }
    if (said.workingDirectory().isPresent()) {
      config = config.with("WorkingDir", said.workingDirectory().orElseThrow());
    }
    if (said.healthcheck().isPresent()) {
      config = config.with("Healthcheck", json(said.healthcheck().orElseThrow()));
    }
    return definition.user().isPresent()
        ? config.with("User", definition.user().orElseThrow())
        : config;
  }

  /** Docker's form: time spans in nanoseconds. */
  private static JsonObject json(Healthcheck check) {
    JsonObject json = JsonObject.EMPTY.with("Test", JsonValue.ofTexts(check.test()));
    json = with(json, "Interval", check.interval());
    json = with(json, "Timeout", check.timeout());
    json = with(json, "StartPeriod", check.startPeriod());
    return check.retries() == null ? json : json.with("Retries", check.retries());
  }

  private static JsonObject with(JsonObject json, String name, @Nullable Duration span) {
    return span == null ? json : json.with(name, span.toNanos());
  }

  /**
   * Demands labels of the company's own.
   *
   * @throws RefusedException with the place of each that this plugin stamps itself
   */
  static void requireOwnLabels(GoldenDefinition definition) {
    ProblemCollector together = new ProblemCollector();
    definition.container().labels().keySet().stream()
        .filter(Label::isReserved)
        .forEach(
            key ->
                together.add(
                    definition.refusedKey(
                        "labels." + key,
                        "the label '" + Printable.of(key) + "' is stamped by this plugin.",
                        "Leave it out, or take a key of the company's domain:"
                            + " 'com.company.team'.")));
    together.refuse();
  }
}
