package io.github.goldenmaven.golden;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.text.Printable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the layers of an image's base end: between official and golden layers in a golden image,
 * between golden and application layers in an application image. The labels claim it; the image's
 * own diff IDs prove or disprove that the layers below it are those the labels speak of.
 *
 * @param baseLayers how many layers from the bottom are the base's; 0 where that is disproven
 * @param faultOrNull what is wrong with the claim, a clause for people; absent where it is proven
 */
public record Seam(int baseLayers, Standing standing, @Nullable String faultOrNull) {

  /** How far the claim can be trusted. */
  public enum Standing {
    /** The lowest layers have the ChainID that the label states. */
    PROVEN("proven by its layers"),
    /** The label states a possible number, and no ChainID to check it against. */
    CLAIMED("claimed only"),
    /** The layers are others, or fewer. */
    DISPROVEN("disproven by its layers");

    private final String words;

    Standing(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

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

  /** Where labels are demanded and there are none. */
  public static Seam unclaimed() {
    return disproven("it has no label '%s'".formatted(Label.BASE_CHAIN));
  }

  private static Seam held(String layers, String chain, List<Digest> diffIds) {
    int count = layers.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(layers) : 0;
    if (count == 0 || count > diffIds.size()) {
      return disproven(
          "the label '%s' says '%s' of %d layers"
              .formatted(Label.BASE_LAYERS, Printable.of(layers), diffIds.size()));
    }
    if (chain.isEmpty()) {
      return new Seam(count, Standing.CLAIMED, "it has no label '%s'".formatted(Label.BASE_CHAIN));
    }
    Digest actual = ImageConfig.chainId(diffIds.subList(0, count));
    return chain.equals(actual.toString())
        ? new Seam(count, Standing.PROVEN, null)
        : disproven(
            "the label '%s' says '%s', but its lowest %d layers are '%s'"
                .formatted(Label.BASE_CHAIN, Printable.of(chain), count, actual));
  }

  private static Seam disproven(String fault) {
    return new Seam(0, Standing.DISPROVEN, fault);
  }

  public Optional<String> fault() {
    return Optional.ofNullable(faultOrNull);
  }
}
