package io.github.goldenmaven.registry;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.layer.Blob;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * An image that is complete but nowhere yet.
 *
 * @param top the index of a multi-platform image, else the manifest
 * @param children the manifests the index names; empty where {@code top} is a manifest
 * @param own layers and configs of our making
 * @param inherited layers that lie in the base's store
 */
public record AssembledImage(
    RawManifest top, List<RawManifest> children, List<OwnBlob> own, List<Descriptor> inherited) {

  public AssembledImage {
    children = List.copyOf(children);
    own = List.copyOf(own);
    inherited = List.copyOf(inherited);
  }

  /**
   * A blob with the name people know it by.
   *
   * @param name {@code dependencies}, {@code config}
   */
  public record OwnBlob(String name, Blob blob) {}

  /** Every blob the image needs, by digest. */
  public Set<Digest> blobs() {
    Set<Digest> blobs = new LinkedHashSet<>();
    inherited.forEach(layer -> blobs.add(layer.digest()));
    own.forEach(blob -> blobs.add(blob.blob().digest()));
    return blobs;
  }
}
