package io.github.goldenmaven.peers;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.layer.Compression;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.oci.layer.LayerWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The smallest official image: two layers of a few hundred bytes with a distribution's files and a
 * JVM's {@code release} file. It cannot run Java; for that there are {@link JlinkBase} and {@link
 * RealBase}. Written in milliseconds, always with the same digest.
 */
public final class TinyBase {

  /** The tag in the layout. */
  public static final String TAG = OfficialImage.TAG;

  /** JAVA_HOME in the image. */
  public static final String JAVA_HOME = "/opt/java/openjdk";

  private static final Instant TIME = Instant.parse(OfficialImage.CREATED);

  private TinyBase() {}

  /** Writes it for this machine's platform, as a manifest. */
  public static LayoutFolder writeTo(Path layout) {
    LayoutFolder folder = LayoutFolder.at(layout);
    OfficialImage.tag(folder, put(folder, OfficialImage.here()));
    return folder;
  }

  /** Writes it for these platforms, as an index. */
  public static LayoutFolder writeTo(Path layout, Platform... platforms) {
    LayoutFolder folder = LayoutFolder.at(layout);
    List<Descriptor> manifests = new ArrayList<>();
    for (Platform platform : platforms) {
      manifests.add(put(folder, platform));
    }
    folder.put(OfficialImage.index(manifests, java.util.Map.of()), TAG);
    return folder;
  }

  private static Descriptor put(LayoutFolder folder, Platform platform) {
    List<LayerEntry> system =
        List.of(
            directory("etc", 0755),
            file("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nNAME=\"" + platform + "\"\n"),
            file("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n"),
            file("etc/group", "root:x:0:\n"),
            directory("root", 0700),
            directory("tmp", 01777),
            directory("usr", 0755),
            directory("usr/bin", 0755),
            new LayerEntry.SymbolicLink("bin", "usr/bin", Owner.ROOT, TIME));
    List<LayerEntry> java =
        List.of(
            directory("opt", 0755),
            directory("opt/java", 0755),
            directory("opt/java/openjdk", 0755),
            file("opt/java/openjdk/release", "JAVA_VERSION=\"17.0.15\"\n"));
    return OfficialImage.put(folder, platform, JAVA_HOME, List.of(write(system), write(java)));
  }

  /** A layer of these entries, whole in memory: only for small ones. */
  static Layer write(List<LayerEntry> entries) {
    try {
      Path folder = Files.createTempDirectory("gm-tiny-");
      Path file = folder.resolve("layer");
      try {
        Layer layer = LayerWriter.write(entries, Compression.DEFLATED, file);
        byte[] bytes = Files.readAllBytes(file);
        return new Layer(
            io.github.goldenmaven.oci.layer.Blob.of(bytes), layer.diffId(), layer.mediaType());
      } finally {
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static LayerEntry directory(String path, int mode) {
    return new LayerEntry.Directory(path, mode, Owner.ROOT, TIME);
  }

  static LayerEntry file(String path, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new LayerEntry.File(
        path, bytes.length, () -> new ByteArrayInputStream(bytes), 0644, Owner.ROOT, TIME);
  }

  /** One that looks as if it could be run. */
  static LayerEntry program(String path) {
    return new LayerEntry.File(
        path, 0, () -> new ByteArrayInputStream(new byte[0]), 0755, Owner.ROOT, TIME);
  }
}
