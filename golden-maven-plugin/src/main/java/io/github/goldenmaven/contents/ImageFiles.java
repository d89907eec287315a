package io.github.goldenmaven.contents;

import io.github.goldenmaven.golden.ImageTree;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file system of one platform of an image, all its layers applied. Paths are relative to the
 * image's root, as in a layer: {@code etc/os-release}; empty for the root itself.
 */
public interface ImageFiles {

  /** What a path is. */
  enum Type {
    FILE,
    DIRECTORY,
    SYMBOLIC_LINK,
    /** A device or a pipe. */
    OTHER
  }

  /**
   * What stands at a path.
   *
   * @param mode permission bits, {@code 0} to {@code 07777}
   * @param size in bytes; 0 for all but files
   * @param link where a symbolic link points to, as written; empty for others
   * @param contentOrNull SHA-256 of a file's bytes; {@code null} for large files and for others
   */
  record Node(
      String path,
      Type type,
      int mode,
      Owner owner,
      long size,
      String link,
      @Nullable Digest contentOrNull) {}

  /** What stands at a path: links among its folders are followed, one at its end is not. */
  Optional<Node> lookup(String path);

  /**
   * The path with every symbolic link in it followed, the one at its end too, as the kernel would
   * in a container with this root. Parts that do not exist stay as they are written.
   *
   * @throws io.github.goldenmaven.RefusedException when links go round in a circle
   */
  String resolve(String path);

  /** What stands at a path, every link followed. */
  default Optional<Node> find(String path) {
    return lookup(resolve(path));
  }

  /** Names directly in a folder, links followed, sorted; none where it is no folder. */
  List<String> names(String folder);

  /**
   * The bytes of a small file that {@link RetainedFiles} keeps, links followed; empty where there
   * is no such file.
   *
   * @throws io.github.goldenmaven.RefusedException when the file is too large to be kept
   * @throws IllegalArgumentException when files of this name are not kept
   */
  Optional<byte[]> content(String path);

  /** The same, for whoever asks what a path is and no more. */
  default ImageTree tree() {
    return new ImageFilesTree(this);
  }
}
