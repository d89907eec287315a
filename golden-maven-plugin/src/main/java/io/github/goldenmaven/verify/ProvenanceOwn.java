package io.github.goldenmaven.verify;

import io.github.goldenmaven.provenance.Label;
import java.util.List;

/** A4: labels that came with the golden image and speak of it. */
final class ProvenanceOwn implements Rule {

  private static final About ABOUT =
      new About(
          "PROVENANCE_OWN",
          "The labels speak of this image, not of its base",
          "Docker and jib let an image inherit its base's labels, so that a service calls itself"
              + " golden, or version 24.04 of Ubuntu.",
          "Build the image with golden:build, which takes over none of them.",
          true);

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    if (!subject.saysGolden() || subject.isGolden()) {
      return List.of();
    }
    return List.of(
        Finding.refuse(
            ABOUT,
            "the role 'application' on an image that is in none of the golden repositories",
            "the label '" + Label.ROLE + "' says 'golden'",
            subject.where()));
  }
}
