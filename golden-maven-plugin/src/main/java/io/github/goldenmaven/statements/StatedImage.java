package io.github.goldenmaven.statements;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.assembly.ImageAssembly.StampedPlatform;
import io.github.goldenmaven.golden.Seam;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.LayoutReference;
import io.github.goldenmaven.registry.AssembledImage;
import io.github.goldenmaven.registry.ResolvedImage;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import io.github.goldenmaven.statements.Statement.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An image as statements speak of it: its own digest and each platform's, with the labels that are
 * in their configs.
 *
 * @param name its repository
 * @param top its index where it has one, else its only manifest
 */
public record StatedImage(String name, Descriptor top, List<StatedPlatform> platforms) {

  /** One platform: {@code linux/amd64}, its manifest, and the labels of its config. */
  public record StatedPlatform(String platform, Descriptor manifest, Map<String, String> labels) {}

  public StatedImage {
    platforms = List.copyOf(platforms);
  }

  /** One that was just assembled. */
  public static StatedImage of(
      ImageReference name, AssembledImage image, List<StampedPlatform> platforms) {
    List<StatedPlatform> stated = new ArrayList<>();
    for (int at = 0; at < platforms.size(); at++) {
      StampedPlatform platform = platforms.get(at);
      stated.add(
          new StatedPlatform(
              platform.base().platform().toString(),
              (image.children().isEmpty() ? image.top() : image.children().get(at)).descriptor(),
              platform.stamp().labels()));
    }
    return new StatedImage(told(name), image.top().descriptor(), stated);
  }

  /** A folder's path is this machine's business. */
  private static String told(ImageReference reference) {
    return reference instanceof LayoutReference layout
        ? "oci:" + layout.path().getFileName()
        : reference.name();
  }

  /**
   * One that was read, and whose layers bear out its labels.
   *
   * @throws RefusedException when the layers of a platform are not those that its labels speak of
   */
  public static StatedImage proven(ResolvedImage image) {
    for (PlatformImage platform : image.platforms()) {
      Seam.of(platform.config())
          .orElseGet(Seam::unclaimed)
          .fault()
          .ifPresent(
              fault -> {
                throw new RefusedException(
                    "The layers of '%s' for '%s' do not prove what its labels say: %s."
                        .formatted(image.reference(), platform.platform(), fault),
                    "Have it built again by golden:build or golden:bake, or name another image in"
                        + " <image> or with -Dgolden.image.");
              });
    }
    return of(image);
  }

  /** One that was read, whatever its labels say. */
  public static StatedImage of(ResolvedImage image) {
    return new StatedImage(
        told(image.reference()),
        image.top().descriptor(),
        image.platforms().stream()
            .map(
                platform ->
                    new StatedPlatform(
                        platform.platform().toString(),
                        platform.manifest().raw().descriptor(),
                        platform.config().labels()))
            .toList());
  }

  /** What statements hang on: the image itself first, then each platform, each once. */
  Map<Digest, Descriptor> manifests() {
    Map<Digest, Descriptor> manifests = new LinkedHashMap<>();
    manifests.put(top.digest(), top);
    platforms.forEach(one -> manifests.put(one.manifest().digest(), one.manifest()));
    return manifests;
  }

  List<Subject> subjects() {
    return manifests().keySet().stream().map(digest -> new Subject(name, digest)).toList();
  }
}
