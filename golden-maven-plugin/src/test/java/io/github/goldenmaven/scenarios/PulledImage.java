package io.github.goldenmaven.scenarios;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An image as readers that are not ours find it: skopeo reads its manifest and config, and its
 * layers are read as plain gzipped tars.
 *
 * @param reference in skopeo's transports: {@code docker://localhost:5000/apps/orders:1} in a
 *     registry that speaks plain HTTP, or {@code oci:PATH:TAG}
 */
public record PulledImage(String reference, String manifestText, String configText) {

  private static final String DOCKER = "docker://";

  /**
   * Reads an image; of several platforms the one that skopeo runs on.
   *
   * @param options further ones of {@code skopeo inspect}
   */
  public static PulledImage pull(String reference, String... options) {
    Command inspect =
        Command.of(Machine.require("skopeo").toString(), "inspect", "--tls-verify=false", "--raw")
            .with(options);
    String manifest = inspect.with(reference).run();
    return new PulledImage(reference, manifest, inspect.with("--config", reference).run());
  }

  /** Digest of the manifest. */
  public String digest() {
    return "sha256:" + Sha256.of(manifestText.getBytes(StandardCharsets.UTF_8));
  }

  public Map<String, String> labels() {
    return strings(config().getAsJsonObject("config").getAsJsonObject("Labels"));
  }

  public Map<String, String> annotations() {
    return strings(manifest().getAsJsonObject("annotations"));
  }

  /** Digests of the layers, the lowest first. */
  public List<String> layers() {
    List<String> digests = new ArrayList<>();
    for (JsonElement layer : manifest().getAsJsonArray("layers")) {
      digests.add(layer.getAsJsonObject().get("digest").getAsString());
    }
    return digests;
  }

  /** What one layer holds, by path. */
  public Map<String, LayerFile> files(String digest) {
    try (InputStream blob = blob(digest)) {
      return LayerFile.read(blob);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the layers above a base hold, by path; the higher layer's where two have one. */
  public Map<String, LayerFile> filesAbove(PulledImage base) {
    Map<String, LayerFile> files = new TreeMap<>();
    List<String> layers = layers();
    layers
        .subList(base.layers().size(), layers.size())
        .forEach(layer -> files.putAll(files(layer)));
    return files;
  }

  /** A list of the container's config, like {@code Entrypoint} or {@code Env}; empty if absent. */
  public List<String> list(String key) {
    JsonElement value = config().getAsJsonObject("config").get(key);
    List<String> strings = new ArrayList<>();
    if (value instanceof JsonArray array) {
      array.forEach(element -> strings.add(element.getAsString()));
    }
    return strings;
  }

  private InputStream blob(String digest) throws IOException {
    if (reference.startsWith(DOCKER)) {
      String rest = reference.substring(DOCKER.length());
      int slash = rest.indexOf('/');
      String repository = rest.substring(slash + 1).replaceFirst("[:@].*", "");
      return URI.create(
              "http://" + rest.substring(0, slash) + "/v2/" + repository + "/blobs/" + digest)
          .toURL()
          .openStream();
    }
    String folder = reference.substring("oci:".length()).replaceFirst(":[^/:]*$", "");
    return Files.newInputStream(Path.of(folder, "blobs", digest.replace(':', '/')));
  }

  private JsonObject manifest() {
    return JsonParser.parseString(manifestText).getAsJsonObject();
  }

  private JsonObject config() {
    return JsonParser.parseString(configText).getAsJsonObject();
  }

  private static Map<String, String> strings(@Nullable JsonObject object) {
    Map<String, String> strings = new TreeMap<>();
    if (object != null) {
      object
          .entrySet()
          .forEach(entry -> strings.put(entry.getKey(), entry.getValue().getAsString()));
    }
    return strings;
  }
}
