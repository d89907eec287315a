package io.github.goldenmaven.bake;

import io.github.goldenmaven.assembly.ImageAssembly.StampedPlatform;
import io.github.goldenmaven.assembly.ImageJson;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.registry.AssembledImage;
import io.github.goldenmaven.registry.ResolvedImage;
import io.github.goldenmaven.statements.StatedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A golden image that was baked: where it is, what it stands on, what is in it.
 *
 * @param references every tag it has, the line's last
 * @param whole false where a dry run left out what {@code run} would change: no digest is told then
 * @param certificates fingerprints of the company CAs in it
 */
public record BakeResult(
    List<ImageReference> references,
    AssembledImage image,
    boolean whole,
    ResolvedImage official,
    List<StampedPlatform> platforms,
    List<String> certificates,
    Outcome outcome) {

  /** What became of the push. */
  public enum Outcome {
    PUSHED,
    UNCHANGED,
    DRY_RUN
  }

  public BakeResult {
    references = List.copyOf(references);
    platforms = List.copyOf(platforms);
    certificates = List.copyOf(certificates);
  }

  /** Of the index where the image has several platforms. */
  public Digest digest() {
    return image.top().digest();
  }

  /** As statements speak of it; only where it is whole. */
  public StatedImage stated() {
    return StatedImage.of(reference(), image, platforms);
  }

  /** What consumers name: the line's tag. */
  public ImageReference reference() {
    return references.get(references.size() - 1);
  }

  /** {@code image.json}: see {@code docs/image-json.md}. */
  public JsonObject toJson() {
    List<JsonObject> told = new ArrayList<>();
    List<JsonObject> platformsJson = ImageJson.platforms(image, platforms);
    for (int at = 0; at < platforms.size(); at++) {
      told.add(platformsJson.get(at).with("layers", ImageJson.layers(platforms.get(at).layers())));
    }
    JsonObject json =
        JsonObject.EMPTY
            .with("schema", 1)
            .with("reference", reference().toString())
            .with(
                "references",
                JsonValue.ofTexts(references.stream().map(ImageReference::toString).toList()));
    if (whole) {
      json = json.with("digest", digest().toString());
    }
    return json.with("mediaType", image.top().mediaType())
        .with("outcome", outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .with(
            "official",
            JsonObject.EMPTY
                .with("reference", official.reference().toString())
                .with("digest", official.digest().toString()))
        .with("certificates", JsonValue.ofTexts(certificates))
        .with("platforms", JsonValue.ofObjects(whole ? told : List.of()));
  }

  /** {@code result.properties}, for pipelines. */
  public Map<String, String> toProperties() {
    Map<String, String> properties = new LinkedHashMap<>();
    for (int at = 0; at < references.size(); at++) {
      String key = "golden.image." + (at + 1);
      properties.put(key + ".reference", references.get(at).toString());
      if (whole) {
        properties.put(key + ".digest", digest().toString());
      }
    }
    properties.put("golden.official.reference", official.reference().toString());
    properties.put("golden.official.digest", official.digest().toString());
    return properties;
  }
}
