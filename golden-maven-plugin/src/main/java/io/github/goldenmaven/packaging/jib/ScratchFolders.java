package io.github.goldenmaven.packaging.jib;

import com.google.cloud.tools.jib.filesystem.TempDirectoryProvider;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Folders for what jib unpacks. They stay after jib is done, since the layers are written later,
 * and are emptied by the next build: a build that was killed leaves nothing in the way.
 */
final class ScratchFolders extends TempDirectoryProvider {

  private final Path root;
  private int made;

  private ScratchFolders(Path root) {
    this.root = root;
  }

  /** Only a folder of our own inside the scratch folder is emptied. */
  static ScratchFolders emptied(Path scratch) {
    Path root = scratch.resolve("jib");
    try {
      if (Files.exists(root)) {
        delete(root);
      }
      return new ScratchFolders(root);
    } catch (IOException e) {
      throw new UnavailableException(
          "Cannot empty '" + Printable.of(root.toString()) + "'.",
          "Check that this user may write there, or choose another <outputDirectory> or"
              + " -Dgolden.outputDirectory.",
          e);
    }
  }

  @Override
  public Path newDirectory() throws IOException {
    made++;
    return Files.createDirectories(root.resolve(String.valueOf(made)));
  }

  @Override
  public Path newDirectory(Path parent) throws IOException {
    return newDirectory();
  }

  private static void delete(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
