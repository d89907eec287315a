package io.github.goldenmaven.contents;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.layer.TarEntry;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of one entry of a layer. An image has tens of thousands, all of them in memory
 * at once: so hashes are bytes here and not text.
 */
public final class ContentEntry {

  private static final String WHITEOUT = ".wh.";
  private static final byte[] NONE = {};

  private final TarEntry.Type type;
  private final String path;
  private final String link;
  private final long size;
  private final int mode;
  private final long uid;
  private final long gid;
  private final List<String> attributes;
  private final byte[] sha256;
  private final byte[] bytes;

  /**
   * One entry.
   *
   * @param path as {@link TarEntry#path()}
   * @param link as {@link TarEntry#link()}
   * @param uid of 32 bits, as is the group's
   * @param attributes names of its extended attributes
   * @param sha256 of a file's bytes; empty for large files and for others
   * @param bytes of a small file that is kept; empty for others
   */
  ContentEntry(
      TarEntry.Type type,
      String path,
      String link,
      long size,
      int mode,
      long uid,
      long gid,
      List<String> attributes,
      byte[] sha256,
      byte[] bytes) {
    this.type = type;
    this.path = path;
    this.link = link;
    this.size = size;
    this.mode = mode;
    this.uid = uid;
    this.gid = gid;
    this.attributes = List.copyOf(attributes);
    this.sha256 = sha256.length == 0 ? NONE : sha256;
    this.bytes = bytes.length == 0 ? NONE : bytes;
  }

  /** One whose content nobody looked at. */
  public ContentEntry(
      TarEntry.Type type,
      String path,
      String link,
      int mode,
      long uid,
      long gid,
      List<String> attributes) {
    this(type, path, link, 0, mode, uid, gid, attributes, NONE, NONE);
  }

  /** The same of an entry of a tar. */
  public static ContentEntry of(TarEntry entry) {
    return of(entry, NONE, NONE);
  }

  static ContentEntry of(TarEntry entry, byte[] sha256, byte[] bytes) {
    return new ContentEntry(
        entry.type(),
        entry.path(),
        entry.link(),
        entry.type() == TarEntry.Type.FILE ? entry.size() : 0,
        entry.mode(),
        entry.uid(),
        entry.gid(),
        List.copyOf(entry.xattrs()),
        sha256,
        bytes);
  }

  public TarEntry.Type type() {
    return type;
  }

  public String path() {
    return path;
  }

  /** Where a link points to, as {@link TarEntry#link} has it; empty for others. */
  public String link() {
    return link;
  }

  public long size() {
    return size;
  }

  public int mode() {
    return mode;
  }

  public long uid() {
    return uid;
  }

  public long gid() {
    return gid;
  }

  /** Names of its extended attributes. */
  public List<String> attributes() {
    return attributes;
  }

  /** Of a file's bytes; empty for large files and for others. */
  public Optional<Digest> content() {
    return sha256.length == 0
        ? Optional.empty()
        : Optional.of(new Digest(HexFormat.of().formatHex(sha256)));
  }

  /** The hash as the cache stores it; not to be written to. */
  byte[] sha256() {
    return sha256;
  }

  /** The bytes of a file that is kept, not to be written to; empty where they are not. */
  public Optional<byte[]> bytes() {
    return type == TarEntry.Type.FILE && bytes.length == size
        ? Optional.of(bytes)
        : Optional.empty();
  }

  /** How many characters are kept of it. */
  long names() {
    long names = (long) path.length() + link.length();
    for (String attribute : attributes) {
      names += attribute.length();
    }
    return names;
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

  /** The path that a whiteout removes; of an opaque one the folder that it empties. */
  public String removes() {
    String folder = folder();
    String name = removed();
    return folder.isEmpty() || name.isEmpty() ? folder + name : folder + "/" + name;
  }
}
