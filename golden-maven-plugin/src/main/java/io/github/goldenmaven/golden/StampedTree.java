package io.github.goldenmaven.golden;

import io.github.goldenmaven.provenance.GoldenTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A golden image's files as far as its label tells: enough to know places, and no more. What is
 * below a name that the label has is taken for there, unless the label says that it is empty.
 */
public final class StampedTree implements ImageTree {

  private static final String EMPTY = "/";

  private final Set<String> names = new TreeSet<>();
  private final Set<String> empty = new TreeSet<>();

  public StampedTree(GoldenTree tree) {
    for (String name : tree.names()) {
      String path = name.endsWith(EMPTY) ? name.substring(0, name.length() - 1) : name;
      names.add(path);
      if (name.endsWith(EMPTY)) {
        empty.add(path);
      }
    }
  }

  /** What a label tells of these files. */
  public static List<String> names(ImageTree tree) {
    List<String> told = new ArrayList<>();
    for (String name : tree.names("")) {
      tell(tree, name, told);
      if (Places.OPEN.contains(name)) {
        tree.names(name).forEach(below -> tell(tree, name + "/" + below, told));
      }
      if (!Places.isSystem(name)) {
        tree.names(name).forEach(below -> emptyBelow(tree, name + "/" + below, told, 4));
      }
    }
    return told.stream().distinct().sorted().toList();
  }

  private static void tell(ImageTree tree, String path, List<String> told) {
    told.add(tree.isEmptyFolder(path) ? path + EMPTY : path);
  }

  private static void emptyBelow(ImageTree tree, String path, List<String> told, int depth) {
    if (tree.isEmptyFolder(path)) {
      told.add(path + EMPTY);
    } else if (depth > 0 && tree.isFolder(path)) {
      tree.names(path).forEach(name -> emptyBelow(tree, path + "/" + name, told, depth - 1));
    }
  }

  @Override
  public Type type(String path) {
    if (path.isEmpty() || names.contains(path)) {
      return Type.FOLDER;
    }
    String above = PathSet.parent(path);
    boolean listed = above.isEmpty() || Places.OPEN.contains(above) || empty.contains(above);
    return listed || type(above) == Type.NOTHING ? Type.NOTHING : Type.FOLDER;
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
