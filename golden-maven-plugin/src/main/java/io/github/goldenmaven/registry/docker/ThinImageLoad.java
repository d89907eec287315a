package io.github.goldenmaven.registry.docker;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One image on its way into a Docker Engine.
 *
 * <p>A classic engine looks a layer up by the chain of those below before it opens the layer's
 * file, so an archive may leave out the files of layers that are there. Which those are, the
 * image's former version tells, or the engine itself: given an archive without any layer, it
 * complains of the first that it lacks. What cannot be known so is sent whole.
 *
 * <p>The archive is both a Docker archive, which classic engines read, and an OCI layout, which
 * engines on containerd read.
 */
final class ThinImageLoad {

  /** In bytes: less than this is sent sooner than the engine is asked. */
  private static final long WORTH_ASKING = 64 * 1024;

  private final Engine engine;
  private final ImageManifest image;
  private final String name;
  private final byte[] config;
  private final List<Digest> diffIds;
  private final Map<Digest, EngineStore.Source> sources;

  /**
   * Prepares; nothing is sent yet.
   *
   * @param sources of the layers, those at least that the engine lacks
   */
  ThinImageLoad(
      Engine engine,
      ImageManifest image,
      String name,
      byte[] config,
      Map<Digest, EngineStore.Source> sources) {
    this.engine = engine;
    this.image = image;
    this.name = name;
    this.config = config;
    this.diffIds = ImageConfig.read("The config of '" + name + "'", config).diffIds();
    this.sources = sources;
    if (diffIds.size() != image.layers().size()) {
      throw new RefusedException(
          "'%s' has %s layers, but its config names %s."
              .formatted(name, image.layers().size(), diffIds.size()),
          "Have the image in <base> (-Dgolden.base) or 'from' of golden.yaml pushed again by the"
              + " tool that made it.");
    }
  }

  /**
   * Loads and tags the image.
   *
   * @return false where the engine lacks a layer that there is no source for
   */
  boolean load() {
    if (engine.keepsLayersByChain() && loadThin()) {
      return true;
    }
    if (!canSend(0)) {
      return false;
    }
    Optional<String> fault = engine.load(archive(0));
    if (fault.isPresent()) {
      throw new UnavailableException(
          "The Docker Engine at " + engine + " did not take '" + name + "': " + fault.get() + ".",
          "Look into the engine's log and at the free space of its disk, then build again.");
    }
    return true;
  }

  private boolean loadThin() {
    int there = former();
    if (bytesFrom(there) > WORTH_ASKING || !canSend(there)) {
      Optional<String> fault = engine.load(archive(diffIds.size()));
      if (fault.isEmpty()) {
        return true;
      }
      there = Math.max(there, firstNamedIn(fault.get()));
    }
    return there > 0 && canSend(there) && engine.load(archive(there)).isEmpty();
  }

  private boolean canSend(int from) {
    return image.layers().subList(from, diffIds.size()).stream()
        .allMatch(layer -> sources.containsKey(layer.digest()));
  }

  private long bytesFrom(int layer) {
    return image.layers().subList(layer, diffIds.size()).stream().mapToLong(Descriptor::size).sum();
  }

  /** How many of the layers the image has that the tag points to now. */
  private int former() {
    List<Digest> former = engine.inspect(name).map(Engine.Inspected::diffIds).orElse(List.of());
    int same = 0;
    while (same < Math.min(former.size(), diffIds.size())
        && former.get(same).equals(diffIds.get(same))) {
      same++;
    }
    return same;
  }

  /** The layer whose file the engine missed; 0, so that all are sent, when it speaks of none. */
  private int firstNamedIn(String fault) {
    List<Descriptor> layers = image.layers();
    for (int layer = 0; layer < layers.size(); layer++) {
      if (fault.contains(layers.get(layer).digest().hex())) {
        return layer;
      }
    }
    return 0;
  }

  /** The archive with the files of the layers from this one on. */
  private InputStream archive(int from) {
    TarStream archive = new TarStream();
    archive.add("manifest.json", dockerManifest());
    archive.add(
        "oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
    archive.add("index.json", index().bytes());
    archive.add(path(image.digest()), image.raw().bytes());
    archive.add(path(image.config().digest()), config);
    Set<Digest> added = new HashSet<>();
    for (Descriptor layer : image.layers().subList(from, image.layers().size())) {
      if (added.add(layer.digest())) {
        EngineStore.Source source = Objects.requireNonNull(sources.get(layer.digest()));
        archive.add(path(layer.digest()), layer.size(), () -> source.open(Progress.SILENT));
      }
    }
    return archive.open();
  }

  private byte[] dockerManifest() {
    JsonObject described =
        JsonObject.EMPTY
            .with("Config", path(image.config().digest()))
            .with("RepoTags", JsonValue.ofTexts(List.of(name)))
            .with(
                "Layers",
                JsonValue.ofTexts(
                    image.layers().stream().map(layer -> path(layer.digest())).toList()));
    return ("[" + described + "]").getBytes(StandardCharsets.UTF_8);
  }

  private RawManifest index() {
    Descriptor entry =
        image
            .raw()
            .descriptor()
            .withAnnotations(
                Map.of(
                    "io.containerd.image.name",
                    name,
                    "org.opencontainers.image.ref.name",
                    name.substring(name.lastIndexOf(':') + 1)));
    return RawManifest.of(
        JsonObject.EMPTY
            .with("schemaVersion", 2)
            .with("mediaType", MediaTypes.OCI_INDEX)
            .with("manifests", JsonValue.ofObjects(List.of(entry.json()))));
  }

  private static String path(Digest digest) {
    return "blobs/sha256/" + digest.hex();
  }
}
