package io.github.goldenmaven.verify.rules.image;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.golden.NearTags;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.registry.ImageSource;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.subject.Rule;
import io.github.goldenmaven.verify.subject.Subject;
import java.util.List;

/** Found where a store does not answer. */
public final class ImageAvailable implements Rule {

  public static final RuleInfo ABOUT =
      new RuleInfo(
          "IMAGE_AVAILABLE",
          "Everything that is checked must be readable now",
          "What could not be looked at is not known to be good, so it blocks; nothing says that it"
              + " is bad either.",
          "Run the goal again when the store answers.",
          false);

  @Override
  public RuleInfo about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    return List.of();
  }

  static Finding finding(GoldenException failure, String where) {
    return Finding.unknown(ABOUT, "an answer", failure.problem(), where, failure.remedy());
  }

  /** The gate itself failed. */
  public static Finding broken(Throwable failure, String where) {
    return Finding.unknown(
        ABOUT,
        "an image that the gate can look at",
        failure.toString(),
        where,
        "Run the goal again, with more memory (MAVEN_OPTS=-Xmx1g) where that was short; if it"
            + " happens again, report it with the image.");
  }

  /** The run has not come to it. */
  public static Finding waiting(String where) {
    return Finding.unknown(
        ABOUT,
        "a run that ends",
        "the run had not judged this image when this was written",
        where,
        "Where the run was stopped, run the goal again.");
  }

  /** A tag or digest that is not there; the store is asked for the tags that are. */
  public static Finding missing(ImageReference reference, ImageSource store) {
    return Finding.unknown(
        ABOUT,
        "the image '" + reference + "'",
        "nothing by that name",
        reference.toString(),
        "Name an image that was pushed, in <image> or with -Dgolden.image."
            + NearTags.of(reference, store));
  }
}
