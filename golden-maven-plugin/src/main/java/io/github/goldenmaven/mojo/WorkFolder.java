package io.github.goldenmaven.mojo;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder of one run's own, for what is read again before it ends; gone afterwards. */
public record WorkFolder(Path path) implements AutoCloseable {

  private static final String PREFIX = "run-";

  /** No run takes that long. */
  private static final Duration LONGEST = Duration.ofDays(1);

  /** Makes one below this folder, where those go that killed runs left. */
  public static WorkFolder in(Path folder) {
    try {
      Files.createDirectories(folder);
      deleteLeftOvers(folder, Instant.now().minus(LONGEST));
      return new WorkFolder(Files.createTempDirectory(folder, PREFIX));
    } catch (IOException e) {
      throw new UnavailableException(
          "No work folder can be made in '" + Printable.of(folder.toString()) + "'.",
          "Free some space or fix its permissions, or name another folder in <cache> or"
              + " -Dgolden.cache.",
          e);
    }
  }

  private static void deleteLeftOvers(Path folder, Instant oldest) throws IOException {
    try (DirectoryStream<Path> runs = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path run : runs) {
        if (Files.isDirectory(run, LinkOption.NOFOLLOW_LINKS)
            && Files.getLastModifiedTime(run).toInstant().isBefore(oldest)) {
          delete(run);
        }
      }
    }
  }

  @Override
  public void close() {
    delete(path);
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
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
