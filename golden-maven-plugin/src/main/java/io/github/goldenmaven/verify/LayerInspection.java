package io.github.goldenmaven.verify;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.registry.ImageSource;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import io.github.goldenmaven.verify.finding.GoldenBase;
import io.github.goldenmaven.verify.layers.ServiceContents;

/** Looks into layers; what was looked into once in a run is not read again. */
interface LayerInspection {

  /**
   * The digest of a layer's decompressed bytes, within limits.
   *
   * @throws io.github.goldenmaven.GoldenException when it cannot be read
   */
  Digest diffId(ImageSource store, Descriptor layer);

  /**
   * What is in an image's layers above its golden's. Layers that cannot be read are faults of the
   * answer.
   *
   * @param where the image and its platform, for findings
   */
  ServiceContents above(GoldenBase golden, ImageSource store, PlatformImage image, String where);
}
