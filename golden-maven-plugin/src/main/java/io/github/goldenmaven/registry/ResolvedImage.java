package io.github.goldenmaven.registry;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import java.util.List;

/**
 * An image whose reference was resolved once: the very bytes of its index or manifest, and each
 * platform's manifest and config, all hashed.
 *
 * @param top the index of a multi-platform image, else the manifest
 * @param platforms in the order of the index; exactly one where {@code top} is a manifest
 */
public record ResolvedImage(
    ImageReference reference, RawManifest top, List<PlatformImage> platforms) {

  public ResolvedImage {
    platforms = List.copyOf(platforms);
  }

  /** What the reference resolved to: the index digest of a multi-platform image. */
  public Digest digest() {
    return top.digest();
  }

  public boolean isIndex() {
    return top.isIndex();
  }

  /** Each of its platforms. */
  public List<Platform> platformNames() {
    return platforms.stream().map(PlatformImage::platform).toList();
  }

  /** Which of these platforms it has not. */
  public List<Platform> lacking(List<Platform> wanted) {
    return wanted.stream()
        .filter(want -> platformNames().stream().noneMatch(want::covers))
        .toList();
  }

  /** The same image with these of its platforms only; all of them where none is named. */
  public ResolvedImage only(List<Platform> wanted) {
    return wanted.isEmpty()
        ? this
        : new ResolvedImage(
            reference,
            top,
            platforms.stream()
                .filter(has -> wanted.stream().anyMatch(want -> want.covers(has.platform())))
                .toList());
  }

  /**
   * One platform of an image.
   *
   * @param platformJson the index entry's {@code platform}, or one made from the config
   */
  public record PlatformImage(JsonObject platformJson, ImageManifest manifest, ImageConfig config) {

    /** As the index states it: many configs leave the variant out. */
    public Platform platform() {
      return Platform.of(platformJson);
    }

    /** Bottom layer first. */
    public List<Descriptor> layers() {
      return manifest.layers();
    }
  }
}
