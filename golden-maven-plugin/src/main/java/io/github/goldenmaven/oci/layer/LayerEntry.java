package io.github.goldenmaven.oci.layer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry to write into a layer. {@code path} is relative to the image's root, with {@code /}
 * between its parts, none before it and none after it: {@code app/libs/orders.jar}.
 */
public sealed interface LayerEntry {

  String path();

  /** Permission bits, {@code 0} to {@code 07777}. */
  int mode();

  Owner owner();

  /** Whole seconds are written. */
  Instant modified();

  /** Numeric user and group. */
  record Owner(int uid, int gid) {
    public static final Owner ROOT = new Owner(0, 0);

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Owner owner && uid == owner.uid && gid == owner.gid;
    }

    @Override
    public int hashCode() {
      return 31 * uid + gid;
    }
  }

  /** Opens a file's bytes; opened once for each time the layer is written. */
  @FunctionalInterface
  interface Content {
    InputStream open() throws IOException;
  }

  /** The bytes of a file on this machine. */
  record OnDisk(Path file) implements Content {
    @Override
    public InputStream open() throws IOException {
      return Files.newInputStream(file);
    }
  }

  /**
   * A regular file.
   *
   * @param size in bytes; the writer refuses content of another length
   */
  record File(String path, long size, Content content, int mode, Owner owner, Instant modified)
      implements LayerEntry {}

  /** A directory. */
  record Directory(String path, int mode, Owner owner, Instant modified) implements LayerEntry {}

  /** A symbolic link; {@code target} is written as it is. */
  record SymbolicLink(String path, String target, Owner owner, Instant modified)
      implements LayerEntry {
    @Override
    public int mode() {
      return 0777;
    }
  }
}
