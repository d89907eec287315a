package io.github.goldenmaven.packaging;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.cache.Cache;
import io.github.goldenmaven.golden.GoldenImage;
import io.github.goldenmaven.golden.NearTags;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.registry.ImageResolver;
import io.github.goldenmaven.registry.ImageSource;
import io.github.goldenmaven.registry.ResolvedImage;
import java.util.List;
import java.util.Optional;

/**
 * The golden image that a build stands on: allowed by the policy, there, golden, and of the wanted
 * platforms. It can be asked for before anything is compiled, and is not asked for again then.
 */
public final class BuildBase {

  private BuildBase() {}

  /**
   * Resolves the base of a build.
   *
   * @throws RefusedException naming the parameter, where the base is none to build on
   */
  public static ResolvedImage resolve(ImageSource store, BuildRequest request) {
    ImageReference reference = request.base();
    GoldenPolicy policy = request.policy();
    if (policy != null) {
      policy.requireGolden(reference);
    }
    ImageResolver resolver = new ImageResolver(store, new Cache(request.cache()).documents());
    ResolvedImage base =
        asked(resolver, request)
            .orElseThrow(
                () ->
                    new RefusedException(
                        "The base '" + reference + "' does not exist.",
                        "Name a golden image that was pushed, in <base> or with -Dgolden.base."
                            + NearTags.of(reference, store)));
    ResolvedImage wanted = onlyWanted(base, request.platforms());
    wanted.platforms().forEach(platform -> GoldenImage.of(reference, platform.config()));
    return wanted;
  }

  private static Optional<ResolvedImage> asked(ImageResolver resolver, BuildRequest request) {
    Digest earlier = request.resolved();
    if (earlier != null) {
      return resolver.resolve(request.base(), earlier);
    }
    // A policy says where goldens are: a digest that is known from elsewhere is not there yet.
    return request.policy() == null
        ? resolver.resolve(request.base())
        : resolver.resolveThere(request.base());
  }

  private static ResolvedImage onlyWanted(ResolvedImage base, List<Platform> platforms) {
    List<Platform> lacking = base.lacking(platforms);
    if (!lacking.isEmpty()) {
      throw new RefusedException(
          "The base '" + base.reference() + "' has no platform " + quoted(lacking) + ".",
          "It has "
              + quoted(base.platformNames())
              + ": name some of these in <platforms> or"
              + " -Dgolden.platforms, or have the golden image baked for more.");
    }
    return base.only(platforms);
  }

  private static String quoted(List<Platform> platforms) {
    return String.join(", ", platforms.stream().map(platform -> "'" + platform + "'").toList());
  }
}
