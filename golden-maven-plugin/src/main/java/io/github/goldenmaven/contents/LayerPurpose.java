package io.github.goldenmaven.contents;

import io.github.goldenmaven.oci.Digest;

/**
 * What a layer is read for.
 *
 * @param of whose it is, behind its digest: {@code of the official image}
 * @param shown for progress
 * @param remedy where it is beyond the bounds
 * @param facts whether what the gate asks is looked at as well
 */
public record LayerPurpose(String of, String shown, String remedy, boolean facts) {

  /** An official image's, which a bake stands on. */
  public static final LayerPurpose BAKE =
      new LayerPurpose(
          " of the official image",
          "a layer of the official image",
          "Name another official image in 'from' of golden.yaml: no honest one has that.",
          false);

  /** An application image's, or its golden image's. */
  public static final LayerPurpose GATE =
      new LayerPurpose(
          "",
          "layer",
          "Have the image built and pushed again by the tool that built it, of fewer files.",
          true);

  /** Begins a sentence about a layer. */
  public String what(Digest layer) {
    return "The layer '" + layer + "'" + of;
  }
}
