package io.github.goldenmaven.oci;

import java.util.Set;

/**
 * The media types this project reads and writes.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/media-types.md">OCI image
 *     spec, media types</a>
 */
public final class MediaTypes {

  public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
  public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  public static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
  public static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar";
  public static final String OCI_LAYER_GZIP = "application/vnd.oci.image.layer.v1.tar+gzip";
  public static final String OCI_LAYER_ZSTD = "application/vnd.oci.image.layer.v1.tar+zstd";
  public static final String OCI_EMPTY = "application/vnd.oci.empty.v1+json";
  public static final String DOCKER_INDEX =
      "application/vnd.docker.distribution.manifest.list.v2+json";
  public static final String DOCKER_MANIFEST =
      "application/vnd.docker.distribution.manifest.v2+json";
  public static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";
  public static final String DOCKER_LAYER_GZIP =
      "application/vnd.docker.image.rootfs.diff.tar.gzip";

  private static final Set<String> INDEXES = Set.of(OCI_INDEX, DOCKER_INDEX);
  private static final Set<String> MANIFESTS = Set.of(OCI_MANIFEST, DOCKER_MANIFEST);

  private static final Set<String> LAYERS =
      Set.of(
          OCI_LAYER,
          OCI_LAYER_GZIP,
          OCI_LAYER_ZSTD,
          DOCKER_LAYER_GZIP,
          "application/vnd.docker.image.rootfs.diff.tar",
          "application/vnd.docker.image.rootfs.diff.tar.zstd");

  private MediaTypes() {}

  /** Whether every runtime unpacks it as a layer that is in the registry itself. */
  public static boolean isLayer(String mediaType) {
    return LAYERS.contains(mediaType);
  }

  /** Whether runtimes read it as a tar that is not compressed. */
  public static boolean isPlain(String mediaType) {
    return mediaType.equals(OCI_LAYER)
        || mediaType.equals("application/vnd.docker.image.rootfs.diff.tar");
  }

  /** Whether every runtime reads it as the config of an image. */
  public static boolean isConfig(String mediaType) {
    return mediaType.equals(OCI_CONFIG) || mediaType.equals(DOCKER_CONFIG);
  }

  public static boolean isIndex(String mediaType) {
    return INDEXES.contains(mediaType);
  }

  public static boolean isManifest(String mediaType) {
    return MANIFESTS.contains(mediaType);
  }

  /** The Docker name of an OCI layer's media type; any other type as it is. */
  public static String ofDockerLayer(String mediaType) {
    return mediaType.equals(OCI_LAYER_GZIP) ? DOCKER_LAYER_GZIP : mediaType;
  }

  /** The OCI name of a Docker layer's media type; any other type as it is. */
  public static String ofOciLayer(String mediaType) {
    return mediaType.equals(DOCKER_LAYER_GZIP) ? OCI_LAYER_GZIP : mediaType;
  }
}
