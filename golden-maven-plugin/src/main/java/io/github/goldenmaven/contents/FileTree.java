package io.github.goldenmaven.contents;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.oci.layer.TarEntry;
import io.github.goldenmaven.text.Printable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file system that layers are put onto, the bottom one first. A path among a layer's entries that
 * leads through a symbolic link is followed, as containerd and umoci do.
 *
 * @see <a
 *     href="https://github.com/opencontainers/image-spec/blob/v1.1.0/layer.md#applying-changesets">OCI
 *     image spec, Applying Changesets</a>
 */
final class FileTree {

  /** Linux's own (path_resolution(7)). */
  private static final int MAX_LINKS = 40;

  private static final int FOLDER_MODE = 0755;

  /** Parts of paths and of links, and names in folders that are emptied: some seconds' work. */
  private static final long MAX_STEPS = 30_000_000;

  private final Place root;

  /** Of the layer that is put on. */
  private int number;

  private long steps;

  /** Folders that were not empty and that this layer removes. */
  private final Set<String> removed = new HashSet<>();

  /** Folders that were not there when this layer removed something in them. */
  private final NavigableMap<String, Awaited> awaited = new TreeMap<>();

  /** A link of a layer below that the last path led through. */
  private @Nullable String olderLink;

  /** Where the last entry lay: the next one mostly lies there too. */
  private String lastParent = "";

  private String lastResolved = "";

  private @Nullable Place lastFolder;

  /** An empty one. */
  FileTree() {
    this.root = new Place(folder());
  }

  /**
   * A folder that is to come.
   *
   * @param missing its first part that is not there, counted from the root
   * @param shown what was removed in it, for messages
   */
  private record Awaited(int missing, String shown) {}

  /** What hard links share. */
  private static final class Inode {

    private final LayerChange content;
    private int mode;
    private Owner owner;

    Inode(LayerChange content) {
      this.content = content;
      this.mode = content.mode();
      this.owner = content.owner();
    }
  }

  /** A name in a folder, and all that is below it. */
  static final class Place {

    private Inode inode;
    private Map<String, Place> below = Map.of();

    /** The last layer with an entry for it; 0 for none. */
    private int brought;

    /** The last layer with an entry below it. */
    private int touched;

    private Place(Inode inode) {
      this.inode = inode;
    }

    /** What is in it, by name; not to be written to. */
    Map<String, Place> below() {
      return below;
    }

    TarEntry.Type type() {
      return inode.content.type();
    }

    int mode() {
      return inode.mode;
    }

    Owner owner() {
      return inode.owner;
    }

    /** Size, hash, link target and kept bytes; path, mode and owner may be another hard link's. */
    LayerChange content() {
      return inode.content;
    }

    private boolean isFolder() {
      return type() == TarEntry.Type.DIRECTORY;
    }

    private boolean isOf(int layer) {
      return brought == layer || touched == layer;
    }

    List<String> names() {
      return below.keySet().stream().sorted().toList();
    }

    private void put(String name, Place place) {
      if (below.isEmpty()) {
        below = new HashMap<>();
      }
      below.put(name, place);
    }

    private void remove(String name) {
      if (!below.isEmpty()) {
        below.remove(name);
      }
    }
  }

  /**
   * Where a path led to.
   *
   * @param parts of the path without links
   * @param places of each part; shorter where the last parts are not there
   */
  record Walk(List<String> parts, List<Place> places) {

    String path() {
      return String.join("/", parts);
    }
  }

  /**
   * Follows a path as the kernel would in a container with this root; below what is not there,
   * parts stay as they are written.
   *
   * @param toTheEnd whether a link at the path's end is followed too
   */
  Walk walk(String path, boolean toTheEnd) {
    Deque<String> todo = new ArrayDeque<>();
    push(todo, path);
    Walk walk = new Walk(new ArrayList<>(), new ArrayList<>());
    int links = 0;
    olderLink = null;
    while (!todo.isEmpty()) {
      String part = todo.pop();
      step(1);
      if (part.equals("..")) {
        leave(walk);
        continue;
      }
      Place next = below(walk, part);
      if (next == null
          || next.type() != TarEntry.Type.SYMBOLIC_LINK
          || (todo.isEmpty() && !toTheEnd)) {
        walk.parts().add(part);
        if (next != null) {
          walk.places().add(next);
        }
        continue;
      }
      if (++links > MAX_LINKS) {
        throw circle(path);
      }
      follow(next, part, walk, todo);
    }
    return walk;
  }

  private void follow(Place link, String part, Walk walk, Deque<String> todo) {
    if (link.brought != number && olderLink == null) {
      olderLink = walk.parts().isEmpty() ? part : walk.path() + "/" + part;
    }
    String target = link.content().link();
    if (target.startsWith("/")) {
      walk.parts().clear();
      walk.places().clear();
    }
    push(todo, target);
  }

  private void step(int more) {
    steps += more;
    if (steps > MAX_STEPS) {
      throw new RefusedException(
          "The layers of the official image take more than "
              + MAX_STEPS
              + " steps to be put onto one another.",
          "Name another official image in 'from' of golden.yaml: no honest one has paths that lead"
              + " through so many links and folders.");
    }
  }

  /** The folder that all others are in. */
  Place root() {
    return root;
  }

  /** What stands where a walk ended; {@code null} for nothing. */
  @Nullable Place end(Walk walk) {
    if (walk.places().size() < walk.parts().size()) {
      return null;
    }
    return walk.places().isEmpty() ? root : walk.places().get(walk.places().size() - 1);
  }

  private static void push(Deque<String> todo, String path) {
    String[] parts = path.split("/", -1);
    for (int at = parts.length - 1; at >= 0; at--) {
      if (!parts[at].isEmpty() && !parts[at].equals(".")) {
        todo.push(parts[at]);
      }
    }
  }

  private static void leave(Walk walk) {
    if (walk.places().size() == walk.parts().size() && !walk.places().isEmpty()) {
      walk.places().remove(walk.places().size() - 1);
    }
    if (!walk.parts().isEmpty()) {
      walk.parts().remove(walk.parts().size() - 1);
    }
  }

  private @Nullable Place below(Walk walk, String part) {
    Place folder = end(walk);
    return folder == null ? null : folder.below.get(part);
  }

  /**
   * Puts a layer onto those below, entry by entry. What depends on whether a runtime puts layers
   * onto one another in one folder, or each into a folder of its own, is refused.
   *
   * @param what the layer, as a sentence begins
   */
  void apply(String what, LayerContents layer) {
    lastFolder = null;
    removed.clear();
    awaited.clear();
    number++;
    for (LayerChange change : layer.changes()) {
      switch (change.type()) {
        case OPAQUE_WHITEOUT -> {
          String path = change.path();
          if (path.isEmpty()) {
            throw refused(what, "empties the root folder, which overlayfs cannot");
          }
          Place folder = folderOrNull(what, path + "/", path);
          if (folder != null) {
            empty(what, path, folder);
          }
        }
        case WHITEOUT -> remove(what, change.path());
        default -> put(what, change);
      }
    }
    requireAwaited(what);
  }

  /**
   * Some tools write a folder's own entry behind its whiteouts. Without one, whether there is such
   * a folder depends on the runtime.
   */
  private void requireAwaited(String what) {
    awaited.forEach(
        (path, folder) -> {
          Walk walk = walk(path, false);
          List<Place> places = walk.places();
          boolean came =
              places.size() == walk.parts().size()
                  && places
                      .subList(Math.min(folder.missing(), places.size()), places.size())
                      .stream()
                      .allMatch(place -> place.isFolder() && place.brought == number);
          if (!came) {
            throw refused(
                what,
                "removes '/"
                    + Printable.of(folder.shown())
                    + "' in a folder that is not there, which some make");
          }
        });
  }

  private boolean isAwaited(String path) {
    String below = awaited.ceilingKey(path + "/");
    return awaited.containsKey(path) || (below != null && below.startsWith(path + "/"));
  }

  private void remove(String what, String path) {
    Place folder = folderOrNull(what, path, path);
    if (folder == null) {
      return;
    }
    if (isAwaited(lastPath(name(path)))) {
      throw refused(what, "brings and removes '/" + Printable.of(path) + "'");
    }
    Place there = folder.below.get(name(path));
    if (there == null) {
      return;
    }
    if (there.isOf(number)) {
      throw refused(what, "brings and removes '/" + Printable.of(path) + "'");
    }
    if (!there.below.isEmpty()) {
      removed.add(lastPath(name(path)));
    }
    folder.remove(name(path));
  }

  /** Removes what the layers below have in a folder. */
  private void empty(String what, String path, Place folder) {
    Deque<Place> todo = new ArrayDeque<>(List.of(folder));
    while (!todo.isEmpty()) {
      Place here = todo.pop();
      if (here.below.isEmpty()) {
        continue;
      }
      step(here.below.size());
      for (Place child : here.below.values()) {
        if (child.brought != number && child.touched == number) {
          throw refused(
              what, "brings something below '/" + Printable.of(path) + "' and empties it");
        }
        if (child.brought == number) {
          todo.push(child);
        }
      }
      here.below.values().removeIf(child -> child.brought != number);
    }
  }

  private void put(String what, LayerChange change) {
    if (change.path().isEmpty()) {
      if (change.type() != TarEntry.Type.DIRECTORY) {
        throw refused(what, "puts something else in place of the root folder");
      }
      root.inode = new Inode(change);
      return;
    }
    Place folder = folder(what, change.path());
    String name = name(change.path());
    Place there = folder.below.get(name);
    boolean isFolder = change.type() == TarEntry.Type.DIRECTORY;
    if (isFolder && there != null && there.isFolder()) {
      there.inode = new Inode(change);
      there.brought = number;
      return;
    }
    if (isFolder) {
      requireNotRemoved(what, lastPath(name));
    }
    folder.remove(name);
    Place place =
        new Place(
            change.type() == TarEntry.Type.HARD_LINK ? linked(what, change) : new Inode(change));
    place.brought = number;
    folder.put(name, place);
    if (place.type() == TarEntry.Type.SYMBOLIC_LINK) {
      // The path to the last folder may lead through it, where it was taken by its name before.
      lastFolder = null;
    }
  }

  /** Where there is a folder for each layer, the one that was removed would be seen again. */
  private void requireNotRemoved(String what, String path) {
    if (removed.contains(path)) {
      throw refused(
          what, "removes the folder '/" + Printable.of(path) + "' and makes another one there");
    }
  }

  /** The path of a name in the last folder, all links followed. */
  private String lastPath(String name) {
    return lastResolved.isEmpty() ? name : lastResolved + "/" + name;
  }

  /** The folder an entry lies in, made where it is not there. */
  private Place folder(String what, String path) {
    String parent = parent(path);
    if (lastFolder != null && lastParent.equals(parent)) {
      return lastFolder;
    }
    Walk walk = walkDown(what, parent, path);
    Place folder = walk.places().isEmpty() ? root : walk.places().get(walk.places().size() - 1);
    for (int at = walk.places().size(); at < walk.parts().size(); at++) {
      requireFolder(what, path, folder);
      if (!removed.isEmpty()) {
        requireNotRemoved(what, String.join("/", walk.parts().subList(0, at + 1)));
      }
      Place made = new Place(folder());
      made.touched = number;
      folder.put(walk.parts().get(at), made);
      folder = made;
    }
    return found(what, parent, path, walk, folder);
  }

  /**
   * The folder something is removed in; {@code null} where it is not there, and awaited.
   *
   * @param shown the entry's path for messages
   */
  private @Nullable Place folderOrNull(String what, String path, String shown) {
    String parent = parent(path);
    if (lastFolder != null && lastParent.equals(parent)) {
      return lastFolder;
    }
    Walk walk = walkDown(what, parent, shown);
    Place folder = walk.places().isEmpty() ? root : walk.places().get(walk.places().size() - 1);
    if (walk.places().size() == walk.parts().size()) {
      return found(what, parent, shown, walk, folder);
    }
    requireFolder(what, shown, folder);
    walk.places().forEach(place -> place.touched = number);
    awaited.putIfAbsent(walk.path(), new Awaited(walk.places().size(), shown));
    return null;
  }

  private Walk walkDown(String what, String parent, String shown) {
    Walk walk = walk(parent, true);
    if (olderLink != null) {
      throw refused(
          what,
          "has '/"
              + Printable.of(shown)
              + "' below the link '/"
              + Printable.of(olderLink)
              + "' of a layer below, in whose place some runtimes put a folder");
    }
    return walk;
  }

  private Place found(String what, String parent, String shown, Walk walk, Place folder) {
    requireFolder(what, shown, folder);
    walk.places().forEach(place -> place.touched = number);
    lastParent = parent;
    lastResolved = walk.path();
    lastFolder = folder;
    return folder;
  }

  private static void requireFolder(String what, String path, Place folder) {
    if (!folder.isFolder()) {
      throw refused(what, "has '/" + Printable.of(path) + "' below what is no folder");
    }
  }

  private Inode linked(String what, LayerChange change) {
    Place target = end(walk(change.link(), false));
    if (target == null || target.type() == TarEntry.Type.DIRECTORY) {
      throw refused(
          what,
          "has a hard link '/"
              + Printable.of(change.path())
              + "' to '/"
              + Printable.of(change.link())
              + "', which "
              + (target == null ? "is not there" : "is a folder"));
    }
    boolean link = target.type() == TarEntry.Type.SYMBOLIC_LINK;
    if ((!link && target.mode() != change.mode()) || !target.owner().equals(change.owner())) {
      throw refused(
          what,
          "has a hard link '/"
              + Printable.of(change.path())
              + "' of another mode or owner than '/"
              + Printable.of(change.link())
              + "', which not all runtimes give to both");
    }
    return target.inode;
  }

  private static Inode folder() {
    return new Inode(new LayerChange(TarEntry.Type.DIRECTORY, "", "", FOLDER_MODE, Owner.ROOT));
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static RefusedException circle(String path) {
    return new RefusedException(
        "'/"
            + Printable.of(path)
            + "' of the official image leads through more than "
            + MAX_LINKS
            + " symbolic links, perhaps in a circle.",
        "Name another path, or another official image in 'from' of golden.yaml.");
  }

  private static RefusedException refused(String what, String fault) {
    return new RefusedException(
        what + " " + fault + ".",
        "Have the official image built and pushed again by a tool that writes plain OCI layers, or"
            + " name another one in 'from' of golden.yaml.");
  }
}
