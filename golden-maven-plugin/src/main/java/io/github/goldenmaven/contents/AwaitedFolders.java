package io.github.goldenmaven.contents;

import io.github.goldenmaven.contents.FileTree.Place;
import io.github.goldenmaven.contents.FileTree.Walk;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Folders that were not there when a layer removed something in them. Some tools write a folder's
 * own entry behind its whiteouts; without one, whether there is such a folder depends on the
 * runtime.
 */
final class AwaitedFolders {

  private final NavigableMap<String, Awaited> folders = new TreeMap<>();

  /**
   * A folder that is to come.
   *
   * @param missing its first part that is not there, counted from the root
   * @param shown what was removed in it, for messages
   */
  private record Awaited(int missing, String shown) {}

  void add(Walk walk, String shown) {
    folders.putIfAbsent(walk.path(), new Awaited(walk.places().size(), shown));
  }

  /** Whether it is one of them, or one is below it. */
  boolean has(String path) {
    String below = folders.ceilingKey(path + "/");
    return folders.containsKey(path) || (below != null && below.startsWith(path + "/"));
  }

  /** What was removed in a folder of which an entry did not come, at the end of the layer. */
  Optional<String> missing(FileTree tree, int layer) {
    for (Map.Entry<String, Awaited> folder : folders.entrySet()) {
      Walk walk = tree.walk(folder.getKey(), false);
      List<Place> places = walk.places();
      boolean came =
          places.size() == walk.parts().size()
              && places.stream()
                  .skip(folder.getValue().missing())
                  .allMatch(place -> place.isFolder() && place.isBroughtBy(layer));
      if (!came) {
        return Optional.of(folder.getValue().shown());
      }
    }
    return Optional.empty();
  }
}
