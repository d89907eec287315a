package io.github.goldenmaven.assembly;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.provenance.Stamp;
import io.github.goldenmaven.registry.AssembledImage;
import io.github.goldenmaven.registry.AssembledImage.OwnBlob;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Puts layers and settings on every platform of a base: configs, manifests and, over a
 * multi-platform base, the index. Pure: the same input gives the same bytes.
 */
public final class ImageAssembly {

  /** In which media types an image is described. */
  public enum Format {
    OCI,
    DOCKER
  }

  private static final String CREATED_BY = "golden-maven-plugin";

  private final Format format;
  private final MediaNames media;

  /** A layer that was written, and the name people know it by. */
  public record WrittenLayer(String name, Layer layer) {}

  /**
   * One platform: its base, and what comes above it.
   *
   * @param stamp the labels and annotations, and the time of creation
   * @param layers bottom first
   * @param runtime changes the base's {@code config} object, all but its labels
   */
  public record StampedPlatform(
      PlatformImage base,
      Stamp stamp,
      List<WrittenLayer> layers,
      UnaryOperator<JsonObject> runtime) {

    public StampedPlatform {
      layers = List.copyOf(layers);
    }
  }

  public ImageAssembly(Format format) {
    this.format = format;
    this.media = format == Format.DOCKER ? MediaNames.DOCKER : MediaNames.OCI;
  }

  /**
   * The image for these platforms.
   *
   * @param asIndex whether the base is an index: an index of one stays an index
   */
  public AssembledImage assemble(List<StampedPlatform> platforms, boolean asIndex) {
    List<OwnBlob> own = new ArrayList<>();
    Set<Digest> ownLayers = new HashSet<>();
    Map<String, Descriptor> inherited = new LinkedHashMap<>();
    List<RawManifest> manifests = new ArrayList<>();
    List<Descriptor> entries = new ArrayList<>();
    for (StampedPlatform platform : platforms) {
      for (WrittenLayer written : platform.layers()) {
        if (ownLayers.add(written.layer().blob().digest())) {
          own.add(new OwnBlob(written.name(), written.layer().blob()));
        }
      }
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
        platform.layers().stream()
            .map(
                written ->
                    JsonObject.EMPTY
                        .with("created", created)
                        .with("created_by", CREATED_BY)
                        .with("comment", written.name()))
            .toList();
    ImageConfig base = platform.base().config();
    return base.withoutBuildResidue()
        .withLayers(
            platform.layers().stream().map(written -> written.layer().diffId()).toList(), history)
        .withCreated(created)
        .withRuntime(platform.runtime())
        .withLabels(platform.stamp().labels());
  }

  private RawManifest manifest(StampedPlatform platform, Blob config) {
    List<JsonObject> all = new ArrayList<>();
    for (Descriptor layer : platform.base().layers()) {
      all.add(layer.withMediaType(media.layer().apply(layer.mediaType())).json());
    }
    for (WrittenLayer written : platform.layers()) {
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
    return format != Format.DOCKER ? platform.stamp().annotations() : Map.of();
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
