package io.github.goldenmaven.contents;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.contents.FileTree.Place;
import io.github.goldenmaven.contents.FileTree.Walk;
import io.github.goldenmaven.oci.layer.TarEntry;
import io.github.goldenmaven.text.Printable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One layer that is put onto a tree. */
final class LayerApplication {

  private final FileTree tree;

  /** The layer, as a sentence begins. */
  private final String what;

  /** Of the layer, the lowest is 1. */
  private final int number;

  /** Folders that were not empty and that this layer removes. */
  private final Set<String> removed = new HashSet<>();

  private final AwaitedFolders awaited = new AwaitedFolders();

  /** Where the last entry lay: the next one mostly lies there too. */
  private String lastParent = "";

  private String lastResolved = "";

  private @Nullable Place lastFolder;

  LayerApplication(FileTree tree, String what, int number) {
    this.tree = tree;
    this.what = what;
    this.number = number;
  }

  /**
   * Puts a layer onto those below, entry by entry. What depends on whether a runtime puts layers
   * onto one another in one folder, or each into a folder of its own, is refused.
   */
  void apply(LayerContents layer) {
    for (ContentEntry change : layer.entries()) {
      switch (change.type()) {
        case OPAQUE_WHITEOUT -> {
          String path = change.removes();
          if (path.isEmpty()) {
            throw refused("empties the root folder, which overlayfs cannot");
          }
          Place folder = folderOrNull(path + "/", path);
          if (folder != null) {
            empty(path, folder);
          }
        }
        case WHITEOUT -> remove(change.removes());
        default -> put(change);
      }
    }
    awaited
        .missing(tree, number)
        .ifPresent(
            path -> {
              throw refused(
                  "removes '/"
                      + Printable.of(path)
                      + "' in a folder that is not there, which some runtimes create");
            });
  }

  private void remove(String path) {
    Place folder = folderOrNull(path, path);
    if (folder == null) {
      return;
    }
    if (awaited.has(lastPath(name(path)))) {
      throw refused("brings and removes '/" + Printable.of(path) + "'");
    }
    Place there = folder.below().get(name(path));
    if (there == null) {
      return;
    }
    if (there.isOf(number)) {
      throw refused("brings and removes '/" + Printable.of(path) + "'");
    }
    if (!there.below().isEmpty()) {
      removed.add(lastPath(name(path)));
    }
    folder.remove(name(path));
  }

  /** Removes what the layers below have in a folder. */
  private void empty(String path, Place folder) {
    Deque<Place> todo = new ArrayDeque<>(List.of(folder));
    while (!todo.isEmpty()) {
      Place here = todo.pop();
      if (here.below().isEmpty()) {
        continue;
      }
      tree.step(here.below().size());
      for (Place child : here.below().values()) {
        if (!child.isBroughtBy(number) && child.isOf(number)) {
          throw refused("brings something below '/" + Printable.of(path) + "' and empties it");
        }
        if (child.isBroughtBy(number)) {
          todo.push(child);
        }
      }
      here.below().values().removeIf(child -> !child.isBroughtBy(number));
    }
  }

  private void put(ContentEntry change) {
    requireOwner(change);
    if (change.path().isEmpty()) {
      if (change.type() != TarEntry.Type.DIRECTORY) {
        throw refused("replaces the root folder with something else");
      }
      tree.root().bring(change, number);
      return;
    }
    Place folder = folder(change.path());
    String name = name(change.path());
    Place there = folder.below().get(name);
    boolean isFolder = change.type() == TarEntry.Type.DIRECTORY;
    if (isFolder && there != null && there.isFolder()) {
      there.bring(change, number);
      return;
    }
    if (isFolder) {
      requireNotRemoved(lastPath(name));
    }
    folder.remove(name);
    Place place = new Place(change.type() == TarEntry.Type.HARD_LINK ? linked(change) : change);
    place.bring(place.content(), number);
    folder.put(name, place);
    if (place.type() == TarEntry.Type.SYMBOLIC_LINK) {
      // The path to the last folder may lead through it, where it was taken by its name before.
      lastFolder = null;
    }
  }

  private void requireOwner(ContentEntry entry) {
    if (entry.uid() > Integer.MAX_VALUE || entry.gid() > Integer.MAX_VALUE) {
      throw new RefusedException(
          what
              + " has a file of the user '"
              + entry.uid()
              + ":"
              + entry.gid()
              + "', whose number is too large.",
          "Have the image built again with users and groups up to "
              + Integer.MAX_VALUE
              + ", or name another one in 'from' of golden.yaml.");
    }
  }

  /** Where there is a folder for each layer, the one that was removed would be seen again. */
  private void requireNotRemoved(String path) {
    if (removed.contains(path)) {
      throw refused("removes the folder '/" + Printable.of(path) + "' and makes another one there");
    }
  }

  /** The path of a name in the last folder, all links followed. */
  private String lastPath(String name) {
    return lastResolved.isEmpty() ? name : lastResolved + "/" + name;
  }

  /** The folder an entry lies in, made where it is not there. */
  private Place folder(String path) {
    String parent = parent(path);
    if (lastFolder != null && lastParent.equals(parent)) {
      return lastFolder;
    }
    Walk walk = walkDown(parent, path);
    Place folder = tree.last(walk);
    for (int at = walk.places().size(); at < walk.parts().size(); at++) {
      requireFolder(path, folder);
      if (!removed.isEmpty()) {
        requireNotRemoved(String.join("/", walk.parts().subList(0, at + 1)));
      }
      Place made = FileTree.folder();
      made.touch(number);
      folder.put(walk.parts().get(at), made);
      folder = made;
    }
    return found(parent, path, walk, folder);
  }

  /**
   * The folder something is removed in; {@code null} where it is not there, and awaited.
   *
   * @param shown the entry's path for messages
   */
  private @Nullable Place folderOrNull(String path, String shown) {
    String parent = parent(path);
    if (lastFolder != null && lastParent.equals(parent)) {
      return lastFolder;
    }
    Walk walk = walkDown(parent, shown);
    Place folder = tree.last(walk);
    if (walk.places().size() == walk.parts().size()) {
      return found(parent, shown, walk, folder);
    }
    requireFolder(shown, folder);
    walk.places().forEach(place -> place.touch(number));
    awaited.add(walk, shown);
    return null;
  }

  private Walk walkDown(String parent, String shown) {
    Walk walk = tree.walk(parent, true);
    Optional<String> older = olderLink(walk);
    if (older.isPresent()) {
      throw refused(
          "has '/"
              + Printable.of(shown)
              + "' below the link '/"
              + Printable.of(older.orElseThrow())
              + "' of a layer below, which some runtimes replace with a folder");
    }
    return walk;
  }

  /** A link of a layer below that a path leads through. */
  private Optional<String> olderLink(Walk walk) {
    return walk.crossed().entrySet().stream()
        .filter(link -> !link.getValue().isBroughtBy(number))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private Place found(String parent, String shown, Walk walk, Place folder) {
    requireFolder(shown, folder);
    walk.places().forEach(place -> place.touch(number));
    lastParent = parent;
    lastResolved = walk.path();
    lastFolder = folder;
    return folder;
  }

  private void requireFolder(String path, Place folder) {
    if (!folder.isFolder()) {
      throw refused("has '/" + Printable.of(path) + "' below something that is not a folder");
    }
  }

  private ContentEntry linked(ContentEntry change) {
    Place target = tree.end(tree.walk(change.link(), false));
    if (target == null || target.type() == TarEntry.Type.DIRECTORY) {
      throw refused(
          "has a hard link '/"
              + Printable.of(change.path())
              + "' to '/"
              + Printable.of(change.link())
              + "', which "
              + (target == null ? "is not there" : "is a folder"));
    }
    boolean link = target.type() == TarEntry.Type.SYMBOLIC_LINK;
    if ((!link && target.mode() != change.mode())
        || target.owner().uid() != change.uid()
        || target.owner().gid() != change.gid()) {
      throw refused(
          "has a hard link '/"
              + Printable.of(change.path())
              + "' of another mode or owner than '/"
              + Printable.of(change.link())
              + "', which not all runtimes apply to both");
    }
    return target.content();
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private RefusedException refused(String fault) {
    return new RefusedException(
        what + " " + fault + ".",
        "Have the official image built and pushed again by a tool that writes plain OCI layers, or"
            + " name another one in 'from' of golden.yaml.");
  }
}
