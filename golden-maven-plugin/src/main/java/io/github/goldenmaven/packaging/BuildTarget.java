package io.github.goldenmaven.packaging;

import io.github.goldenmaven.cache.Cache;
import io.github.goldenmaven.cache.PushMemory;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.RegistryReference;
import io.github.goldenmaven.registry.ImageStore;
import java.util.function.Function;

/** Where the image of a build goes: whether it is let in there can be asked early, too. */
public final class BuildTarget {

  /** The tag of a layout folder that was given none. */
  private static final String DEFAULT_TAG = "latest";

  private BuildTarget() {}

  /**
   * Demands, before anything is compiled, that the place takes the login of this user. Nobody is
   * asked where this machine pushed to the tag before: a build that changes nothing needs no more
   * requests for this.
   *
   * @param stores opens the store a reference names
   * @throws io.github.goldenmaven.GoldenException where the login is rejected, or nothing is there
   */
  public static void requireAdmission(
      Function<ImageReference, ImageStore> stores, BuildRequest request) {
    if (request.dryRun() || !(request.target() instanceof RegistryReference registry)) {
      return;
    }
    if (pushes(request).recall(registry.name(), tag(registry)).isEmpty()) {
      try (ImageStore target = stores.apply(registry)) {
        target.requireAdmission();
      }
    }
  }

  static PushMemory pushes(BuildRequest request) {
    return new Cache(request.cache()).pushes();
  }

  static String tag(ImageReference reference) {
    return reference.tag().orElse(DEFAULT_TAG);
  }
}
