package io.github.goldenmaven.packaging.maven;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.packaging.layers.PackagedService;
import io.github.goldenmaven.packaging.layers.ServiceLayer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/** Layers as lines that can be compared: path, mode, owner, time, content. */
final class LayerListing {

  private LayerListing() {}

  static List<JibItself.Layer> of(PackagedService service) {
    return service.layers().stream()
        .map(layer -> new JibItself.Layer(layer.name(), lines(layer)))
        .toList();
  }

  private static List<String> lines(ServiceLayer layer) {
    return layer.entries().stream().map(LayerListing::line).toList();
  }

  private static String line(LayerEntry entry) {
    boolean folder = entry instanceof LayerEntry.Directory;
    return line(
        folder ? entry.path() + "/" : entry.path(),
        entry.mode(),
        entry.owner().uid(),
        entry.owner().gid(),
        entry.modified(),
        entry instanceof LayerEntry.File file ? bytes(file) : new byte[0]);
  }

  static String line(
      String name, int mode, long user, long group, Instant modified, byte[] content) {
    return String.format(
        "%s %o %d:%d %s %d %s",
        name, mode, user, group, modified, content.length, Digest.of(content));
  }

  private static byte[] bytes(LayerEntry.File file) {
    try (InputStream in = file.content().open()) {
      byte[] bytes = in.readAllBytes();
      if (bytes.length != file.size()) {
        throw new IllegalStateException(file.path() + " has another size than it says");
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
