package io.github.goldenmaven.packaging.layers;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.assembly.ContainerPath;
import io.github.goldenmaven.files.FileNames;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.text.Printable;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What lies in a folder of the project, read in one walk. */
final class FileTree {

  static final int FILE_MODE = 0644;

  /**
   * One file or folder. A link stands for what it points to, as in jib: a link to a file is that
   * file, a link to a folder an empty folder.
   *
   * @param relative path inside the walked folder, with slashes
   * @param size in bytes; 0 for a folder
   */
  record Node(Path path, String relative, boolean folder, long size) {

    boolean isClass() {
      return !folder && relative.endsWith(".class");
    }

    /** This node as a layer's entry. */
    LayerEntry at(ContainerPath place, int mode, Instant modified) {
      return folder
          ? new LayerEntry.Directory(place.inLayer(), mode, Owner.ROOT, modified)
          : file(path, size, place, mode, modified);
    }

    int defaultMode() {
      return folder ? ImageFolders.FOLDER_MODE : FILE_MODE;
    }
  }

  private FileTree() {}

  /** Everything below the root, which is left out itself; sorted by path. */
  static List<Node> under(Path root) {
    List<Node> nodes = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              if (!folder.equals(root)) {
                nodes.add(new Node(folder, relative(root, folder), true, 0));
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              nodes.add(node(root, file, attributes));
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw unreadable(root, e);
    }
    nodes.sort(Comparator.comparing(Node::relative));
    return nodes;
  }

  /** A file on disk as a layer's entry. */
  static LayerEntry file(Path file, long size, ContainerPath place, int mode, Instant modified) {
    return new LayerEntry.File(
        place.inLayer(), size, new LayerEntry.OnDisk(file), mode, Owner.ROOT, modified);
  }

  static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static UnavailableException unreadable(Path path, IOException cause) {
    return new UnavailableException(
        "Cannot read '" + Printable.of(path.toString()) + "'.",
        "Check that it is still there and that this user may read it.",
        cause);
  }

  private static Node node(Path root, Path file, BasicFileAttributes attributes)
      throws IOException {
    if (attributes.isRegularFile()) {
      return new Node(file, relative(root, file), false, attributes.size());
    }
    if (Files.isDirectory(file)) {
      return new Node(file, relative(root, file), true, 0);
    }
    if (Files.isRegularFile(file)) {
      return new Node(file, relative(root, file), false, Files.size(file));
    }
    throw new RefusedException(
        "'" + Printable.of(file.toString()) + "' is neither a file nor a folder.",
        "Remove it, or fix the link if it is one.");
  }

  private static String relative(Path root, Path path) {
    String relative = root.relativize(path).toString().replace(File.separatorChar, '/');
    return StandardCharsets.US_ASCII.newEncoder().canEncode(relative)
        ? relative
        : FileNames.utf8(path, root.relativize(path).getNameCount());
  }
}
