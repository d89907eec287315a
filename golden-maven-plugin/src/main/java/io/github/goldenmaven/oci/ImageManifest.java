package io.github.goldenmaven.oci;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One platform's image: a config and its layers, bottom first.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/manifest.md">OCI image
 *     spec, image manifest</a>
 */
public record ImageManifest(RawManifest raw) {

  /** Of all layers as stored: above any real image, and far below where sums overflow. */
  private static final long MAX_BYTES = 1L << 40;

  private static final List<String> KNOWN =
      List.of(
          "schemaVersion",
          "mediaType",
          "artifactType",
          "config",
          "layers",
          "subject",
          "annotations");

  public ImageManifest {
    if (raw.isIndex()) {
      throw JsonObject.malformed("is an index where a manifest is meant");
    }
    JsonObject json = raw.json();
    json.requireSpelled(KNOWN);
    new Descriptor(json.required("config", json.object("config")));
    json.object("subject").ifPresent(Descriptor::new);
    json.string("artifactType");
    json.stringMap("annotations");
    long left = MAX_BYTES;
    for (JsonObject layer : json.objects("layers")) {
      long size = new Descriptor(layer).size();
      if (size > left) {
        throw new RefusedException(
            "The manifest '" + raw.digest() + "' states layers of more than 1 TiB.",
            "No image is that large: have it pushed again by the tool that built it.");
      }
      left -= size;
    }
  }

  public Digest digest() {
    return raw.digest();
  }

  public Descriptor config() {
    return new Descriptor(raw.json().object("config").orElseThrow());
  }

  /** Bottom layer first. */
  public List<Descriptor> layers() {
    return raw.json().objects("layers").stream().map(Descriptor::new).toList();
  }

  public Map<String, String> annotations() {
    return raw.json().stringMap("annotations");
  }

  /** What this refers to, when it is a statement about another image. */
  public Optional<Descriptor> subject() {
    return raw.json().object("subject").map(Descriptor::new);
  }
}
