package io.github.goldenmaven.assembly;

import io.github.goldenmaven.assembly.ImageAssembly.StampedPlatform;
import io.github.goldenmaven.assembly.ImageAssembly.WrittenLayer;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.registry.AssembledImage;
import java.util.ArrayList;
import java.util.List;

/** The parts of {@code image.json} that tell of layers and platforms. */
public final class ImageJson {

  private ImageJson() {}

  /** The layers of our making, bottom first. */
  public static JsonValue layers(List<WrittenLayer> layers) {
    return JsonValue.ofObjects(layers.stream().map(ImageJson::layer).toList());
  }

  private static JsonObject layer(WrittenLayer written) {
    Descriptor descriptor = written.layer().descriptor();
    return JsonObject.EMPTY
        .with("name", written.name())
        .with("digest", descriptor.digest().toString())
        .with("diffId", written.layer().diffId().toString())
        .with("size", descriptor.size());
  }

  /**
   * Each platform's manifest, image ID and labels.
   *
   * @param platforms in the order in which the image was assembled
   */
  public static List<JsonObject> platforms(AssembledImage image, List<StampedPlatform> platforms) {
    List<JsonObject> all = new ArrayList<>();
    for (int at = 0; at < platforms.size(); at++) {
      StampedPlatform platform = platforms.get(at);
      RawManifest manifest = image.children().isEmpty() ? image.top() : image.children().get(at);
      all.add(
          JsonObject.EMPTY
              .with("platform", platform.base().platform().toString())
              .with("digest", manifest.digest().toString())
              .with("imageId", new ImageManifest(manifest).config().digest().toString())
              .with("labels", platform.stamp().labels()));
    }
    return all;
  }
}
