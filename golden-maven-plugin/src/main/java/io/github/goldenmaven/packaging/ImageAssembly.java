package io.github.goldenmaven.packaging;

import io.github.goldenmaven.oci.Blob;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.JsonObject;
import io.github.goldenmaven.oci.JsonValue;
import io.github.goldenmaven.oci.Layer;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.packaging.ServiceContainer.Format;
import io.github.goldenmaven.provenance.Stamp;
import io.github.goldenmaven.registry.AssembledImage;
import io.github.goldenmaven.registry.AssembledImage.OwnBlob;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Puts a service's layers and settings on every platform of its base: configs, manifests and, over
 * a multi-platform base, the index. Pure: the same input gives the same bytes.
 */
final class ImageAssembly {

  private static final String CREATED_BY = "golden-maven-plugin";

  private final List<WrittenLayer> layers;
  private final ServiceContainer container;
  private final MediaNames media;

  /** A layer that was written, and the name people know it by. */
  record WrittenLayer(String name, Layer layer) {}

  /** One platform's base and what is stamped on the image above it. */
  record StampedPlatform(PlatformImage base, Stamp stamp) {}

  ImageAssembly(List<WrittenLayer> layers, ServiceContainer container) {
    this.layers = layers;
    this.container = container;
    this.media = container.format() == Format.DOCKER ? MediaNames.DOCKER : MediaNames.OCI;
  }

  /**
   * The image for these platforms.
   *
   * @param asIndex whether the base is an index: an index of one stays an index
   */
  AssembledImage assemble(List<StampedPlatform> platforms, boolean asIndex) {
    List<OwnBlob> own = new ArrayList<>();
    layers.forEach(written -> own.add(new OwnBlob(written.name(), written.layer().blob())));
    Map<String, Descriptor> inherited = new LinkedHashMap<>();
    List<RawManifest> manifests = new ArrayList<>();
    List<Descriptor> entries = new ArrayList<>();
    for (StampedPlatform platform : platforms) {
      Blob config = Blob.of(config(platform).toBytes());
      own.add(new OwnBlob("config", config));
      platform.base().layers().forEach(layer -> inherited.putIfAbsent(layer.digest().hex(), layer));
      RawManifest manifest = manifest(platform, config);
      manifests.add(manifest);
      entries.add(manifest.descriptor().withPlatform(platform.base().platformJson()));
    }
    List<Descriptor> below = List.copyOf(inherited.values());
    if (!asIndex) {
      return new AssembledImage(manifests.get(0), List.of(), own, below);
    }
    return new AssembledImage(index(platforms.get(0), entries), manifests, own, below);
  }

  private ImageConfig config(StampedPlatform platform) {
    String created = platform.stamp().created().toString();
    List<JsonObject> history =
        layers.stream()
            .map(
                written ->
                    JsonObject.EMPTY
                        .with("created", created)
                        .with("created_by", CREATED_BY)
                        .with("comment", written.name()))
            .toList();
    ImageConfig base = platform.base().config();
    return base.withoutBuildResidue()
        .withLayers(layers.stream().map(written -> written.layer().diffId()).toList(), history)
        .withCreated(created)
        .withRuntime(runtime -> new RuntimeConfig(container).over(runtime))
        .withLabels(platform.stamp().labels());
  }

  private RawManifest manifest(StampedPlatform platform, Blob config) {
    List<JsonObject> all = new ArrayList<>();
    for (Descriptor layer : platform.base().layers()) {
      all.add(layer.withMediaType(media.layer().apply(layer.mediaType())).json());
    }
    for (WrittenLayer written : layers) {
      Descriptor layer = written.layer().descriptor();
      all.add(layer.withMediaType(media.layer().apply(layer.mediaType())).json());
    }
    return RawManifest.of(
        JsonObject.EMPTY
            .with("schemaVersion", 2)
            .with("mediaType", media.manifest())
            .with("config", Descriptor.of(media.config(), config.digest(), config.size()).json())
            .with("layers", JsonValue.ofObjects(all))
            .with("annotations", annotations(platform)));
  }

  private RawManifest index(StampedPlatform any, List<Descriptor> entries) {
    return RawManifest.of(
        JsonObject.EMPTY
            .with("schemaVersion", 2)
            .with("mediaType", media.index())
            .with("manifests", JsonValue.ofObjects(entries.stream().map(Descriptor::json).toList()))
            .with("annotations", annotations(any)));
  }

  /** Docker's own manifests know no annotations. */
  private Map<String, String> annotations(StampedPlatform platform) {
    return container.format() != Format.DOCKER ? platform.stamp().annotations() : Map.of();
  }

  /** The media types of one format. */
  private record MediaNames(
      String index, String manifest, String config, Function<String, String> layer) {
    static final MediaNames OCI =
        new MediaNames(
            MediaTypes.OCI_INDEX,
            MediaTypes.OCI_MANIFEST,
            MediaTypes.OCI_CONFIG,
            MediaTypes::ofOciLayer);
    static final MediaNames DOCKER =
        new MediaNames(
            MediaTypes.DOCKER_INDEX,
            MediaTypes.DOCKER_MANIFEST,
            MediaTypes.DOCKER_CONFIG,
            MediaTypes::ofDockerLayer);
  }
}
