package io.github.goldenmaven.registry;

import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Manifests;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.oci.layer.Layer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** An image of one layer, whose bytes are its name. */
public record SmallImage(Blob config, Blob layer, RawManifest manifest) {

  public static SmallImage named(String name) {
    Blob config =
        Blob.of(
            utf8(
                "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Labels\":{\"name\":\""
                    + name
                    + "\"}},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\""
                    + Blob.of(utf8(name)).digest()
                    + "\"]}}"));
    return of(config, Blob.of(utf8(name)));
  }

  public static SmallImage of(Blob config, Blob layer) {
    return of(config, layer, descriptor(MediaTypes.OCI_LAYER, layer));
  }

  public static SmallImage of(Blob config, Layer layer) {
    return of(config, layer.blob(), layer.descriptor());
  }

  private static SmallImage of(Blob config, Blob layer, Descriptor described) {
    return new SmallImage(
        config,
        layer,
        Manifests.image(descriptor(MediaTypes.OCI_CONFIG, config), List.of(described)));
  }

  /** A statement about an image: no layers, and a subject. */
  public static SmallImage statement(String name, RawManifest subject) {
    Blob empty = Blob.of(utf8("{}"));
    Blob text = Blob.of(utf8(name));
    return new SmallImage(
        empty,
        text,
        RawManifest.of(
            JsonObject.EMPTY
                .with("schemaVersion", 2)
                .with("mediaType", MediaTypes.OCI_MANIFEST)
                .with("artifactType", "application/vnd.example." + name)
                .with("config", descriptor(MediaTypes.OCI_EMPTY, empty).json())
                .with("layers", JsonValue.ofObjects(List.of(descriptor("text/plain", text).json())))
                .with("subject", subject.descriptor().json())));
  }

  public static RawManifest index(SmallImage... images) {
    return Manifests.index(Stream.of(images).map(image -> image.manifest.descriptor()).toList());
  }

  public static Descriptor descriptor(String mediaType, Blob blob) {
    return Descriptor.of(mediaType, blob.digest(), blob.size());
  }

  public Descriptor layerDescriptor() {
    return descriptor(MediaTypes.OCI_LAYER, layer);
  }

  public Descriptor configDescriptor() {
    return descriptor(MediaTypes.OCI_CONFIG, config);
  }

  /** Puts config and layer, and not the manifest. */
  public SmallImage putBlobs(ImageStore store) {
    store.put(layer, Progress.SILENT);
    store.put(config, Progress.SILENT);
    return this;
  }

  public SmallImage put(ImageStore store, String tag) {
    putBlobs(store);
    store.put(manifest, tag);
    return this;
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
