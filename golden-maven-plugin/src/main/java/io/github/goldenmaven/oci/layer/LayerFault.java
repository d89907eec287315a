package io.github.goldenmaven.oci.layer;

import io.github.goldenmaven.RefusedException;

/**
 * Words the refusal of one layer.
 *
 * @param what the layer, as a sentence begins: {@code The layer 'sha256:…'}
 */
record LayerFault(String what) {

  private static final String REMEDY =
      "Have the image built and pushed again by a tool that writes plain OCI layers, and look at"
          + " what pushed this one.";

  /** A layer that readers could understand differently, or nobody can. */
  RefusedException refused(String fault) {
    return new RefusedException(what + " " + fault + ".", REMEDY);
  }

  RefusedException refused(String fault, String remedy) {
    return new RefusedException(what + " " + fault + ".", remedy);
  }

  RefusedException truncated() {
    return refused("ends before it is complete");
  }

  RefusedException sparse() {
    return refused(
        "has a sparse file, which readers unfold differently",
        "Have it written again without sparse files: GNU tar without '--sparse'.");
  }
}
