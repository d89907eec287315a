package io.github.goldenmaven.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.goldenmaven.verify.SingleChanges.Difference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Why a change may pass the gate: where it is, what it may be there, and the reason. Whatever is in
 * no list has to be refused.
 *
 * @param where of a difference's path, the whole of it
 * @param what of the value before and after
 */
record Harmless(Pattern where, BiPredicate<JsonNode, JsonNode> what, String because) {

  private static final Set<String> FREE = Set.of("TZ", "LANG", "ORDERS_MODE", "");

  static final List<Harmless> IN_A_CONFIG =
      List.of(
          anything(
              "/(created|author|docker_version|parent|id|comment)|/history/./[^/]*(?<!empty_layer)",
              "It tells of the build; no runtime acts on it."),
          anything(
              "/(container|container_config)(/.*)?",
              "Docker's note of the container that built it; what runs is in 'config'."),
          of(
              "/history(/./empty_layer)?",
              Harmless::tellsOfAsManyLayers,
              "It tells of no layers, or of those there are."),
          anything("/os\\.(version|features)", "Only Windows asks for it."),
          anything(
              "(/config|/rootfs)?/([xX]-other|[mM]oby\\.buildkit\\.buildinfo\\.v1)",
              "No runtime knows the field."),
          of("/rootfs/type", Harmless::isNothing, "There is one type only, and it is meant."),
          of("/config/User", Harmless::isNoRoot, "Any number above 0 is a user without rights."),
          of("/config/Env", Harmless::isLeftToServices, "It is left to services, or told of."),
          of(
              "/config/(Entrypoint|Cmd)",
              Harmless::isPlainCommand,
              "What a service runs is its own; this leaves the golden image's JVM, trust and"
                  + " proxy."),
          anything(
              "/config/Healthcheck(/.*)?",
              "It runs what a command of the service may run as well, as the same user."),
          anything(
              "/config/(WorkingDir|StopSignal|StopTimeout|ExposedPorts(/.*)?|Hostname|Memory"
                  + "|NetworkDisabled|ArgsEscaped|Image)",
              "It changes no file, no variable and no user; whoever starts the container can too."),
          anything("/config/Shell", "It is for builds and checks, of files that are all here."),
          of(
              "/config/Volumes(/.*)?",
              Harmless::isNoProtectedVolume,
              "A volume over files that nobody protects hides none of the golden image."),
          of(
              "/config/OnBuild",
              (before, after) -> after.isEmpty(),
              "No command for others' builds."),
          anything(
              "/config/Labels/([cC]om\\.example\\..*|io\\.github\\.goldenmaven\\.other)",
              "A label that nobody goes by; it is escaped where it is shown."));

  /** Of manifest and index. */
  private static final List<Harmless> IN_BOTH =
      List.of(
          of("/mediaType", Harmless::isNothing, "The specification lets it be left out."),
          of(
              "/subject",
              (before, after) -> after.isObject(),
              "It only lists the image among what refers to another."),
          of("(/.*)?/artifactType", (before, after) -> after.isTextual(), "No runtime goes by it."),
          anything("(/.*)?/[xX]-other", "No runtime knows the field."),
          of(
              "(/manifests/.)?/annotations",
              (before, after) ->
                  isTelling(after) && !after.toString().contains("image.base") && !isList(after),
              "Annotations tell; those that are missing nobody believes."));

  static final List<Harmless> IN_A_MANIFEST =
      and(
          IN_BOTH,
          of(
              "/annotations/.*",
              (before, after) -> before.isMissingNode() || after.isMissingNode(),
              "Registries may drop annotations; one of another name says nothing of the base."),
          of(
              "/config/annotations",
              (before, after) -> isTelling(after),
              "No runtime reads what a config's descriptor is annotated with."),
          of(
              "/layers/./annotations",
              (before, after) -> isTelling(after) && !isList(after),
              "No runtime reads what a layer is annotated with but for lists of its files."),
          of(
              "/layers/./mediaType",
              (before, after) -> after.asText().matches(".*(tar|gzip|zstd)"),
              "How it is compressed the bytes tell; who goes by the type unpacks them alike, or not"
                  + " at all."),
          of(
              "/config/mediaType",
              (before, after) -> after.asText().endsWith(".container.image.v1+json"),
              "Docker's name for the same."),
          anything("/(layers/.|config)/platform", "Blobs are for no platform; nobody asks."));

  static final List<Harmless> IN_AN_INDEX =
      and(
          IN_BOTH,
          of(
              "/manifests",
              (before, after) -> all(before).containsAll(all(after)),
              "Fewer platforms, or the same in another order."),
          of("/manifests/./platform", Harmless::isNothing, "Runtimes look into the config."),
          anything(
              "/manifests/./platform/(os\\.version|os\\.features|features)",
              "Windows asks, and nydus for a feature of its own, without which it reads the tar."));

  /** A list of files, which some runtimes read instead of the layers. */
  private static boolean isList(JsonNode annotations) {
    return annotations
        .toString()
        .matches(".*(/snapshot/|io\\.github\\.containers|io\\.containers|com\\.amazon\\.soci).*");
  }

  static Harmless anything(String where, String because) {
    return of(where, (before, after) -> true, because);
  }

  static Harmless of(String where, BiPredicate<JsonNode, JsonNode> what, String because) {
    return new Harmless(Pattern.compile(where), what, because);
  }

  /** The differences for which no reason is in a list. */
  static List<Difference> unexplained(
      List<Difference> differences, List<Harmless> reasons, Set<Harmless> used) {
    List<Difference> unexplained = new ArrayList<>();
    for (Difference difference : differences) {
      reasons.stream()
          .filter(reason -> reason.holds(difference))
          .findFirst()
          .ifPresentOrElse(used::add, () -> unexplained.add(difference));
    }
    return unexplained;
  }

  private static List<Harmless> and(List<Harmless> some, Harmless... more) {
    return Stream.concat(some.stream(), Stream.of(more)).toList();
  }

  private boolean holds(Difference difference) {
    return where.matcher(difference.path()).matches()
        && what.test(difference.before(), difference.after());
  }

  private static boolean isNoRoot(JsonNode before, JsonNode after) {
    return after.isTextual() && after.textValue().matches("[1-9][0-9]{0,8}(:.*)?");
  }

  private static boolean isNothing(JsonNode before, JsonNode after) {
    return after.isMissingNode() || after.isNull();
  }

  private static boolean tellsOfAsManyLayers(JsonNode before, JsonNode after) {
    return !before.isArray()
        ? !after.asBoolean()
        : isNothing(before, after)
            || layersTold(after) == 0
            || layersTold(after) == layersTold(before);
  }

  private static long layersTold(JsonNode history) {
    long told = 0;
    for (JsonNode entry : history) {
      told += entry.path("empty_layer").asBoolean() ? 0 : 1;
    }
    return told;
  }

  private static boolean isTexts(JsonNode value) {
    return value.isArray() && all(value).stream().allMatch(JsonNode::isTextual);
  }

  private static Set<JsonNode> all(JsonNode list) {
    Set<JsonNode> all = new HashSet<>();
    list.forEach(all::add);
    return all;
  }

  private static boolean isTelling(JsonNode annotations) {
    return isNothing(annotations, annotations)
        || (annotations.isObject() && all(annotations).stream().allMatch(JsonNode::isTextual));
  }

  private static boolean isPlainCommand(JsonNode before, JsonNode after) {
    return isNothing(before, after)
        || (isTexts(after)
            && !after
                .toString()
                .matches(".*(trustStore|proxyHost|bootclasspath|/bin/java|JAVA_TOOL_OPTIONS).*"));
  }

  /** Neither over what is protected, nor below it. */
  private static boolean isNoProtectedVolume(JsonNode before, JsonNode after) {
    Set<String> volumes = new HashSet<>();
    after.fieldNames().forEachRemaining(volumes::add);
    return all(after).isEmpty() || Set.of("/app/data", "/data", "/srv").containsAll(volumes);
  }

  private static boolean isLeftToServices(JsonNode before, JsonNode after) {
    Map<String, String> one = variables(before);
    Map<String, String> other = variables(after);
    if (!isTexts(after) || other.size() < after.size()) {
      return false;
    }
    Set<String> names = new LinkedHashSet<>(one.keySet());
    names.addAll(other.keySet());
    names.removeIf(name -> Objects.equals(one.get(name), other.get(name)));
    return FREE.containsAll(names);
  }

  private static Map<String, String> variables(JsonNode env) {
    Map<String, String> variables = new LinkedHashMap<>();
    env.forEach(
        one -> {
          String[] parts = one.asText().split("=", 2);
          variables.put(parts[0], parts.length < 2 ? "" : parts[1]);
        });
    return variables;
  }
}
