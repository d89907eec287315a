package io.github.goldenmaven.oci;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.text.Printable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A manifest or index as the very bytes that were hashed: what is parsed is what was checked.
 *
 * <p>Not a record: a byte array needs a defensive copy and value equality.
 */
public final class RawManifest {

  private final byte[] bytes;
  private final Digest digest;
  private final JsonObject json;
  private final String mediaType;

  /**
   * @param mediaType what the store said it is (a Content-Type without parameters)
   * @param bytes strict JSON, at most {@link StrictJson#MAX_BYTES}
   * @throws RefusedException when the document disagrees with the media type or is both a manifest
   *     and an index
   */
  public RawManifest(String mediaType, byte[] bytes) {
    this.bytes = bytes.clone();
    this.digest = Digest.of(this.bytes);
    this.json = StrictJson.read("The manifest '" + digest + "'", this.bytes);
    this.mediaType = mediaType;
    json.string("mediaType")
        .filter(stated -> !stated.equals(mediaType))
        .ifPresent(
            stated -> {
              throw ambiguous("says it is '" + stated + "' but was served as '" + mediaType + "'");
            });
    boolean likeAnIndex = json.has("manifests");
    boolean likeAManifest = json.has("layers") || json.has("config");
    // Some readers go by the type, some by the fields.
    if (isIndex() ? likeAManifest : likeAnIndex) {
      throw ambiguous("is a manifest and an index at once");
    }
    if (!MediaTypes.isIndex(mediaType) && !MediaTypes.isManifest(mediaType)) {
      throw ambiguous("is of the type '" + mediaType + "'");
    }
  }

  /** A document of our own, serialized compactly. */
  public static RawManifest of(JsonObject json) {
    return new RawManifest(json.required("mediaType", json.string("mediaType")), json.toBytes());
  }

  private RefusedException ambiguous(String fault) {
    return new RefusedException(
        "The manifest '" + digest + "' " + Printable.of(fault) + ".",
        "Have the image pushed again by a tool that writes OCI or Docker schema 2 manifests.");
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public int size() {
    return bytes.length;
  }

  public Digest digest() {
    return digest;
  }

  public String mediaType() {
    return mediaType;
  }

  public JsonObject json() {
    return json;
  }

  public boolean isIndex() {
    return MediaTypes.isIndex(mediaType);
  }

  /** How another document points to this one. */
  public Descriptor descriptor() {
    return Descriptor.of(mediaType, digest, bytes.length);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RawManifest raw
        && raw.mediaType.equals(mediaType)
        && Arrays.equals(raw.bytes, bytes);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  @Override
  public String toString() {
    return digest.toString();
  }
}
