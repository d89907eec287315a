package io.github.goldenmaven.oci;

import io.github.goldenmaven.oci.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * One image for several platforms.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/image-index.md">OCI image
 *     spec, image index</a>
 */
public record ImageIndex(RawManifest raw) {

  public ImageIndex {
    if (!raw.isIndex()) {
      throw JsonObject.malformed("is a manifest where an index is meant");
    }
    raw.json()
        .requireSpelled(
            List.of(
                "schemaVersion",
                "mediaType",
                "artifactType",
                "manifests",
                "subject",
                "annotations"));
    raw.json().object("subject").ifPresent(Descriptor::new);
    raw.json().string("artifactType");
    raw.json().stringMap("annotations");
    raw.json().objects("manifests").forEach(Descriptor::new);
  }

  public Digest digest() {
    return raw.digest();
  }

  /** Every entry, in its order, attestations and foreign entries included. */
  public List<Descriptor> manifests() {
    return raw.json().objects("manifests").stream().map(Descriptor::new).toList();
  }

  /**
   * The entries a machine could run: those that state a platform, BuildKit's {@code
   * unknown/unknown} attestations left out.
   */
  public List<Descriptor> runnable() {
    return manifests().stream()
        .filter(entry -> entry.platform().isPresent())
        .filter(entry -> !entry.platform().orElseThrow().os().equals("unknown"))
        .toList();
  }

  /** The entries that state no platform: artifacts, or images that a runtime looks into. */
  public List<Descriptor> unstated() {
    return manifests().stream().filter(entry -> entry.platform().isEmpty()).toList();
  }

  public Map<String, String> annotations() {
    return raw.json().stringMap("annotations");
  }
}
