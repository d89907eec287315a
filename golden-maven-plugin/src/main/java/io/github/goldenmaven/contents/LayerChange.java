package io.github.goldenmaven.contents;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.oci.layer.TarEntry;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What one entry of a layer does to one path. An official image has tens of thousands, all of them
 * in memory at once: so hashes are bytes here and not text.
 */
public final class LayerChange {

  private static final byte[] NONE = {};

  private final TarEntry.Type type;
  private final String path;
  private final String link;
  private final long size;
  private final int mode;
  private final Owner owner;
  private final byte[] sha256;
  private final byte[] bytes;

  /**
   * One change.
   *
   * @param path what changes: of a whiteout what it removes, of an opaque one the folder it empties
   * @param sha256 of a file's bytes; empty for large files and for others
   * @param bytes of a small file that is kept; empty for others
   */
  LayerChange(
      TarEntry.Type type,
      String path,
      String link,
      long size,
      int mode,
      Owner owner,
      byte[] sha256,
      byte[] bytes) {
    this.type = type;
    this.path = path;
    this.link = link;
    this.size = size;
    this.mode = mode;
    this.owner = owner.equals(Owner.ROOT) ? Owner.ROOT : owner;
    this.sha256 = sha256.length == 0 ? NONE : sha256;
    this.bytes = bytes.length == 0 ? NONE : bytes;
  }

  /** A change that has no content. */
  LayerChange(TarEntry.Type type, String path, String link, int mode, Owner owner) {
    this(type, path, link, 0, mode, owner, NONE, NONE);
  }

  TarEntry.Type type() {
    return type;
  }

  public String path() {
    return path;
  }

  /** Where a link points to, as {@link TarEntry#link} has it; empty for others. */
  String link() {
    return link;
  }

  long size() {
    return size;
  }

  int mode() {
    return mode;
  }

  Owner owner() {
    return owner;
  }

  /** Of a file's bytes; empty for large files and for others. */
  Optional<Digest> content() {
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
}
