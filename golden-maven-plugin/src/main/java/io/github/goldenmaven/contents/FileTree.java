package io.github.goldenmaven.contents;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.oci.layer.TarEntry;
import io.github.goldenmaven.text.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private static final int FOLDER_MODE = 0755;

  /** Parts of paths and of links, and names in folders that are emptied: some seconds' work. */
  private static final long MAX_STEPS = 30_000_000;

  private final Place root;

  /** Of layers that were put on. */
  private int layers;

  private long steps;

  /** An empty one. */
  FileTree() {
    this.root = folder();
  }

  /** A name in a folder, and all that is below it. */
  static final class Place {

    /** Its own entry's, or that of the file that it is a hard link to. */
    private ContentEntry content;

    private Map<String, Place> below = Map.of();

    /** The last layer with an entry for it; 0 for none. */
    private int brought;

    /** The last layer with an entry below it. */
    private int touched;

    Place(ContentEntry content) {
      this.content = content;
    }

    /** What is in it, by name; not to be written to. */
    Map<String, Place> below() {
      return below;
    }

    TarEntry.Type type() {
      return content.type();
    }

    int mode() {
      return content.mode();
    }

    Owner owner() {
      return new Owner((int) content.uid(), (int) content.gid());
    }

    /** Size, hash, link target and kept bytes; path, mode and owner may be another hard link's. */
    ContentEntry content() {
      return content;
    }

    boolean isFolder() {
      return type() == TarEntry.Type.DIRECTORY;
    }

    boolean isOf(int layer) {
      return brought == layer || touched == layer;
    }

    List<String> names() {
      return below.keySet().stream().sorted().toList();
    }

    /** Whether this layer has an entry for it. */
    boolean isBroughtBy(int layer) {
      return brought == layer;
    }

    /** Says its entry, in this layer, anew. */
    void bring(ContentEntry entry, int layer) {
      content = entry;
      brought = layer;
    }

    /** Notes that this layer has an entry below it. */
    void touch(int layer) {
      touched = layer;
    }

    void put(String name, Place place) {
      if (below.isEmpty()) {
        below = new HashMap<>();
      }
      below.put(name, place);
    }

    void remove(String name) {
      if (!below.isEmpty()) {
        below.remove(name);
      }
    }
  }

  /** One that no layer has an entry for. */
  static Place folder() {
    return new Place(
        new ContentEntry(TarEntry.Type.DIRECTORY, "", "", FOLDER_MODE, 0, 0, List.of()));
  }

  /**
   * Puts a layer onto those below.
   *
   * @param what the layer, as a sentence begins
   * @throws RefusedException where runtimes differ on what comes of it
   */
  void apply(String what, LayerContents layer) {
    new LayerApplication(this, what, ++layers).apply(layer);
  }

  /**
   * Where a path led to.
   *
   * @param parts of the path without links
   * @param places of each part; shorter where the last parts are not there
   * @param crossed the links on the way, in order, each with its path
   */
  record Walk(List<String> parts, List<Place> places, Map<String, Place> crossed) {

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
    Walker walker = new Walker(toTheEnd);
    if (!LinkWalk.follow(path, walker)) {
      throw circle(path);
    }
    return walker.walk;
  }

  private final class Walker implements LinkWalk.Position {

    private final Walk walk = new Walk(new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>());
    private final boolean toTheEnd;

    Walker(boolean toTheEnd) {
      this.toTheEnd = toTheEnd;
    }

    @Override
    public @Nullable String enter(String name, boolean last) {
      step(1);
      Place folder = end(walk);
      Place next = folder == null ? null : folder.below().get(name);
      if (next == null || next.type() != TarEntry.Type.SYMBOLIC_LINK || (last && !toTheEnd)) {
        walk.parts().add(name);
        if (next != null) {
          walk.places().add(next);
        }
        return null;
      }
      walk.crossed().putIfAbsent(walk.parts().isEmpty() ? name : walk.path() + "/" + name, next);
      return next.content().link();
    }

    @Override
    public void leave() {
      step(1);
      if (walk.places().size() == walk.parts().size() && !walk.places().isEmpty()) {
        walk.places().remove(walk.places().size() - 1);
      }
      if (!walk.parts().isEmpty()) {
        walk.parts().remove(walk.parts().size() - 1);
      }
    }

    @Override
    public void toRoot() {
      walk.parts().clear();
      walk.places().clear();
    }
  }

  /** Counts work. */
  void step(int more) {
    steps += more;
    if (steps > MAX_STEPS) {
      throw new RefusedException(
          "The layers of the official image take more than "
              + MAX_STEPS
              + " steps to be put onto one another.",
          "Name another official image in 'from' of golden.yaml: in this one paths lead through too"
              + " many links and folders.");
    }
  }

  /** The folder that all others are in. */
  Place root() {
    return root;
  }

  /** What stands where a walk ended; {@code null} for nothing. */
  @Nullable Place end(Walk walk) {
    return walk.places().size() < walk.parts().size() ? null : last(walk);
  }

  /** The last place that is there. */
  Place last(Walk walk) {
    return walk.places().isEmpty() ? root : walk.places().get(walk.places().size() - 1);
  }

  private static RefusedException circle(String path) {
    return new RefusedException(
        "'/"
            + Printable.of(path)
            + "' of the official image leads through more than "
            + LinkWalk.MAX_LINKS
            + " symbolic links, perhaps in a circle.",
        "Name another path, or another official image in 'from' of golden.yaml.");
  }
}
