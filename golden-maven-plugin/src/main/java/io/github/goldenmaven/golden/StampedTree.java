package io.github.goldenmaven.golden;

import io.github.goldenmaven.provenance.GoldenTree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * A golden image's files as far as its label tells: enough to know places, and no more. What is
 * below a name that the label has is taken for there, unless the label says that it is empty.
 */
public final class StampedTree implements ImageTree {

  private static final String FOLDER = "/";

  private final NavigableSet<String> names = new TreeSet<>();
  private final Set<String> empty = new TreeSet<>();
  private final Set<String> links;

  /** In these every name is told. */
  private final PathSet listed;

  private final PathSet kept;
  private final PathSet jvms;

  public StampedTree(GoldenTree tree) {
    for (String name : tree.names()) {
      names.add(bare(name));
      if (name.endsWith(FOLDER)) {
        empty.add(bare(name));
      }
    }
    links = new TreeSet<>(tree.links());
    listed = new PathSet(Given.withDefault(tree.given()));
    kept = new PathSet(tree.kept().stream().map(StampedTree::bare).toList());
    jvms =
        new PathSet(
            tree.kept().stream()
                .filter(path -> path.endsWith(FOLDER))
                .map(StampedTree::bare)
                .toList());
  }

  private static String bare(String name) {
    return name.endsWith(FOLDER) ? name.substring(0, name.length() - 1) : name;
  }

  /** What no place has, whatever the golden image lacks there. */
  public PathSet kept() {
    return kept;
  }

  /** Whether the label has this very path. */
  public boolean tells(String path) {
    return path.isEmpty() || names.contains(path);
  }

  /** Homes of its JVMs, as far as they matter to places. */
  public PathSet jvms() {
    return jvms;
  }

  /**
   * What a label tells of these files.
   *
   * @param given absolute
   */
  public static List<String> names(ImageTree tree, Collection<String> given, PathSet kept) {
    Set<String> told = new TreeSet<>();
    for (String name : tree.names("")) {
      told.add(shown(tree, name));
      if (Places.OPEN.contains(name)) {
        tree.names(name).forEach(below -> told.add(shown(tree, name + "/" + below)));
      }
      if (!Places.isSystem(name)) {
        tree.below(name).stream()
            .filter(path -> tree.isEmptyFolder(path) && !kept.covers(path))
            .forEach(path -> told.add(shown(tree, path)));
      }
    }
    for (String path : Given.withDefault(given)) {
      if (tree.has(path)) {
        told.add(shown(tree, path));
      }
      tree.below(path).forEach(below -> told.add(shown(tree, below)));
    }
    return List.copyOf(told);
  }

  private static String shown(ImageTree tree, String path) {
    return tree.isEmptyFolder(path) ? path + FOLDER : path;
  }

  /**
   * Which of the names that are told are links, or files where files are not told apart.
   *
   * @param given absolute
   */
  public static List<String> links(ImageTree tree, List<String> names, Collection<String> given) {
    PathSet listed = new PathSet(Given.withDefault(given));
    return names.stream()
        .filter(name -> tree.type(name) == Type.LINK || (tree.isFile(name) && !listed.covers(name)))
        .toList();
  }

  /**
   * Of what is kept that of which a place could be.
   *
   * @param given absolute
   */
  public static List<String> kept(PathSet kept, PathSet jvms, Collection<String> given) {
    PathSet givenPaths = new PathSet(Given.withDefault(given));
    List<String> told = new ArrayList<>();
    for (String path : kept.all()) {
      if (!Places.isSystem(path) || givenPaths.covers(path) || givenPaths.isAbove(path)) {
        told.add(jvms.has(path) ? path + FOLDER : path);
      }
    }
    return told;
  }

  @Override
  public Type type(String path) {
    if (links.contains(path)) {
      return Type.LINK;
    }
    if (path.isEmpty() || names.contains(path)) {
      return isListedFile(path) ? Type.FILE : Type.FOLDER;
    }
    String above = PathSet.parent(path);
    boolean told =
        above.isEmpty()
            || Places.OPEN.contains(above)
            || empty.contains(above)
            || listed.covers(path);
    return told || type(above) == Type.NOTHING ? Type.NOTHING : Type.FOLDER;
  }

  /** Where every name is told a folder ends with a slash, or has something in it. */
  private boolean isListedFile(String path) {
    String below = names.ceiling(path + FOLDER);
    return listed.covers(path)
        && !empty.contains(path)
        && (below == null || !below.startsWith(path + FOLDER));
  }

  /** Nobody can tell. */
  @Override
  public List<String> names(String folder) {
    return List.of();
  }

  @Override
  public boolean isEmptyFolder(String path) {
    return empty.contains(path);
  }

  @Override
  public String resolve(String path) {
    return path;
  }
}
