package io.github.goldenmaven.golden;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What an image has, all its layers put on. Paths go from the root, without a slash before them:
 * {@code etc/passwd}; the root itself is the empty path.
 */
public interface ImageTree {

  /** What stands at a path. */
  enum Type {
    NOTHING,
    /** One that may not be run, a device or a pipe. */
    FILE,
    /** A file that may be run. */
    PROGRAM,
    /** With an entry of its own, or because something is in it. */
    FOLDER,
    LINK
  }

  /** What stands at this very path: no link on it is followed. */
  Type type(String path);

  /** What is directly in a folder, no link followed; none where it is no folder. */
  List<String> names(String folder);

  /** The path with every link followed, the one at its end too; as it is where they go round. */
  String resolve(String path);

  /** All that is in a folder, and in those within it; no link followed. */
  default List<String> below(String top) {
    List<String> all = new ArrayList<>();
    Deque<String> folders = new ArrayDeque<>(List.of(top));
    while (!folders.isEmpty()) {
      String folder = folders.pop();
      for (String name : names(folder)) {
        String path = folder.isEmpty() ? name : folder + "/" + name;
        all.add(path);
        if (isFolder(path)) {
          folders.push(path);
        }
      }
    }
    return all;
  }

  /** Whether anything stands at this very path. */
  default boolean has(String path) {
    return type(path) != Type.NOTHING;
  }

  /** Whether it is a file, which may be run or not. */
  default boolean isFile(String path) {
    Type type = type(path);
    return type == Type.FILE || type == Type.PROGRAM;
  }

  default boolean isFolder(String path) {
    return type(path) == Type.FOLDER;
  }

  /** Whether it is a folder with nothing in it. */
  default boolean isEmptyFolder(String path) {
    return isFolder(path) && names(path).isEmpty();
  }
}
