package io.github.goldenmaven.bake;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.golden.NearTags;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.registry.ImageResolver;
import io.github.goldenmaven.registry.ImageSource;
import io.github.goldenmaven.registry.ResolvedImage;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import java.util.List;

/** Finds the official image that golden.yaml names, and sees that it can be baked on. */
final class OfficialImage {

  private final BakeRequest request;
  private final GoldenDefinition definition;
  private final Console console;

  OfficialImage(BakeRequest request, Console console) {
    this.request = request;
    this.definition = request.definition();
    this.console = console;
  }

  /**
   * The image, with the wanted platforms only, under the name that golden.yaml gives it. With a
   * policy the repository itself is asked for it: the digest that {@code from} is pinned to proves
   * no publisher.
   *
   * @throws RefusedException when it is not there, lacks a platform, or is none to bake on
   */
  ResolvedImage resolve(ImageResolver resolver, ImageSource store) {
    ImageReference source = request.source();
    return wanted(
        (request.policy() == null ? resolver.resolve(source) : resolver.resolveThere(source))
            .orElseThrow(
                () ->
                    definition.refused(
                        "from",
                        "The official image '" + source + "' does not exist.",
                        "Name one that does in 'from' of '"
                            + definition.file()
                            + "'."
                            + NearTags.of(source, store))));
  }

  private ResolvedImage wanted(ResolvedImage official) {
    ImageReference source = request.source();
    List<Platform> lacking = official.lacking(definition.platforms());
    if (!lacking.isEmpty()) {
      throw definition.refused(
          "platforms",
          "The official image '" + source + "' has no platform " + quoted(lacking) + ".",
          "It has "
              + quoted(official.platformNames())
              + ": name some of these in 'platforms' of '"
              + definition.file()
              + "'.");
    }
    ResolvedImage wanted = onlyLinux(official.only(definition.platforms()));
    if (!definition.run().isEmpty() && wanted.platforms().size() > 1) {
      throw definition.refused(
          "run",
          "'run' has commands, and the image is to be baked for "
              + quoted(wanted.platformNames())
              + "; an engine runs them for its own platform only.",
          "Name that one platform in 'platforms' of '"
              + definition.file()
              + "', or leave 'run' out.");
    }
    wanted.platforms().forEach(platform -> requireOfficial(source, platform));
    return named(wanted);
  }

  /** Layers of Windows have no {@code /etc}: what golden.yaml adds is for Linux. */
  private ResolvedImage onlyLinux(ResolvedImage image) {
    List<Platform> others =
        image.platformNames().stream().filter(platform -> !platform.os().equals("linux")).toList();
    if (others.isEmpty()) {
      return image;
    }
    List<Platform> linux =
        image.platformNames().stream().filter(platform -> platform.os().equals("linux")).toList();
    if (linux.isEmpty() || !definition.platforms().isEmpty()) {
      throw definition.refused(
          definition.platforms().isEmpty() ? "from" : "platforms",
          "The platform " + quoted(others) + " of '" + image.reference() + "' is not Linux.",
          "Name Linux platforms in 'platforms' of '" + definition.file() + "'.");
    }
    console.info("Not baked, because they are not Linux: " + quoted(others));
    return image.only(linux);
  }

  /** A mirror is where the bytes come from; the image's name is what golden.yaml says. */
  private ResolvedImage named(ResolvedImage image) {
    return new ResolvedImage(definition.from(), image.top(), image.platforms());
  }

  private void requireOfficial(ImageReference source, PlatformImage platform) {
    Label.ROLE
        .in(platform.config().labels())
        .ifPresent(
            role -> {
              throw definition.refused(
                  "from",
                  "The image '"
                      + source
                      + "' is no official image: its label '"
                      + Label.ROLE
                      + "' says that this plugin made it.",
                  "Name the official image in 'from'; to change a golden image, change its"
                      + " golden.yaml.");
            });
  }

  private static String quoted(List<Platform> platforms) {
    return String.join(", ", platforms.stream().map(platform -> "'" + platform + "'").toList());
  }
}
