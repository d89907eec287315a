package io.github.goldenmaven.mojo;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder of one run's own, for what is read again before it ends; gone afterwards. */
record WorkFolder(Path path) implements AutoCloseable {

  /** Makes one below this folder. */
  static WorkFolder in(Path folder) {
    try {
      Files.createDirectories(folder);
      return new WorkFolder(Files.createTempDirectory(folder, "run-"));
    } catch (IOException e) {
      throw new UnavailableException(
          "No work folder can be made in '" + Printable.of(folder.toString()) + "'.",
          "Make room or mend its rights, or name another folder in <cache> or -Dgolden.cache.",
          e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // It is below the cache, which is safe to delete; the goal's own outcome matters more.
      return;
    }
  }
}
