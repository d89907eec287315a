package io.github.goldenmaven.verify;

import io.github.goldenmaven.golden.GoldenDefinition.Protect;
import java.util.List;

/**
 * What is in the layers above the golden's.
 *
 * @param protect what the golden itself says may not be changed
 * @param protectedPaths from the image's root, each with all below it
 * @param links all links there are once these layers are put on
 * @param suspicions what services have no business with
 * @param faults layers that could not be read, or are not what the config says
 */
record Upper(
    Protect protect,
    List<String> protectedPaths,
    Links links,
    List<Suspicion> suspicions,
    List<Finding> faults) {

  static final Upper NOTHING =
      new Upper(Protect.NOTHING, List.of(), new Links(), List.of(), List.of());

  Upper {
    protectedPaths = List.copyOf(protectedPaths);
    suspicions = List.copyOf(suspicions);
    faults = List.copyOf(faults);
  }
}
