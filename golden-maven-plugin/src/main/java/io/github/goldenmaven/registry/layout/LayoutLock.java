package io.github.goldenmaven.registry.layout;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.files.RegularFile;
import io.github.goldenmaven.registry.http.Backoff;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Lets one writer at a time change a layout, of all threads and processes.
 *
 * <p>The lock lies on a file of its own that nobody else opens: where locks are POSIX's, closing
 * any channel of a file gives up every lock the process has on it.
 */
final class LayoutLock {

  static final String FILE = ".golden.lock";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private LayoutLock() {}

  /** What is done while nobody else changes the layout. */
  @FunctionalInterface
  interface Change {
    void apply() throws IOException;
  }

  static void holding(Path folder, Change change) throws IOException {
    Path file = folder.toRealPath().resolve(FILE);
    RegularFile.require(file, "Remove it: builds make the file by which they wait for each other.");
    // An interned string is one object in all of the JVM, whichever class loader we came through.
    synchronized (("golden-maven layout " + file).intern()) {
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS)) {
        FileLock lock = await(channel, folder);
        try {
          change.apply();
        } finally {
          lock.release();
        }
      }
    }
  }

  private static FileLock await(FileChannel channel, Path folder) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
      Backoff.real().pause(Duration.ofMillis(10));
    }
    throw new UnavailableException(
        "Another build has been writing to the OCI layout '%s' for %s seconds."
            .formatted(Printable.of(folder.toString()), PATIENCE.toSeconds()),
        "Wait for it, or give each build a layout of its own in <image> (-Dgolden.image) or 'to'"
            + " of golden.yaml.");
  }
}
