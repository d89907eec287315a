package io.github.goldenmaven.peers;

import io.github.goldenmaven.oci.Compression;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.JsonObject;
import io.github.goldenmaven.oci.JsonValue;
import io.github.goldenmaven.oci.LayerWriter;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RawManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

  private static final String SUITE = "bookworm";
  private static final Duration MAKING = Duration.ofMinutes(20);

  private static final Pattern MIRROR =
      Pattern.compile("(?m)^(?:URIs:|deb(?: \\[[^]]*])?)\\s+(https?://\\S+/debian)/?(?:\\s|$)");

  private RealBase() {}

  /**
   * The image, in a folder that is not to be written to.
   *
   * @throws PeerMissingException when mmdebstrap is missing or this is not root
   */
  public static LayoutFolder layout() {
    return Cache.layout(KEY, RealBase::make);
  }

  /** Makes it where it is not there yet, and prints where it is. */
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

  public static void main(String[] arguments) {
    System.out.println(layout().path());
  }

  private static void make(LayoutFolder layout, Path work) throws IOException {
    if (!Machine.isRoot()) {
      throw new PeerMissingException("A base made with mmdebstrap needs root.");
    }
    String mmdebstrap = Machine.require("mmdebstrap").toString();
    System.out.println("[peers] Making Debian 12 with JRE 17; kept for later runs.");
    Path root = work.resolve("root");
    Path before = work.resolve("before");
    Command.of(mmdebstrap, "--mode=root", "--variant=minbase", "--format=directory")
        .with("--aptopt=Acquire::Languages \"none\"")
        .with("--aptopt=APT::Install-Recommends \"false\"")
        .with("--dpkgopt=path-exclude=/usr/share/man/*")
        .with("--dpkgopt=path-exclude=/usr/share/doc/*")
        .with("--dpkgopt=path-include=/usr/share/doc/*/copyright")
        .with("--dpkgopt=path-exclude=/usr/share/info/*")
        .with("--dpkgopt=path-exclude=/usr/share/locale/*")
        .with("--customize-hook=cp -ax \"$1\" '" + before + "'")
        .with("--customize-hook=mkdir -p \"$1/usr/share/man/man1\"")
        // In the new root and nowhere else: an apt-get outside would install into this machine.
        .with(
            "--customize-hook=chroot \"$1\" apt-get -q -y install openjdk-17-jre-headless"
                + " ca-certificates curl")
        .with(SUITE, root.toString(), mirror())
        .timeout(MAKING)
        .run();
    FolderCopies debian = new FolderCopies(before);
    FolderCopies java = new FolderCopies(root);
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

  /** The mirror that /etc/apt names first; Debian's own where it names none. */
  private static String mirror() throws IOException {
    Path parts = Path.of("/etc/apt/sources.list.d");
    try (Stream<Path> files = Files.exists(parts) ? Files.list(parts) : Stream.empty()) {
      List<Path> lists =
          Stream.concat(Stream.of(Path.of("/etc/apt/sources.list")), files.sorted())
              .filter(Files::isReadable)
              .toList();
      for (Path list : lists) {
        Matcher matcher = MIRROR.matcher(Files.readString(list));
        if (matcher.find()) {
          return matcher.group(1);
        }
      }
    }
    return "http://deb.debian.org/debian";
  }
}
