package io.github.goldenmaven.verify;

import java.util.List;

/** B5 above the seam: a layer must unpack to what the config says. */
final class LayerContent implements Rule {

  static final About ABOUT =
      new About(
          "LAYER_CONTENT",
          "Each layer above the golden's unpacks to what the config says",
          "A runtime that trusts the config and one that trusts the layers would run two different"
              + " services.",
          "Have the image pushed again by the tool that built it.",
          false);

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    return subject.upper().faults();
  }
}
