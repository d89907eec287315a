package io.github.goldenmaven.contents;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.MediaTypes;
import java.io.InputStream;
import java.util.List;

/** Layers of tests, read or made by hand. */
public final class ReadLayers {

  private static final Digest NONE = Digest.of(new byte[0]);

  private ReadLayers() {}

  /** A tar as a bake reads it, plain or compressed. */
  public static LayerContents read(String what, InputStream stored) {
    return LayerScanner.read(
        what, LayerPurpose.BAKE, Descriptor.of(MediaTypes.OCI_LAYER_GZIP, NONE, 0), stored);
  }

  /** One of these entries. */
  public static LayerContents of(List<ContentEntry> entries) {
    return new LayerContents(NONE, 0, NONE, entries, LayerFacts.NONE);
  }
}
