package io.github.goldenmaven.registry.docker;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.oci.layer.LayerReader;
import io.github.goldenmaven.oci.layer.TarEntry;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An image as {@code docker save} writes it, taken apart into a folder. An engine has no manifest
 * of its own, so one is made: the config's bytes as saved, the layers as they are, uncompressed
 * where the engine keeps them so.
 *
 * <p>Names in the archive are looked up and never become names of files.
 *
 * @see <a href="https://github.com/moby/docker-image-spec/blob/v1.3.1/spec.md">Docker image
 *     specification</a>
 */
final class SavedImage {

  /** Of an archive: a few files for each layer, and an engine has at most 128 layers. */
  private static final LayerReader.Limits LIMITS =
      new LayerReader.Limits(10_000, LayerReader.Limits.DEFAULT.maxBytes(), 200);

  private static final int MAX_LINKS = 8;

  private final String what;
  private final Path folder;
  private final Map<String, Blob> files = new HashMap<>();
  private final Map<String, String> links = new HashMap<>();
  private final Map<Digest, Blob> blobs = new LinkedHashMap<>();

  private SavedImage(String what, Path folder) {
    this.what = what;
    this.folder = folder;
  }

  /** The manifest, and every blob it names. */
  record Staged(RawManifest manifest, Map<Digest, Blob> blobs) {}

  /**
   * Takes an archive apart.
   *
   * @param what the archive, as a sentence begins: {@code The image 'x' of the Docker Engine}
   * @param folder an empty one; the blobs' bytes stay in it
   * @throws RefusedException when the archive is not what its own config says
   */
  static Staged stage(String what, InputStream archive, Path folder) {
    SavedImage image = new SavedImage(what, folder);
    try {
      Files.createDirectories(folder);
      image.unpack(archive);
      return new Staged(image.manifest(), image.blobs);
    } catch (IOException e) {
      throw new UnavailableException(
          what + " could not be written to '" + Printable.of(folder.toString()) + "'.",
          "Make room or fix the permissions there, or name another folder in <outputDirectory>"
              + " (-Dgolden.outputDirectory), or in <cache> (-Dgolden.cache) where it is below"
              + " that.",
          e);
    }
  }

  /** Removes what {@link #stage} put into folders below this one. */
  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private void unpack(InputStream archive) throws IOException {
    try (LayerReader reader = LayerReader.open(what, archive, LIMITS)) {
      for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
        TarEntry file = entry.get();
        switch (file.type()) {
          case FILE -> files.put(file.path(), write(reader.content()));
          case HARD_LINK -> links.put(file.path(), file.link());
          case SYMBOLIC_LINK -> links.put(file.path(), target(file));
          default -> {}
        }
      }
    }
  }

  /** An older engine saves a layer once, and links to it where the image has it again. */
  private static String target(TarEntry link) {
    // By hand: a name that is no UTF-8 is no path in Java.
    Deque<String> parts = new ArrayDeque<>();
    if (!link.link().startsWith("/")) {
      parts.addAll(List.of(link.path().split("/", -1)));
      parts.pollLast();
    }
    for (String part : link.link().split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }

  private Blob write(InputStream content) throws IOException {
    Path file = folder.resolve(Integer.toString(files.size()));
    MessageDigest hash = Digest.sha256();
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), hash)) {
      long size = content.transferTo(out);
      return Blob.of(file, Digest.of(hash), size);
    }
  }

  private RawManifest manifest() throws IOException {
    JsonObject described = description();
    Blob config = file(described.string("Config").orElseThrow(() -> refused("has no config")));
    List<Digest> diffIds = ImageConfig.read(what, bytes(config)).diffIds();
    List<String> layers = described.strings("Layers");
    if (layers.size() != diffIds.size()) {
      throw refused("has " + layers.size() + " layers, but its config names " + diffIds.size());
    }
    blobs.put(config.digest(), config);
    List<JsonObject> descriptors = new ArrayList<>();
    for (int at = 0; at < layers.size(); at++) {
      Blob layer = file(layers.get(at));
      String mediaType = mediaType(layer, diffIds.get(at));
      blobs.put(layer.digest(), layer);
      descriptors.add(Descriptor.of(mediaType, layer.digest(), layer.size()).json());
    }
    return RawManifest.of(
        JsonObject.EMPTY
            .with("schemaVersion", 2)
            .with("mediaType", MediaTypes.OCI_MANIFEST)
            .with(
                "config",
                Descriptor.of(MediaTypes.OCI_CONFIG, config.digest(), config.size()).json())
            .with("layers", JsonValue.ofObjects(descriptors)));
  }

  /**
   * {@code manifest.json} is an array; an image was asked for by one name, so it has one element.
   */
  private JsonObject description() throws IOException {
    String array = new String(bytes(file("manifest.json")), StandardCharsets.UTF_8);
    byte[] object = ("{\"images\":" + array + "}").getBytes(StandardCharsets.UTF_8);
    JsonObject read = StrictJson.read(what, object);
    List<JsonObject> images = read.objects("images");
    if (read.fields().size() != 1 || images.size() != 1) {
      throw refused("is not one image");
    }
    return images.get(0);
  }

  /** Uncompressed where the bytes are what the config names; gzip where they unpack to that. */
  private String mediaType(Blob layer, Digest diffId) throws IOException {
    if (layer.digest().equals(diffId)) {
      return MediaTypes.OCI_LAYER;
    }
    String name = "The layer '" + layer.digest() + "'";
    try (LayerReader reader =
        LayerReader.open(
            name, MediaTypes.OCI_LAYER_GZIP, layer.open(), LayerReader.Limits.DEFAULT)) {
      if (reader.diffId().equals(diffId)) {
        return MediaTypes.OCI_LAYER_GZIP;
      }
    }
    throw refused("has the layer '" + layer.digest() + "' where its config names '" + diffId + "'");
  }

  private Blob file(String name) {
    String at = name;
    for (int followed = 0; followed < MAX_LINKS && links.containsKey(at); followed++) {
      at = links.getOrDefault(at, at);
    }
    Blob file = files.get(at);
    if (file == null) {
      throw refused("has no '" + Printable.of(name) + "'");
    }
    return file;
  }

  private byte[] bytes(Blob blob) throws IOException {
    if (blob.size() > StrictJson.MAX_BYTES) {
      throw refused("has a description of " + blob.size() + " bytes");
    }
    try (InputStream in = blob.open()) {
      return in.readAllBytes();
    }
  }

  private RefusedException refused(String fault) {
    return new RefusedException(
        what + " " + fault + ".",
        "Pull or build the image again, so that the engine has it whole.");
  }
}
