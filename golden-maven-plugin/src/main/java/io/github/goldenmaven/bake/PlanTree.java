package io.github.goldenmaven.bake;

import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.text.Printable;
import io.github.goldenmaven.text.Size;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Draws a plan as a tree of paths, for people. */
final class PlanTree {

  private final List<String> lines = new ArrayList<>();

  private PlanTree() {}

  /** One line for each folder and each path. */
  static List<String> of(BakePlan plan) {
    PlanTree tree = new PlanTree();
    Branch root = new Branch();
    for (PlannedPath path : plan.paths()) {
      root.at(path.path().split("/", -1)).planned = path;
    }
    plan.folders().forEach(folder -> root.at(folder.entry().path().split("/", -1)).made = true);
    tree.lines.add("/");
    tree.draw(root, "");
    return tree.lines;
  }

  /** A name, what is planned for it, and the names below it. */
  private static final class Branch {
    private final Map<String, Branch> below = new TreeMap<>();
    private @Nullable PlannedPath planned;

    /** A folder that the official image lacks and nobody asked for. */
    private boolean made;

    Branch at(String[] names) {
      Branch branch = this;
      for (String name : names) {
        branch = branch.below.computeIfAbsent(name, none -> new Branch());
      }
      return branch;
    }
  }

  private void draw(Branch branch, String indent) {
    Iterator<Map.Entry<String, Branch>> entries = branch.below.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<String, Branch> entry = entries.next();
      boolean last = !entries.hasNext();
      Branch child = entry.getValue();
      StringBuilder name = new StringBuilder(Printable.of(entry.getKey()));
      // Folders nobody asked for, with one thing in them, need no line of their own, but for the
      // last one that has to be made.
      while (child.planned == null && child.below.size() == 1) {
        Map.Entry<String, Branch> only = child.below.entrySet().iterator().next();
        if (child.made && !only.getValue().made) {
          break;
        }
        name.append('/').append(Printable.of(only.getKey()));
        child = only.getValue();
      }
      lines.add(indent + (last ? "└── " : "├── ") + name + told(child));
      draw(child, indent + (last ? "    " : "│   "));
    }
  }

  private static String told(Branch branch) {
    PlannedPath planned = branch.planned;
    if (planned == null) {
      return branch.made ? "/  added" : "/";
    }
    LayerEntry entry = planned.addition().entry();
    String kind = "";
    if (entry instanceof LayerEntry.File file) {
      kind = ", " + new Size(file.size());
    } else if (entry instanceof LayerEntry.SymbolicLink link) {
      kind = " -> " + Printable.of(link.target());
    }
    return (entry instanceof LayerEntry.Directory ? "/" : "")
        + "  "
        + planned.change().word()
        + kind
        + " ("
        + planned.addition().origin()
        + ")";
  }
}
