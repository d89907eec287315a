package io.github.goldenmaven.verify;

import io.github.goldenmaven.oci.TarEntry;
import java.util.List;

/**
 * What the gate remembers of an entry of a layer.
 *
 * @param path as {@link TarEntry#path()}
 * @param link as {@link TarEntry#link()}
 * @param attributes names of its extended attributes
 */
record ScannedEntry(
    TarEntry.Type type,
    String path,
    String link,
    int mode,
    long uid,
    long gid,
    List<String> attributes) {

  private static final String WHITEOUT = ".wh.";

  ScannedEntry {
    attributes = List.copyOf(attributes);
  }

  static ScannedEntry of(TarEntry entry) {
    boolean removes =
        entry.type() == TarEntry.Type.CHARACTER_DEVICE
            && entry.deviceMajor() == 0
            && entry.deviceMinor() == 0;
    return removes
        ? new ScannedEntry(
            TarEntry.Type.WHITEOUT, marker(entry.path()), "", entry.mode(), 0, 0, List.of())
        : new ScannedEntry(
            entry.type(),
            entry.path(),
            entry.link(),
            entry.mode(),
            entry.uid(),
            entry.gid(),
            List.copyOf(entry.xattrs()));
  }

  /** Overlayfs writes a whiteout as a device; here all whiteouts are spelled alike. */
  private static String marker(String path) {
    int slash = path.lastIndexOf('/') + 1;
    return path.substring(0, slash) + WHITEOUT + path.substring(slash);
  }

  /** How many characters are kept of it. */
  long size() {
    return path.length() + link.length() + attributes.stream().mapToLong(String::length).sum();
  }

  /** The folder it is in; empty for the root. */
  String folder() {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Whether a folder on its path is named like a whiteout, which runtimes take in many ways. */
  boolean isInWhiteout() {
    return path.startsWith(WHITEOUT) ? path.contains("/") : folder().contains("/" + WHITEOUT);
  }

  boolean isWhiteout() {
    return type == TarEntry.Type.WHITEOUT || type == TarEntry.Type.OPAQUE_WHITEOUT;
  }

  /** What a whiteout removes, or empties, in its folder; empty for the folder itself. */
  String removed() {
    return type == TarEntry.Type.OPAQUE_WHITEOUT ? "" : name().substring(WHITEOUT.length());
  }
}
