package io.github.goldenmaven.contents;

import io.github.goldenmaven.oci.layer.TarEntry;
import java.util.List;

/**
 * What the gate remembers of an entry of a layer.
 *
 * @param path as {@link TarEntry#path()}
 * @param link as {@link TarEntry#link()}
 * @param attributes names of its extended attributes
 */
public record ScannedEntry(
    TarEntry.Type type,
    String path,
    String link,
    int mode,
    long uid,
    long gid,
    List<String> attributes) {

  private static final String WHITEOUT = ".wh.";

  public ScannedEntry {
    attributes = List.copyOf(attributes);
  }

  public static ScannedEntry of(TarEntry entry) {
    return new ScannedEntry(
        entry.type(),
        entry.path(),
        entry.link(),
        entry.mode(),
        entry.uid(),
        entry.gid(),
        List.copyOf(entry.xattrs()));
  }

  /** How many characters are kept of it. */
  long size() {
    return path.length() + link.length() + attributes.stream().mapToLong(String::length).sum();
  }

  /** The folder it is in; empty for the root. */
  public String folder() {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Whether a folder on its path is named like a whiteout, which runtimes take in many ways. */
  public boolean isInWhiteout() {
    return path.startsWith(WHITEOUT) ? path.contains("/") : folder().contains("/" + WHITEOUT);
  }

  public boolean isWhiteout() {
    return type == TarEntry.Type.WHITEOUT || type == TarEntry.Type.OPAQUE_WHITEOUT;
  }

  /** What a whiteout removes, or empties, in its folder; empty for the folder itself. */
  public String removed() {
    return type == TarEntry.Type.OPAQUE_WHITEOUT ? "" : name().substring(WHITEOUT.length());
  }
}
