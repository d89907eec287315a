package io.github.goldenmaven.oci;

import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import java.util.List;

/** Manifests and indexes of the images that tests make, with what the OCI image spec asks for. */
public final class Manifests {

  private Manifests() {}

  public static RawManifest image(Descriptor config, List<Descriptor> layers) {
    return RawManifest.of(
        JsonObject.EMPTY
            .with("schemaVersion", 2)
            .with("mediaType", MediaTypes.OCI_MANIFEST)
            .with("config", config.json())
            .with("layers", json(layers)));
  }

  public static RawManifest index(List<Descriptor> manifests) {
    return RawManifest.of(
        JsonObject.EMPTY
            .with("schemaVersion", 2)
            .with("mediaType", MediaTypes.OCI_INDEX)
            .with("manifests", json(manifests)));
  }

  private static JsonValue json(List<Descriptor> descriptors) {
    return JsonValue.ofObjects(descriptors.stream().map(Descriptor::json).toList());
  }
}
