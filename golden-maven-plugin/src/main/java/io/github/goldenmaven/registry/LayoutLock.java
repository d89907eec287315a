package io.github.goldenmaven.registry;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Printable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps others from writing a layout's index.json, threads and processes alike: a lock on the file
 * {@code oci-layout}, which is never replaced, behind its end, so that anyone can still read it.
 */
final class LayoutLock implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long BEHIND_THE_END = Long.MAX_VALUE - 1;

  private final FileChannel channel;
  private final FileLock lock;

  private LayoutLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  static LayoutLock of(Path layoutFile) throws IOException {
    FileChannel channel =
        FileChannel.open(
            layoutFile,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    try {
      return new LayoutLock(channel, waitedFor(channel, layoutFile));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static FileLock waitedFor(FileChannel channel, Path layoutFile) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      FileLock lock = tried(channel);
      if (lock != null) {
        return lock;
      }
      Waiting.real().pause(Duration.ofMillis(10));
    }
    throw new UnavailableException(
        "Another build has been writing to the OCI layout '"
            + Printable.of(String.valueOf(layoutFile.getParent()))
            + "' for "
            + PATIENCE.toSeconds()
            + " seconds.",
        "Wait for it, or give each build a layout of its own in <image> (-Dgolden.image).");
  }

  private static @Nullable FileLock tried(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(BEHIND_THE_END, 1, false);
    } catch (OverlappingFileLockException e) {
      // Another thread of this JVM has it, perhaps through another class loader.
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      lock.release();
    }
  }
}
