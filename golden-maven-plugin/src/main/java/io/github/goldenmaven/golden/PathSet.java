package io.github.goldenmaven.golden;

import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** Paths, each with all that is below it: from the root, without a slash before them. */
public final class PathSet {

  private final NavigableSet<String> paths = new TreeSet<>();

  public PathSet(Collection<String> paths) {
    paths.stream().filter(path -> !path.isEmpty()).forEach(this.paths::add);
  }

  public List<String> all() {
    return List.copyOf(paths);
  }

  public boolean has(String path) {
    return paths.contains(path);
  }

  /** The one that a path is, or is below. */
  public Optional<String> covering(String path) {
    String folder = path;
    while (!folder.isEmpty()) {
      if (paths.contains(folder)) {
        return Optional.of(folder);
      }
      folder = parent(folder);
    }
    return Optional.empty();
  }

  /** Whether a path is one of them, or below one. */
  public boolean covers(String path) {
    return covering(path).isPresent();
  }

  /** Whether one of them is below this path. */
  public boolean isAbove(String path) {
    String first = paths.ceiling(path + "/");
    return path.isEmpty() ? !paths.isEmpty() : first != null && first.startsWith(path + "/");
  }

  /** The folder that a path is in; the root is the empty path, and in itself. */
  public static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }
}
