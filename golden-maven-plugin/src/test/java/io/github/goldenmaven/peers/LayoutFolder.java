package io.github.goldenmaven.peers;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.Manifests;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An OCI layout folder as the fixtures write and read it, without any code that is under test.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/image-layout.md">OCI image
 *     spec, image layout</a>
 */
public record LayoutFolder(Path path) {

  private static final String REF_NAME = "org.opencontainers.image.ref.name";

  /** An empty layout, or the one that is there. */
  public static LayoutFolder at(Path path) {
    try {
      Files.createDirectories(path.resolve("blobs/sha256"));
      LayoutFolder folder = new LayoutFolder(path);
      if (!Files.exists(path.resolve("index.json"))) {
        Files.writeString(path.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        folder.writeIndex(List.of());
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a blob or manifest is, or would be. */
  public Path blob(Digest digest) {
    return path.resolve("blobs/sha256").resolve(digest.hex());
  }

  public Descriptor put(String mediaType, byte[] bytes) {
    Digest digest = Digest.of(bytes);
    try {
      Files.write(blob(digest), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Descriptor.of(mediaType, digest, bytes.length);
  }

  public Descriptor put(Layer layer) {
    try (InputStream bytes = layer.blob().open()) {
      Files.copy(bytes, blob(layer.blob().digest()), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return layer.descriptor();
  }

  /** Copies a blob of another layout. */
  public void copy(Descriptor blob, LayoutFolder from) {
    try {
      Files.copy(
          from.blob(blob.digest()), blob(blob.digest()), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stores an image of another layout with more layers on top, and lets the tag point to it. */
  public void put(LayoutFolder below, String belowTag, List<Layer> layers, String tag) {
    ImageManifest manifest = new ImageManifest(below.manifest(belowTag));
    List<Descriptor> descriptors = new ArrayList<>(manifest.layers());
    descriptors.forEach(layer -> copy(layer, below));
    layers.forEach(layer -> descriptors.add(put(layer)));
    ImageConfig config =
        below
            .config(manifest)
            .withLayers(
                layers.stream().map(Layer::diffId).toList(),
                layers.stream().map(layer -> JsonObject.EMPTY).toList());
    put(Manifests.image(put(MediaTypes.OCI_CONFIG, config.toBytes()), descriptors), tag);
  }

  /** Stores a manifest or index. */
  public Descriptor put(RawManifest manifest) {
    return put(manifest.mediaType(), manifest.bytes());
  }

  /** Stores a manifest or index and lets the tag point to it. */
  public void put(RawManifest manifest, String tag) {
    tag(put(manifest), tag);
  }

  /** Lets a tag point to a blob, whatever it is. */
  public void tag(Descriptor manifest, String tag) {
    List<Descriptor> entries = new ArrayList<>(entries());
    entries.removeIf(entry -> tag.equals(entry.annotations().get(REF_NAME)));
    entries.add(manifest.withAnnotations(Map.of(REF_NAME, tag)));
    writeIndex(entries);
  }

  /** The manifest or index a tag points to. */
  public RawManifest manifest(String tag) {
    return entries().stream()
        .filter(entry -> tag.equals(entry.annotations().get(REF_NAME)))
        .findFirst()
        .map(this::manifest)
        .orElseThrow(() -> new IllegalArgumentException("no tag '" + tag + "' in " + path));
  }

  public RawManifest manifest(Descriptor descriptor) {
    return new RawManifest(descriptor.mediaType(), bytes(descriptor.digest()));
  }

  public ImageConfig config(ImageManifest manifest) {
    return ImageConfig.read("The config", bytes(manifest.config().digest()));
  }

  public byte[] bytes(Digest digest) {
    try {
      return Files.readAllBytes(blob(digest));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Descriptor> entries() {
    try {
      byte[] index = Files.readAllBytes(path.resolve("index.json"));
      return new RawManifest(MediaTypes.OCI_INDEX, index)
          .json().objects("manifests").stream().map(Descriptor::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeIndex(List<Descriptor> entries) {
    JsonObject index =
        JsonObject.EMPTY
            .with("schemaVersion", 2)
            .with("mediaType", MediaTypes.OCI_INDEX)
            .with(
                "manifests", JsonValue.ofObjects(entries.stream().map(Descriptor::json).toList()));
    try {
      Files.write(path.resolve("index.json"), index.toBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
