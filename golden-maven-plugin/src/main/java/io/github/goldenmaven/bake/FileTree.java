package io.github.goldenmaven.bake;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.LayerEntry.Owner;
import io.github.goldenmaven.oci.Printable;
import io.github.goldenmaven.oci.TarEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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

  private final Place root;

  /** Where the last entry lay: the next one mostly lies there too. */
  private String lastParent = "";

  private @Nullable Place lastFolder;

  /** Whether nothing comes onto it any more. */
  private final boolean finished;

  /** An empty one. */
  FileTree() {
    this.root = new Place(folder());
    this.finished = false;
  }

  /** One that was written down: which names are links to one file is not known any more. */
  FileTree(Place root) {
    this.root = root;
    this.finished = true;
  }

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

    /** What is below, where nobody looked yet. */
    private @Nullable Supplier<Map<String, Place>> unread;

    private Place(Inode inode) {
      this.inode = inode;
    }

    /**
     * A place of a tree that was written down.
     *
     * @param content with the mode and owner of the place
     * @param below asked when somebody first looks below
     */
    Place(LayerChange content, Supplier<Map<String, Place>> below) {
      this.inode = new Inode(content);
      this.unread = below;
    }

    /** What is in it, by name; not to be written to. */
    Map<String, Place> below() {
      if (unread != null) {
        below = unread.get();
        unread = null;
      }
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

    List<String> names() {
      return below().keySet().stream().sorted().toList();
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
    while (!todo.isEmpty()) {
      String part = todo.pop();
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
      String target = next.content().link();
      if (target.startsWith("/")) {
        walk.parts().clear();
        walk.places().clear();
      }
      push(todo, target);
    }
    return walk;
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
    return folder == null ? null : folder.below().get(part);
  }

  /**
   * Puts a layer onto those below. Its whiteouts come first wherever they stand in it: they remove
   * what the layers below have.
   *
   * @param what the layer, as a sentence begins
   */
  void apply(String what, LayerContents layer) {
    if (finished) {
      throw new IllegalStateException("this tree is only looked at");
    }
    lastFolder = null;
    for (LayerChange change : layer.changes()) {
      if (change.type() == TarEntry.Type.OPAQUE_WHITEOUT) {
        Place folder = end(walk(change.path(), true));
        if (folder != null) {
          folder.below = Map.of();
        }
      } else if (change.type() == TarEntry.Type.WHITEOUT) {
        Place folder = end(walk(parent(change.path()), true));
        if (folder != null) {
          folder.remove(name(change.path()));
        }
      }
    }
    for (LayerChange change : layer.changes()) {
      if (change.type() != TarEntry.Type.OPAQUE_WHITEOUT
          && change.type() != TarEntry.Type.WHITEOUT) {
        put(what, change);
      }
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
    Place folder = folder(what, change);
    String name = name(change.path());
    Place there = folder.below.get(name);
    if (change.type() == TarEntry.Type.DIRECTORY
        && there != null
        && there.type() == TarEntry.Type.DIRECTORY) {
      there.inode = new Inode(change);
      return;
    }
    folder.remove(name);
    Place place =
        new Place(
            change.type() == TarEntry.Type.HARD_LINK ? linked(what, change) : new Inode(change));
    folder.put(name, place);
    if (place.type() == TarEntry.Type.SYMBOLIC_LINK) {
      // The path to the last folder may lead through it, where it was taken by its name before.
      lastFolder = null;
    }
  }

  /** The folder an entry lies in, made where it is not there. */
  private Place folder(String what, LayerChange change) {
    String parent = parent(change.path());
    if (lastFolder != null && lastParent.equals(parent)) {
      return lastFolder;
    }
    Walk walk = walk(parent, true);
    Place folder = walk.places().isEmpty() ? root : walk.places().get(walk.places().size() - 1);
    for (String missing : walk.parts().subList(walk.places().size(), walk.parts().size())) {
      requireFolder(what, change, folder);
      Place made = new Place(folder());
      folder.put(missing, made);
      folder = made;
    }
    requireFolder(what, change, folder);
    lastParent = parent;
    lastFolder = folder;
    return folder;
  }

  private static void requireFolder(String what, LayerChange change, Place folder) {
    if (folder.type() != TarEntry.Type.DIRECTORY) {
      throw refused(what, "has '/" + Printable.of(change.path()) + "' below what is no folder");
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
    target.inode.mode = change.mode();
    target.inode.owner = change.owner();
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
