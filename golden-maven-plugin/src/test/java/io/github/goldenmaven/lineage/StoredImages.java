package io.github.goldenmaven.lineage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.Manifests;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.registry.MemoryStore;
import java.util.ArrayList;
import java.util.List;

/** Puts image configs into a store, as manifests whose layers are a kilobyte more each. */
final class StoredImages {

  private final MemoryStore store;

  StoredImages(MemoryStore store) {
    this.store = store;
  }

  RawManifest manifest(ImageConfig config, String tag) {
    RawManifest manifest = manifest(config);
    store.put(manifest, tag);
    return manifest;
  }

  RawManifest manifest(ImageConfig config) {
    Blob blob = Blob.of(config.toBytes());
    store.put(blob, Progress.SILENT);
    List<Descriptor> layers = new ArrayList<>();
    for (Digest diffId : config.diffIds()) {
      Digest digest = Digest.of(("gzip of " + diffId).getBytes(UTF_8));
      layers.add(Descriptor.of(MediaTypes.OCI_LAYER_GZIP, digest, 1000L * (layers.size() + 1)));
    }
    RawManifest manifest =
        Manifests.image(Descriptor.of(MediaTypes.OCI_CONFIG, blob.digest(), blob.size()), layers);
    store.put(manifest);
    return manifest;
  }

  RawManifest index(String tag, ImageConfig... configs) {
    List<Descriptor> entries = new ArrayList<>();
    for (ImageConfig config : configs) {
      JsonObject platform =
          JsonObject.EMPTY
              .with("architecture", config.platform().architecture())
              .with("os", config.platform().os());
      entries.add(manifest(config).descriptor().withPlatform(platform));
    }
    RawManifest index = Manifests.index(entries);
    store.put(index, tag);
    return index;
  }
}
