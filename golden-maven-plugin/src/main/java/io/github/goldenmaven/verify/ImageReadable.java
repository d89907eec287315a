package io.github.goldenmaven.verify;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import java.util.ArrayList;
import java.util.List;

/**
 * B20: found while an image is read, before there is a subject, and in the descriptors of layers
 * that are known, so that nobody reads them again.
 */
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
    List<Finding> findings = new ArrayList<>();
    if (!subject.platform().config().platform().os().equals("linux")) {
      findings.add(
          Finding.refuse(
                  ABOUT,
                  "an image for Linux: what is protected is protected where Linux has it",
                  "one for '" + subject.platform().config().platform() + "'",
                  subject.where())
              .withRemedy("Name images for Linux, in <image> or with -Dgolden.image."));
    }
    List<Descriptor> layers = subject.platform().layers();
    List<Descriptor> golden =
        subject
            .ground()
            .actual()
            .map(base -> base.platform())
            .map(PlatformImage::layers)
            .orElse(List.of());
    for (int at = 0; at < layers.size(); at++) {
      Descriptor layer = layers.get(at);
      String where = subject.where() + ", layer " + layer.digest().shortHex();
      if (!MediaTypes.isLayer(layer.mediaType())) {
        findings.add(
            Finding.refuse(ABOUT, "a layer's media type", "'" + layer.mediaType() + "'", where));
      }
      if (layer.json().has("urls")) {
        findings.add(
            Finding.refuse(ABOUT, "layers that are in the registry", "'urls' of elsewhere", where));
      }
      if (at < golden.size()
          && golden.get(at).digest().equals(layer.digest())
          && golden.get(at).size() != layer.size()) {
        findings.add(
            Finding.refuse(
                ABOUT,
                "the golden image's size of " + golden.get(at).size() + " bytes",
                layer.size() + " bytes",
                where));
      }
    }
    return findings;
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
