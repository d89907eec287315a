package io.github.goldenmaven.packaging;

import io.github.goldenmaven.assembly.ImageAssembly.StampedPlatform;
import io.github.goldenmaven.assembly.ImageAssembly.WrittenLayer;
import io.github.goldenmaven.assembly.ImageJson;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.registry.AssembledImage;
import io.github.goldenmaven.registry.ResolvedImage;
import io.github.goldenmaven.statements.StatedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An image that was built: where it is, what it stands on, what is in it. */
public final class BuildResult {

  /** What became of the push. */
  public enum Outcome {
    PUSHED,
    UNCHANGED,
    DRY_RUN
  }

  private final ImageReference target;
  private final List<ImageReference> further;
  private final AssembledImage image;
  private final ResolvedImage base;
  private final List<WrittenLayer> layers;
  private final List<StampedPlatform> platforms;
  private final Outcome outcome;

  BuildResult(
      ImageReference target,
      List<ImageReference> further,
      AssembledImage image,
      ResolvedImage base,
      List<WrittenLayer> layers,
      List<StampedPlatform> platforms,
      Outcome outcome) {
    this.target = target;
    this.further = List.copyOf(further);
    this.image = image;
    this.base = base;
    this.layers = List.copyOf(layers);
    this.platforms = List.copyOf(platforms);
    this.outcome = outcome;
  }

  public ImageReference target() {
    return target;
  }

  /** Of the index where the image has several platforms. */
  public Digest digest() {
    return image.top().digest();
  }

  public Outcome outcome() {
    return outcome;
  }

  /** As statements speak of it. */
  public StatedImage stated() {
    return StatedImage.of(target, image, platforms);
  }

  /** Each tag that names the image, its own first. */
  private List<String> references() {
    return Stream.concat(Stream.of(target), further.stream()).map(Object::toString).toList();
  }

  /** {@code image.json}: see {@code docs/image-json.md}. */
  public JsonObject toJson() {
    return JsonObject.EMPTY
        .with("schema", 1)
        .with("reference", target.toString())
        .with("references", JsonValue.ofTexts(references()))
        .with("digest", digest().toString())
        .with("mediaType", image.top().mediaType())
        .with("outcome", outcome.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'))
        .with(
            "base",
            JsonObject.EMPTY
                .with("reference", base.reference().toString())
                .with("digest", base.digest().toString()))
        .with("layers", ImageJson.layers(layers))
        .with("platforms", JsonValue.ofObjects(ImageJson.platforms(image, platforms)));
  }

  /** {@code result.properties}, for pipelines. */
  public Map<String, String> toProperties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("golden.image.1.reference", target.toString());
    properties.put("golden.image.1.digest", digest().toString());
    properties.put("golden.image.1.references", String.join(",", references()));
    properties.put("golden.base.reference", base.reference().toString());
    properties.put("golden.base.digest", base.digest().toString());
    return properties;
  }
}
