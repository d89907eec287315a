package io.github.goldenmaven.peers;

import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.RawManifest;

/**
 * Makes an image that jib-maven-plugin 3.5.2 can read, for comparing with it: it fails on a health
 * check's {@code StartInterval}, which Docker has known since version 25.
 */
public final class JibReadable {

  private JibReadable() {}

  /** Tags the same image without its health check, in the same layout. */
  public static void tag(LayoutFolder layout, String tag, String newTag) {
    RawManifest manifest = layout.manifest(tag);
    byte[] config =
        layout
            .config(new ImageManifest(manifest))
            .withRuntime(runtime -> runtime.without("Healthcheck"))
            .toBytes();
    String mediaType = new ImageManifest(manifest).config().mediaType();
    layout.put(
        RawManifest.of(manifest.json().with("config", layout.put(mediaType, config).json())),
        newTag);
  }
}
