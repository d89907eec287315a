package io.github.goldenmaven.oci;

import io.github.goldenmaven.oci.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Points to content: media type, digest and size; whatever else it says travels along.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/descriptor.md">OCI image
 *     spec, content descriptors</a>
 */
public record Descriptor(JsonObject json) {

  private static final List<String> KNOWN =
      List.of(
          "mediaType", "digest", "size", "urls", "annotations", "data", "artifactType", "platform");

  public Descriptor {
    json.requireSpelled(KNOWN);
    json.object("platform").ifPresent(Platform::requireSpelled);
    json.required("mediaType", json.string("mediaType"));
    Digest.parse(json.required("digest", json.string("digest")));
    if (json.required("size", json.integer("size")) < 0) {
      throw JsonObject.malformed("has a negative 'size'");
    }
    json.string("artifactType");
    json.strings("urls");
    json.stringMap("annotations");
    if (!json.string("data").map(data -> isContent(data, json)).orElse(true)) {
      throw JsonObject.malformed("has a 'data' that is not what its 'digest' says");
    }
  }

  /** Who finds the content here does not fetch it. */
  private static boolean isContent(String data, JsonObject json) {
    try {
      Digest digest = Digest.of(Base64.getDecoder().decode(data));
      return json.string("digest").filter(digest.toString()::equals).isPresent();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  public static Descriptor of(String mediaType, Digest digest, long size) {
    return new Descriptor(
        JsonObject.EMPTY
            .with("mediaType", mediaType)
            .with("digest", digest.toString())
            .with("size", size));
  }

  public String mediaType() {
    return json.string("mediaType").orElseThrow();
  }

  public Digest digest() {
    return Digest.parse(json.string("digest").orElseThrow());
  }

  /** In bytes, as stored: the compressed size of a compressed layer. */
  public long size() {
    return json.integer("size").orElseThrow();
  }

  public Map<String, String> annotations() {
    return json.stringMap("annotations");
  }

  public Optional<String> artifactType() {
    return json.string("artifactType");
  }

  /** The platform an index entry states. */
  public Optional<Platform> platform() {
    return json.object("platform").map(Platform::of);
  }

  public Descriptor withMediaType(String mediaType) {
    return new Descriptor(json.with("mediaType", mediaType));
  }

  public Descriptor withPlatform(JsonObject platform) {
    return new Descriptor(json.with("platform", platform));
  }

  public Descriptor withAnnotations(Map<String, String> annotations) {
    return new Descriptor(json.with("annotations", annotations));
  }

  @Override
  public String toString() {
    return digest().toString();
  }
}
