package io.github.goldenmaven.peers;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageIndex;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.provenance.ApplicationStamp;
import io.github.goldenmaven.provenance.Label;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Makes an application image of a golden one, as golden:build would, in a few lines, and bends it:
 * for images that lie. Immutable: each method gives a new fixture.
 *
 * @param golden layout with the golden image
 * @param tag of the golden there
 * @param baseName what the labels call the golden; empty where it is in a folder
 * @param upper the service's own layers
 * @param labels put last, over everything; an empty value takes a label away
 * @param runtime bends the runtime part of the config, last
 * @param manifest bends the manifest, last
 */
public record ApplicationFixture(
    LayoutFolder golden,
    String tag,
    String baseName,
    List<Layer> upper,
    Map<String, String> labels,
    UnaryOperator<JsonObject> runtime,
    UnaryOperator<ImageConfig> config,
    UnaryOperator<JsonObject> manifest) {

  /** A service of one file, on this golden. */
  public static ApplicationFixture on(LayoutFolder golden, String tag, String baseName) {
    return new ApplicationFixture(
            golden,
            tag,
            baseName,
            List.of(),
            Map.of(),
            UnaryOperator.identity(),
            UnaryOperator.identity(),
            UnaryOperator.identity())
        .with(TinyBase.directory("app", 0755), TinyBase.file("app/orders.txt", "orders 1.4.2\n"));
  }

  /** With one more layer of these entries. */
  public ApplicationFixture with(LayerEntry... entries) {
    return with(TinyBase.write(List.of(entries)));
  }

  /** With one more layer. */
  public ApplicationFixture with(Layer layer) {
    List<Layer> more = new ArrayList<>(upper);
    more.add(layer);
    return new ApplicationFixture(golden, tag, baseName, more, labels, runtime, config, manifest);
  }

  /** With another value for a label; an empty one takes the label away. */
  public ApplicationFixture label(Label label, String value) {
    Map<String, String> more = new TreeMap<>(labels);
    more.put(label.key(), value);
    return new ApplicationFixture(golden, tag, baseName, upper, more, runtime, config, manifest);
  }

  /** With none of our labels, as jib and Docker leave an image. */
  public ApplicationFixture unstamped() {
    ApplicationFixture bare = this;
    for (Label label : Label.values()) {
      bare = bare.label(label, "");
    }
    return bare;
  }

  public ApplicationFixture runtime(UnaryOperator<JsonObject> change) {
    return new ApplicationFixture(golden, tag, baseName, upper, labels, change, config, manifest);
  }

  public ApplicationFixture config(UnaryOperator<ImageConfig> change) {
    return new ApplicationFixture(golden, tag, baseName, upper, labels, runtime, change, manifest);
  }

  public ApplicationFixture manifest(UnaryOperator<JsonObject> change) {
    return new ApplicationFixture(golden, tag, baseName, upper, labels, runtime, config, change);
  }

  /** Writes it into a layout, all platforms of the golden. */
  public RawManifest writeTo(LayoutFolder folder, String toTag) {
    RawManifest base = golden.manifest(tag);
    if (!base.isIndex()) {
      RawManifest image = image(folder, base, base);
      folder.put(image, toTag);
      return image;
    }
    List<Descriptor> manifests = new ArrayList<>();
    for (Descriptor entry : new ImageIndex(base).runnable()) {
      RawManifest image = image(folder, base, golden.manifest(entry));
      manifests.add(folder.put(image).withPlatform(entry.json().object("platform").orElseThrow()));
    }
    RawManifest index = OfficialImage.index(manifests, Map.of());
    folder.put(index, toTag);
    return index;
  }

  private RawManifest image(LayoutFolder folder, RawManifest whole, RawManifest below) {
    ImageManifest base = new ImageManifest(below);
    ImageConfig baseConfig = golden.config(base);
    List<JsonObject> layers = new ArrayList<>();
    for (Descriptor layer : base.layers()) {
      folder.copy(layer, golden);
      layers.add(layer.json());
    }
    List<Digest> diffIds = new ArrayList<>();
    for (Layer layer : upper) {
      layers.add(folder.put(layer).json());
      diffIds.add(layer.diffId());
    }
    Map<String, String> stamped =
        ApplicationStamp.labels(baseName, whole.digest(), base.digest(), baseConfig);
    stamped.putAll(labels);
    stamped.values().removeIf(String::isEmpty);
    ImageConfig written =
        config.apply(
            baseConfig
                .withLayers(
                    diffIds,
                    diffIds.stream()
                        .map(diffId -> JsonObject.EMPTY.with("created_by", "a fixture"))
                        .toList())
                .withLabels(stamped)
                .withRuntime(runtime));
    Map<String, String> annotations = new TreeMap<>();
    Arrays.stream(Label.values())
        .filter(Label::annotation)
        .forEach(
            label -> label.in(stamped).ifPresent(value -> annotations.put(label.key(), value)));
    return RawManifest.of(
        manifest.apply(
            JsonObject.EMPTY
                .with("schemaVersion", 2)
                .with("mediaType", MediaTypes.OCI_MANIFEST)
                .with("config", folder.put(MediaTypes.OCI_CONFIG, written.toBytes()).json())
                .with("layers", JsonValue.ofObjects(layers))
                .with("annotations", annotations)));
  }
}
