package io.github.goldenmaven.packaging.layers;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What has been planned for each path of an image. One path has one content: of two files that
 * differ only one would be there, and nobody would know which was meant. The same bytes twice are
 * one file, and names that differ in case are two, as on Linux.
 */
final class PlannedPaths {

  private static final int MAX_TOLD = 10;

  /** An entry and the layer that brings it. */
  private record Planned(LayerEntry entry, String layer) {

    boolean isFolder() {
      return entry instanceof LayerEntry.Directory;
    }

    /** Where it comes from, for people. */
    String source() {
      String from = isFolder() ? "a folder" : "golden:build itself";
      return entry instanceof LayerEntry.File file
              && file.content() instanceof LayerEntry.OnDisk onDisk
          ? "'" + Printable.of(onDisk.file().toString()) + "' (" + layer + ")"
          : from + " (" + layer + ")";
    }
  }

  private final Map<String, Planned> byPath = new HashMap<>();

  /** A folder that a path needs above it, and the first path that does. */
  private final Map<String, Planned> folders = new HashMap<>();

  /** By path. */
  private final Map<String, String> clashes = new TreeMap<>();

  /**
   * The entries of one layer, each path once, the first of a path.
   *
   * @throws RefusedException when a path has two contents
   */
  static List<LayerEntry> once(String layer, List<LayerEntry> entries) {
    PlannedPaths planned = new PlannedPaths();
    planned.add(layer, entries);
    planned.requireOneContentEach();
    Map<String, LayerEntry> once = new LinkedHashMap<>();
    entries.forEach(entry -> once.putIfAbsent(entry.path(), entry));
    return List.copyOf(once.values());
  }

  /**
   * Holds the layers of a service to one content for each path.
   *
   * @throws RefusedException naming both sources of each path that has two
   */
  static void requireOneContentEach(List<ServiceLayer> layers) {
    PlannedPaths planned = new PlannedPaths();
    layers.forEach(layer -> planned.add(layer.name(), layer.entries()));
    planned.requireOneContentEach();
  }

  private void add(String layer, List<LayerEntry> entries) {
    for (LayerEntry entry : entries) {
      Planned added = new Planned(entry, layer);
      Planned before = byPath.putIfAbsent(entry.path(), added);
      if (before != null && !isSame(before.entry(), entry)) {
        clash(entry.path(), before, added);
      }
      needFoldersAbove(added);
      Planned inside = folders.get(entry.path());
      if (inside != null && !added.isFolder()) {
        clash(entry.path(), inside, added);
      }
    }
  }

  private void needFoldersAbove(Planned added) {
    String path = added.entry().path();
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      String folder = path.substring(0, slash);
      folders.putIfAbsent(folder, added);
      Planned there = byPath.get(folder);
      if (there != null && !there.isFolder()) {
        clash(folder, there, added);
      }
    }
  }

  private void clash(String path, Planned one, Planned other) {
    boolean both = one.entry().path().equals(other.entry().path());
    clashes.putIfAbsent(
        path,
        "'/"
            + Printable.of(path)
            + (both && one.isFolder() == other.isFolder()
                ? "' is there twice with different content: from "
                : "' is there once as a file and once as a folder: from ")
            + one.source()
            + " and from "
            + other.source()
            + ".");
  }

  private static boolean isSame(LayerEntry one, LayerEntry other) {
    if (one instanceof LayerEntry.File file && other instanceof LayerEntry.File second) {
      return file.size() == second.size()
          && (file.content().equals(second.content()) || hasSameBytes(file, second));
    }
    return one.getClass() == other.getClass()
        && (!(one instanceof LayerEntry.SymbolicLink link)
            || link.target().equals(((LayerEntry.SymbolicLink) other).target()));
  }

  private static boolean hasSameBytes(LayerEntry.File one, LayerEntry.File other) {
    try (InputStream first = one.content().open();
        InputStream second = other.content().open()) {
      byte[] read;
      do {
        read = first.readNBytes(64 * 1024);
        if (!Arrays.equals(read, second.readNBytes(64 * 1024))) {
          return false;
        }
      } while (read.length > 0);
      return true;
    } catch (IOException e) {
      throw FileTree.unreadable(Path.of(one.path()), e);
    }
  }

  private void requireOneContentEach() {
    if (clashes.isEmpty()) {
      return;
    }
    int more = clashes.size() - MAX_TOLD;
    throw new RefusedException(
        String.join(" ", clashes.values().stream().limit(MAX_TOLD).toList())
            + (more > 0 ? " So do " + more + " more." : ""),
        "Remove one of the two, or move it to another place: with <into> or <excludes> in"
            + " <extraDirectories>, with <container><appRoot>, or under another name in the"
            + " project.");
  }
}
