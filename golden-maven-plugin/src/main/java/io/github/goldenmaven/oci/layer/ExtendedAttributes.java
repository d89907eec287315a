package io.github.goldenmaven.oci.layer;

import io.github.goldenmaven.text.Printable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Extended attributes as PAX records carry them.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/xattr.7.html">xattr(7)</a>
 */
final class ExtendedAttributes {

  private static final List<String> RECORDS = List.of("SCHILY.xattr.", "LIBARCHIVE.xattr.");

  /** Linux's XATTR_NAME_MAX, in bytes. */
  private static final int MAX_NAME = 255;

  /**
   * With these, storage drivers hide what lies below a folder, show another one in its place, or
   * give a file another type, owner and mode: overlayfs, fuse-overlayfs, containers/storage,
   * rootless runtimes.
   */
  private static final List<String> OF_STORAGE_DRIVERS =
      List.of(
          "trusted.", "user.overlay", "user.fuseoverlayfs", "user.containers", "user.rootlesscont");

  private ExtendedAttributes() {}

  /** Names, like {@code security.capability}. */
  static Set<String> names(Map<String, String> pax) {
    Set<String> names = new TreeSet<>();
    for (String key : pax.keySet()) {
      RECORDS.stream()
          .filter(key::startsWith)
          .forEach(record -> names.add(key.substring(record.length())));
    }
    return names;
  }

  /** Refuses those that no file system has, and those that are about the layer itself. */
  static void requireOfFiles(LayerFault fault, String path, Map<String, String> pax) {
    for (String name : names(pax)) {
      String shown = "'" + Printable.of(path) + "' with the extended attribute '";
      if (name.isEmpty() || name.length() > MAX_NAME) {
        throw fault.refused(
            "has an entry "
                + shown
                + Printable.of(name, 64)
                + "', whose name has not 1 to "
                + MAX_NAME
                + " bytes");
      }
      if (OF_STORAGE_DRIVERS.stream().anyMatch(name::startsWith)) {
        throw fault.refused(
            "has an entry "
                + shown
                + Printable.of(name)
                + "', by which some storage drivers change or hide files");
      }
    }
  }
}
