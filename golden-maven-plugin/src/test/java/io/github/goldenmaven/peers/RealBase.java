package io.github.goldenmaven.peers;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.Compression;
import io.github.goldenmaven.oci.layer.LayerWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * An official image as people use them: Debian 12 and its JRE 17, in two layers, made with
 * mmdebstrap from the machine's own package mirror. Takes a minute or more the first time and is
 * then kept; needs root.
 */
public final class RealBase {

  /** The tag in the layout. */
  public static final String TAG = OfficialImage.TAG;

  /** To be raised whenever the recipe below changes. */
  private static final String KEY = "debian-12-jre-17-recipe-2";

  private RealBase() {}

  /**
   * The image, in a folder that is not to be written to.
   *
   * @throws PeerMissingException when mmdebstrap is missing or this is not root
   */
  public static LayoutFolder layout() {
    return Cache.layout(KEY, RealBase::make);
  }

  /**
   * Its uppermost layer as an image of its own, which cannot run: for counting what a base of one
   * layer costs.
   */
  public static LayoutFolder javaAlone(Path layout) {
    LayoutFolder whole = layout();
    ImageManifest manifest = new ImageManifest(whole.manifest(TAG));
    ImageConfig config = whole.config(manifest);
    int top = manifest.layers().size() - 1;
    Descriptor layer = manifest.layers().get(top);
    LayoutFolder alone = LayoutFolder.at(layout);
    alone.copy(layer, whole);
    JsonObject rootfs = config.json().object("rootfs").orElseThrow();
    JsonObject smaller =
        config
            .json()
            .without("history")
            .with(
                "rootfs",
                rootfs.with(
                    "diff_ids", JsonValue.ofTexts(List.of(config.diffIds().get(top).toString()))));
    alone.put(
        RawManifest.of(
            manifest
                .raw()
                .json()
                .with("config", alone.put(MediaTypes.OCI_CONFIG, smaller.toBytes()).json())
                .with("layers", JsonValue.ofObjects(List.of(layer.json())))),
        TAG);
    return alone;
  }

  /** Makes it where it is not there yet, and prints where it is. */
  public static void main(String[] arguments) {
    System.out.println(layout().path());
  }

  private static void make(LayoutFolder layout, Path work) throws IOException {
    DebianRoot made = DebianRoot.in(work, "openjdk-17-jre-headless ca-certificates curl");
    FolderCopies debian = new FolderCopies(made.before());
    FolderCopies java = new FolderCopies(made.after());
    Platform platform = OfficialImage.here();
    OfficialImage.tag(
        layout,
        OfficialImage.put(
            layout,
            platform,
            "/usr/lib/jvm/java-17-openjdk-" + platform.architecture(),
            List.of(
                LayerWriter.write(
                    debian.entries(), Compression.DEFLATED, work.resolve("debian.tar.gz")),
                LayerWriter.write(
                    java.entriesSince(debian),
                    Compression.DEFLATED,
                    work.resolve("java.tar.gz")))));
  }
}
