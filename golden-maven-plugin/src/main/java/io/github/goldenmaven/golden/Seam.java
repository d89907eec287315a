package io.github.goldenmaven.golden;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.Printable;
import io.github.goldenmaven.provenance.Label;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the layers of an image's base end: between official and golden layers in a golden image,
 * between golden and application layers in an application image. The labels claim it; the image's
 * own diff IDs prove or disprove it.
 *
 * @param baseLayers how many layers from the bottom are the base's; at most as many as there are
 * @param faultOrNull why the layers disprove the claim, a clause for people; {@code baseLayers} is
 *     0 then
 */
public record Seam(int baseLayers, @Nullable String faultOrNull) {

  /** The seam these labels claim; empty where they claim none. */
  public static Optional<Seam> of(ImageConfig config) {
    Map<String, String> labels = config.labels();
    Optional<String> layers = Label.BASE_LAYERS.in(labels);
    Optional<String> chain = Label.BASE_CHAIN.in(labels);
    if (layers.isEmpty() && chain.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(held(layers.orElse(""), chain.orElse(""), config.diffIds()));
  }

  private static Seam held(String layers, String chain, List<Digest> diffIds) {
    int count = layers.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(layers) : 0;
    if (count == 0 || count > diffIds.size()) {
      return new Seam(
          0,
          "the label '"
              + Label.BASE_LAYERS
              + "' says '"
              + Printable.of(layers)
              + "' of "
              + diffIds.size()
              + " layers");
    }
    Digest actual = ImageConfig.chainId(diffIds.subList(0, count));
    if (!chain.equals(actual.toString())) {
      return new Seam(
          0,
          "the label '"
              + Label.BASE_CHAIN
              + "' says '"
              + Printable.of(chain)
              + "', but its lowest "
              + count
              + " layers are '"
              + actual
              + "'");
    }
    return new Seam(count, null);
  }

  /** Whether the layers are what the labels claim. */
  public boolean isProven() {
    return faultOrNull == null;
  }

  public Optional<String> fault() {
    return Optional.ofNullable(faultOrNull);
  }
}
