package io.github.goldenmaven.oci;

import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a container runtime reads: platform, environment, user, entrypoint, labels, and the diff IDs
 * of the layers. Fields nobody here knows are carried through.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/config.md">OCI image spec,
 *     image configuration</a>
 */
public record ImageConfig(JsonObject json) {

  /** Fields that a container runtime or a registry reads, by the specification and by Docker. */
  private static final List<String> KNOWN =
      List.of(
          ("architecture os os.version os.features variant created author config rootfs history"
                  + " container container_config docker_version id parent comment")
              .split(" ", -1));

  private static final List<String> KNOWN_RUNTIME =
      List.of(
          ("User ExposedPorts Env Entrypoint Cmd Volumes WorkingDir Labels StopSignal StopTimeout"
                  + " OnBuild Shell Healthcheck ArgsEscaped Memory MemorySwap CpuShares Hostname"
                  + " Domainname Image NetworkDisabled MacAddress Tty OpenStdin StdinOnce"
                  + " AttachStdin AttachStdout AttachStderr")
              .split(" ", -1));

  private static final List<String> KNOWN_HEALTHCHECK =
      List.of("Test", "Interval", "Timeout", "StartPeriod", "StartInterval", "Retries");

  private static final List<String> KNOWN_HISTORY =
      List.of("created", "created_by", "author", "comment", "empty_layer");

  public ImageConfig {
    json.requireSpelled(KNOWN);
    JsonObject runtime = json.object("config").orElse(JsonObject.EMPTY);
    runtime.requireSpelled(KNOWN_RUNTIME);
    runtime.object("Healthcheck").ifPresent(check -> check.requireSpelled(KNOWN_HEALTHCHECK));
    json.objects("history").forEach(entry -> entry.requireSpelled(KNOWN_HISTORY));
    json.required("architecture", json.string("architecture"));
    json.required("os", json.string("os"));
    JsonObject rootfs = json.required("rootfs", json.object("rootfs"));
    rootfs.requireSpelled(List.of("type", "diff_ids"));
    if (!rootfs.string("type").orElse("layers").equals("layers")) {
      throw JsonObject.malformed("has a 'rootfs' that is not of layers");
    }
    rootfs.strings("diff_ids").forEach(Digest::parse);
  }

  /** Reads the bytes of a config blob, already checked against its descriptor. */
  public static ImageConfig read(String what, byte[] bytes) {
    return new ImageConfig(StrictJson.read(what, bytes));
  }

  public Platform platform() {
    return new Platform(
        json.string("os").orElseThrow(),
        json.string("architecture").orElseThrow(),
        json.string("variant").orElse(null));
  }

  /** The digests of the uncompressed layers, bottom first. */
  public List<Digest> diffIds() {
    return json.object("rootfs").orElseThrow().strings("diff_ids").stream()
        .map(Digest::parse)
        .toList();
  }

  /** The runtime part, {@code config}; empty where the image has none. */
  public JsonObject runtime() {
    return json.object("config").orElse(JsonObject.EMPTY);
  }

  public Map<String, String> labels() {
    return runtime().stringMap("Labels");
  }

  /** Each {@code NAME=value}, in order. */
  public List<String> env() {
    return runtime().strings("Env");
  }

  /** The environment by name; the last of a name wins, as it does in a container. */
  public Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String variable : env()) {
      int equals = variable.indexOf('=');
      environment.put(
          equals < 0 ? variable : variable.substring(0, equals),
          equals < 0 ? "" : variable.substring(equals + 1));
    }
    return environment;
  }

  public Optional<String> user() {
    return runtime().string("User");
  }

  /**
   * What the history says of each layer, bottom first: a comment, else the command; foreign text,
   * null where a step says nothing. Empty where it tells of more or fewer layers than there are.
   */
  public List<@Nullable String> toldOfLayers() {
    List<@Nullable String> told = new ArrayList<>();
    for (JsonObject step : json.objects("history")) {
      if (!step.bool("empty_layer").orElse(false)) {
        told.add(step.string("comment").or(() -> step.string("created_by")).orElse(null));
      }
    }
    return told.size() == diffIds().size() ? told : List.of();
  }

  public ImageConfig withRuntime(UnaryOperator<JsonObject> change) {
    return new ImageConfig(json.with("config", change.apply(runtime())));
  }

  public ImageConfig withLabels(Map<String, String> labels) {
    return withRuntime(runtime -> runtime.with("Labels", labels));
  }

  public ImageConfig withCreated(String rfc3339) {
    return new ImageConfig(json.with("created", rfc3339));
  }

  /**
   * A copy without what Docker once noted of the build container: it tells of another image, its
   * labels among it.
   */
  public ImageConfig withoutBuildResidue() {
    return new ImageConfig(json.without("container").without("container_config"));
  }

  /**
   * A copy with these layers on top, and a history entry for each. Where the image's history does
   * not tell of all its layers, none is added: readers pair entries with layers by counting.
   */
  public ImageConfig withLayers(List<Digest> diffIds, List<JsonObject> history) {
    JsonObject rootfs = json.object("rootfs").orElseThrow();
    List<String> all = new ArrayList<>(rootfs.strings("diff_ids"));
    diffIds.forEach(diffId -> all.add(diffId.toString()));
    JsonObject changed = json.with("rootfs", rootfs.with("diff_ids", JsonValue.ofTexts(all)));
    List<JsonObject> told = new ArrayList<>(json.objects("history"));
    long layersTold =
        told.stream().filter(entry -> !entry.bool("empty_layer").orElse(false)).count();
    if (layersTold != diffIds().size()) {
      return new ImageConfig(changed);
    }
    told.addAll(history);
    return new ImageConfig(changed.with("history", JsonValue.ofObjects(told)));
  }

  public byte[] toBytes() {
    return json.toBytes();
  }

  /**
   * The OCI ChainID of these layers: what identifies a stack of layers applied in order.
   *
   * @see <a
   *     href="https://github.com/opencontainers/image-spec/blob/v1.1.0/config.md#layer-chainid">OCI
   *     image spec, Layer ChainID</a>
   */
  public static Digest chainId(List<Digest> diffIds) {
    if (diffIds.isEmpty()) {
      throw new IllegalArgumentException("no layers have no ChainID");
    }
    Digest chain = diffIds.get(0);
    for (Digest diffId : diffIds.subList(1, diffIds.size())) {
      chain = Digest.of((chain + " " + diffId).getBytes(StandardCharsets.UTF_8));
    }
    return chain;
  }
}
