package io.github.goldenmaven.peers;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.layer.LayerEntry;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An official image for three platforms that differ as real ones do: {@code linux/amd64} has a JVM
 * with a trust store, of {@code linux/arm64}'s an upper layer took the store away, and {@code
 * linux/s390x} has no JVM. None can run.
 */
public final class TwoStacks {

  public static final String TAG = OfficialImage.TAG;

  private static final String STORE = "opt/java/openjdk/lib/security/";

  private TwoStacks() {}

  /**
   * Writes it as an index.
   *
   * @param store the trust store
   */
  public static LayoutFolder writeTo(Path layout, byte[] store) {
    LayoutFolder folder = LayoutFolder.at(layout);
    List<LayerEntry> system = List.of(TinyBase.file("etc/os-release", "ID=debian\n"));
    List<LayerEntry> java =
        List.of(
            TinyBase.file("opt/java/openjdk/bin/java", ""),
            TinyBase.file("opt/java/openjdk/release", "JAVA_VERSION=\"17.0.15\"\n"),
            new LayerEntry.File(
                STORE + "cacerts",
                store.length,
                () -> new ByteArrayInputStream(store),
                0644,
                LayerEntry.Owner.ROOT,
                Instant.parse(OfficialImage.CREATED)));
    List<LayerEntry> whiteout = List.of(TinyBase.file(STORE + ".wh.cacerts", ""));
    folder.put(
        OfficialImage.index(
            List.of(
                put(folder, "amd64", List.of(system, java)),
                put(folder, "arm64", List.of(system, java, whiteout)),
                put(folder, "s390x", List.of(system))),
            Map.of()),
        TAG);
    return folder;
  }

  private static Descriptor put(
      LayoutFolder folder, String architecture, List<List<LayerEntry>> layers) {
    return OfficialImage.put(
        folder,
        new Platform("linux", architecture, null),
        TinyBase.JAVA_HOME,
        layers.stream().map(TinyBase::write).toList());
  }
}
