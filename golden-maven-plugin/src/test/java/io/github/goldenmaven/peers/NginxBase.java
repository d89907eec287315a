package io.github.goldenmaven.peers;

import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.Compression;
import io.github.goldenmaven.oci.layer.LayerWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An official image without a JVM: Debian 12 with nginx, curl, openssl, Python and Node, in two
 * layers. Takes a minute or more the first time and is then kept; needs root.
 */
public final class NginxBase {

  /** The tag in the layout. */
  public static final String TAG = OfficialImage.TAG;

  /** To be raised whenever the recipe below changes. */
  private static final String KEY = "debian-12-nginx-recipe-2";

  private static final String PACKAGES =
      "nginx-light ca-certificates curl openssl python3-minimal libpython3-stdlib nodejs";

  private NginxBase() {}

  /**
   * The image, in a folder that is not to be written to.
   *
   * @throws PeerMissingException when mmdebstrap is missing or this is not root
   */
  public static LayoutFolder layout() {
    return Cache.layout(KEY, NginxBase::make);
  }

  private static void make(LayoutFolder layout, Path work) throws IOException {
    DebianRoot made = DebianRoot.in(work, PACKAGES);
    FolderCopies debian = new FolderCopies(made.before());
    FolderCopies nginx = new FolderCopies(made.after());
    JsonObject runtime =
        JsonObject.EMPTY
            .with(
                "Env",
                JsonValue.ofTexts(
                    List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")))
            .with("Cmd", JsonValue.ofTexts(List.of("nginx", "-g", "daemon off;")))
            .with("ExposedPorts", JsonObject.EMPTY.with("80/tcp", JsonObject.EMPTY))
            .with("StopSignal", "SIGQUIT")
            .with("Labels", Map.of("maintainer", "The official images team"));
    OfficialImage.tag(
        layout,
        OfficialImage.put(
            layout,
            OfficialImage.here(),
            runtime,
            "RUN apt-get install nginx",
            List.of(
                LayerWriter.write(
                    debian.entries(), Compression.DEFLATED, work.resolve("debian.tar.gz")),
                LayerWriter.write(
                    nginx.entriesSince(debian),
                    Compression.DEFLATED,
                    work.resolve("nginx.tar.gz")))));
  }
}
