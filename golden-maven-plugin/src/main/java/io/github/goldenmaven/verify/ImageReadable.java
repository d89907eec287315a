package io.github.goldenmaven.verify;

import io.github.goldenmaven.GoldenException;
import java.util.List;

/** Found while an image is read, before there is a subject. */
final class ImageReadable implements Rule {

  static final About ABOUT =
      new About(
          "IMAGE_READABLE",
          "Every tool reads the image alike",
          "A manifest, config or layer that one tool reads as the golden image and another as"
              + " something else passes every check and still runs the other thing.",
          "Have the image pushed again by the tool that built it.",
          false);

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    return List.of();
  }

  static Finding finding(GoldenException refusal, String where) {
    return Finding.refuse(
            ABOUT,
            "documents and layers that can be read in one way only",
            refusal.problem(),
            where)
        .withRemedy(refusal.remedy());
  }
}
