package io.github.goldenmaven.verify.layers;

import io.github.goldenmaven.contents.ContentEntry;
import io.github.goldenmaven.verify.layers.Links.Walk;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one layer brings and removes. A whiteout speaks of the layers below; runtimes differ on one
 * of what its own layer brings.
 */
final class LayerPaths {

  private final NavigableMap<String, ContentEntry> brought = new TreeMap<>();
  private final Set<String> removed = new HashSet<>();

  /** Whether the links on the way are all its own. */
  boolean has(Walk walk) {
    return brought.keySet().containsAll(walk.crossed());
  }

  /** What it brought at that path before. */
  @Nullable ContentEntry put(String path, ContentEntry entry) {
    return brought.put(path, entry);
  }

  /**
   * Remembers a whiteout.
   *
   * @param written the same path as the layer has it
   * @return whether the layer itself brought something there or below
   */
  boolean remove(String path, String written) {
    removed.add(path);
    removed.add(written);
    return brings(path) || brings(written);
  }

  private boolean brings(String path) {
    return brought.containsKey(path) || bringsBelow(path);
  }

  /** Whether the layer itself brought something below a folder; empty for the root. */
  boolean bringsBelow(String path) {
    String folder = path.isEmpty() ? "" : path + "/";
    String first = brought.ceilingKey(folder);
    return first != null && first.startsWith(folder);
  }

  /** Whether the layer removes this path, or a folder it is in. */
  boolean isRemoved(String path) {
    if (removed.isEmpty()) {
      return false;
    }
    String folder = path;
    while (!folder.isEmpty()) {
      if (removed.contains(folder)) {
        return true;
      }
      int slash = folder.lastIndexOf('/');
      folder = slash < 0 ? "" : folder.substring(0, slash);
    }
    return false;
  }
}
