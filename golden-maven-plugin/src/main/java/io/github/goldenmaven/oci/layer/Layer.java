package io.github.goldenmaven.oci.layer;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;

/**
 * A layer that was written: its stored bytes and what it is once decompressed.
 *
 * @param diffId digest of the uncompressed tar
 * @param mediaType of the stored bytes
 */
public record Layer(Blob blob, Digest diffId, String mediaType) {

  public Descriptor descriptor() {
    return Descriptor.of(mediaType, blob.digest(), blob.size());
  }
}
