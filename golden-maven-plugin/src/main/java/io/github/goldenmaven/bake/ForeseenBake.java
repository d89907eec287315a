package io.github.goldenmaven.bake;

import io.github.goldenmaven.Console;
import io.github.goldenmaven.bake.PlatformBake.BakedPlatform;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.registry.ImageResolver;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.ResolvedImage;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A bake on what the official image was last time, done from the cache while its registry is asked
 * what it is now. It counts only where the answer is the same digest; nothing was said of it until
 * then.
 */
final class ForeseenBake {

  private final Digest official;
  private final List<BakedPlatform> platforms;
  private final HeldConsole said;

  private ForeseenBake(Digest official, List<BakedPlatform> platforms, HeldConsole said) {
    this.official = official;
    this.platforms = platforms;
    this.said = said;
  }

  /**
   * The official image as it was last time.
   *
   * @param files of each platform
   */
  record Known(ResolvedImage image, List<ImageFiles> files) {}

  /**
   * Looks up what is known of the official image; nothing where the cache lacks a part of it, and
   * where commands are to be run on it.
   *
   * @param store where it is
   */
  static Optional<Known> known(BakeRequest request, ImageStore store) {
    if (store.isLocal() || !request.definition().run().isEmpty()) {
      return Optional.empty();
    }
    try {
      return image(request).flatMap(image -> known(image, request));
    } catch (RuntimeException e) {
      // Whatever it is: the bake that follows meets it again, and says it after what comes before.
      return Optional.empty();
    }
  }

  /** Notes what the registry said, for the next bake. */
  static void remember(BakeRequest request, ImageStore store, Digest official) {
    boolean isAskedFor = request.source().digest().isEmpty() && !store.isLocal();
    if (isAskedFor && request.definition().run().isEmpty()) {
      request.documents().remember(request.source(), official);
    }
  }

  private static Optional<ResolvedImage> image(BakeRequest request) {
    ImageResolver memory = ImageResolver.ofWhatIsKnown(request.documents());
    return request
        .source()
        .digest()
        .or(() -> request.documents().remembered(request.source()))
        .flatMap(digest -> memory.resolve(request.source(), digest))
        .map(image -> new OfficialImage(request, new HeldConsole()).wanted(image));
  }

  private static Optional<Known> known(ResolvedImage image, BakeRequest request) {
    List<ImageFiles> files = new ArrayList<>();
    for (PlatformImage platform : image.platforms()) {
      Optional<ImageFiles> there =
          LayeredImageFiles.known(platform, request.officialLayers(), request.officialTrees());
      if (there.isEmpty()) {
        return Optional.empty();
      }
      files.add(there.orElseThrow());
    }
    return Optional.of(new Known(image, files));
  }

  /**
   * Bakes on what is known; empty where something is refused or fails: the bake that follows says
   * it after what comes before it.
   *
   * @param bakes a bake that tells this console
   */
  static Optional<ForeseenBake> on(Known known, Function<Console, PlatformBake> bakes) {
    HeldConsole said = new HeldConsole();
    try {
      List<BakedPlatform> platforms = bakes.apply(said).of(known.image(), known.files());
      return Optional.of(new ForeseenBake(known.image().digest(), platforms, said));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Whether the official image is what it was taken for. */
  boolean standsOn(ResolvedImage image) {
    return official.equals(image.digest());
  }

  /** What was baked, once the console has heard how. */
  List<BakedPlatform> told(Console console) {
    said.tell(console);
    return platforms;
  }
}
