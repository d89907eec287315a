package io.github.goldenmaven.statements;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.signing.SigstoreBundle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A bundle as registries keep it: an OCI artifact that refers to an image. It holds no time, so the
 * same bundle about the same image is the same artifact.
 */
final class StatementArtifact {

  /** The config of what has none. */
  static final Blob NO_CONFIG = Blob.of("{}".getBytes(StandardCharsets.UTF_8));

  private StatementArtifact() {}

  /**
   * The artifact's manifest.
   *
   * @param subject the image's index or a platform's manifest
   */
  static RawManifest of(Blob bundle, String predicateType, Descriptor subject) {
    return RawManifest.of(
        JsonObject.EMPTY
            .with("schemaVersion", 2)
            .with("mediaType", MediaTypes.OCI_MANIFEST)
            .with("artifactType", SigstoreBundle.MEDIA_TYPE)
            .with("config", descriptor(MediaTypes.OCI_EMPTY, NO_CONFIG))
            .with(
                "layers",
                JsonValue.ofObjects(List.of(descriptor(SigstoreBundle.MEDIA_TYPE, bundle))))
            .with("subject", subject.json())
            .with(
                "annotations",
                Map.of(
                    "dev.sigstore.bundle.content",
                    "dsse-envelope",
                    "dev.sigstore.bundle.predicateType",
                    predicateType)));
  }

  private static JsonObject descriptor(String mediaType, Blob blob) {
    return Descriptor.of(mediaType, blob.digest(), blob.size()).json();
  }
}
