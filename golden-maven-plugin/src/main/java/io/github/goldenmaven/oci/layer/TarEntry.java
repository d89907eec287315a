package io.github.goldenmaven.oci.layer;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One entry of a layer as a container runtime would understand it. Bytes of a name that are not
 * UTF-8 stand as the lone surrogates U+DC80 to U+DCFF, so that no two names look alike.
 *
 * @param path relative to the image's root, without {@code .} parts and slashes around it; empty
 *     for the root itself. A whiteout's is the marker's own: {@code etc/.wh.passwd}
 * @param rawPath as the archive has it
 * @param type what it is; a whiteout whatever its tar type says
 * @param link a hard link's target, spelled like {@code path}; a symbolic link's as the archive has
 *     it; empty for others
 * @param size of the content, in bytes
 * @param mode permission bits, {@code 0} to {@code 07777}
 * @param modified seconds since the epoch, a fraction cut off
 * @param deviceMajor of a device, {@code 0} to {@code 0xFFF}
 * @param deviceMinor of a device, {@code 0} to {@code 0xFFFFF}
 * @param pax the entry's PAX records, each byte of a value one character (ISO 8859-1): values may
 *     be binary
 */
public record TarEntry(
    String path,
    String rawPath,
    Type type,
    String link,
    long size,
    int mode,
    long uid,
    long gid,
    long modified,
    long deviceMajor,
    long deviceMinor,
    Map<String, String> pax) {

  static final String WHITEOUT_PREFIX = ".wh.";
  static final String OPAQUE_MARKER = ".wh..wh..opq";

  /** What an entry is. */
  public enum Type {
    FILE,
    DIRECTORY,
    SYMBOLIC_LINK,
    HARD_LINK,
    CHARACTER_DEVICE,
    BLOCK_DEVICE,
    FIFO,
    /** {@code .wh.NAME}: removes NAME of the layers below. */
    WHITEOUT,
    /** {@code .wh..wh..opq}: removes whatever the layers below have in this directory. */
    OPAQUE_WHITEOUT
  }

  /** The path that a whiteout removes; the directory that an opaque whiteout empties. */
  public Optional<String> removes() {
    String directory = parent(path);
    return switch (type) {
      case OPAQUE_WHITEOUT -> Optional.of(directory);
      case WHITEOUT -> {
        String name = name(path).substring(WHITEOUT_PREFIX.length());
        yield Optional.of(directory.isEmpty() ? name : directory + "/" + name);
      }
      default -> Optional.empty();
    };
  }

  /** Names of extended attributes, like {@code security.capability}. */
  public Set<String> xattrs() {
    return ExtendedAttributes.names(pax);
  }

  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
