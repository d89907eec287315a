package io.github.goldenmaven.bake;

import io.github.goldenmaven.Console;
import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.bake.PlatformBake.BakedPlatform;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.registry.ImageResolver;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.ResolvedImage;
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
   * Bakes on what is known; empty where too little is, where commands are to be run, and where
   * something is refused: the bake that follows says it after what comes before it.
   *
   * @param store where the official image is
   * @param bakes a bake that tells this console
   */
  static Optional<ForeseenBake> of(
      BakeRequest request, ImageStore store, Function<Console, PlatformBake> bakes) {
    if (store.isLocal() || !request.definition().run().isEmpty()) {
      return Optional.empty();
    }
    try {
      return known(request)
          .filter(image -> image.platforms().stream().allMatch(request.officialTrees()::has))
          .map(image -> on(image, bakes));
    } catch (GoldenException e) {
      return Optional.empty();
    }
  }

  private static Optional<ResolvedImage> known(BakeRequest request) {
    ImageResolver memory = ImageResolver.ofWhatIsKnown(request.documents());
    return request
        .source()
        .digest()
        .or(() -> request.documents().remembered(request.source()))
        .flatMap(digest -> memory.resolve(request.source(), digest))
        .map(image -> new OfficialImage(request, new HeldConsole()).wanted(image));
  }

  private static ForeseenBake on(ResolvedImage image, Function<Console, PlatformBake> bakes) {
    HeldConsole said = new HeldConsole();
    return new ForeseenBake(image.digest(), bakes.apply(said).of(image), said);
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
