package io.github.goldenmaven.oci;

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

  public ImageManifest {
    if (raw.isIndex()) {
      throw JsonObject.malformed("is an index where a manifest is meant");
    }
    JsonObject json = raw.json();
    new Descriptor(json.required("config", json.object("config")));
    json.objects("layers").forEach(Descriptor::new);
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
