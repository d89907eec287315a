package io.github.goldenmaven.bake;

import io.github.goldenmaven.bake.files.Additions;
import io.github.goldenmaven.bake.files.LocalFiles;
import io.github.goldenmaven.files.FileNames;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.golden.definition.GoldenDefinition.AddedFile;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a folder of this machine becomes in the image. Modes and owners are golden.yaml's and never
 * the disk's: those follow the umask of whoever checked the folder out, and Windows has none. Links
 * stay links, as long as they lead to what comes along; the folder itself may be one.
 *
 * @param place where the folder's content goes, as in a layer; empty for the root
 */
record DiskTree(Path root, String place, AddedFile added, GoldenDefinition definition, String key) {

  private static final int FILE_MODE = 0644;
  private static final int MAY_READ = 0444;

  DiskTree {
    // A walk does not begin at a link.
    root = LocalFiles.real(root);
  }

  /** Of the folder and all below it, in no order. */
  List<LayerEntry> entries() {
    List<LayerEntry> entries = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(root)) {
      walk.forEach(path -> entry(path, entries));
    } catch (IOException | UncheckedIOException e) {
      throw LocalFiles.unreadable(root, e);
    }
    return entries;
  }

  private void entry(Path path, List<LayerEntry> entries) {
    String relative =
        path.equals(root) ? "" : FileNames.utf8(path, root.relativize(path).getNameCount());
    String inLayer =
        place.isEmpty() || relative.isEmpty() ? place + relative : place + "/" + relative;
    if (inLayer.isEmpty()) {
      return;
    }
    if (relative.startsWith(".wh.") || relative.contains("/.wh.")) {
      throw definition.refused(
          key + ".from",
          "'" + Printable.of(relative) + "' has a name that removes files in a layer.",
          "Rename it: names in an image do not begin with '.wh.'.");
    }
    int mode = added.mode().orElse(FILE_MODE);
    if (Files.isSymbolicLink(path) && !path.equals(root)) {
      entries.add(link(path, relative, inLayer));
    } else if (Files.isDirectory(path)) {
      entries.add(
          new LayerEntry.Directory(inLayer, folderMode(mode), added.owner(), Additions.TIME));
    } else if (Files.isRegularFile(path)) {
      entries.add(BakedFiles.file(path, inLayer, mode, added.owner()));
    } else {
      throw refused(relative, "is neither a file nor a folder", "Take it out of the folder.");
    }
  }

  /** Who may read a file of such a mode may also pass through the folder. */
  private static int folderMode(int fileMode) {
    return (fileMode | (fileMode & MAY_READ) >> 2) & 0777;
  }

  private LayerEntry link(Path path, String relative, String inLayer) {
    Path target;
    try {
      target = Files.readSymbolicLink(path);
    } catch (IOException e) {
      throw LocalFiles.unreadable(path, e);
    }
    Path folder = path.getParent();
    if (target.isAbsolute()
        || folder == null
        || !folder.resolve(target).normalize().startsWith(root)) {
      throw refused(
          relative,
          "is a link that leads out of the folder, to '" + Printable.of(target.toString()) + "'",
          "Copy the file there, or write a link in the image under 'links'.");
    }
    return new LayerEntry.SymbolicLink(
        inLayer, FileNames.utf8(target, target.getNameCount()), added.owner(), Additions.TIME);
  }

  private io.github.goldenmaven.RefusedException refused(
      String relative, String fault, String remedy) {
    return definition.refused(
        key + ".from",
        "'" + Printable.of(relative) + "' in '" + Printable.of(added.from()) + "' " + fault + ".",
        remedy);
  }
}
