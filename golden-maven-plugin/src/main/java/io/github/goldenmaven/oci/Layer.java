package io.github.goldenmaven.oci;

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
