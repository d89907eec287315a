package io.github.goldenmaven.cache;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Small files of a cache: they appear whole, other users of the machine can read them, and what
 * cannot be read counts as absent.
 */
public final class CacheFiles {

  private static final String PARTIAL = ".partial-";

  private CacheFiles() {}

  /** Where to write a file of this folder before it is moved to its place. */
  public static Path partial(Path folder) {
    return folder.resolve(PARTIAL + UUID.randomUUID());
  }

  /** What a file is to hold. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes a file of this folder, over an older one, creating the folder. */
  public static void write(Path folder, String name, byte[] bytes) throws IOException {
    write(folder, name, out -> out.write(bytes));
  }

  /** Writes a file of this folder that need not fit into memory. */
  public static void write(Path folder, String name, Content content) throws IOException {
    Files.createDirectories(folder);
    Path partial = partial(folder);
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(partial))) {
        content.writeTo(out);
      }
      Files.move(
          partial,
          folder.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /** Whether nobody but this process's user can have written a file of a cache. */
  public static boolean isOwn(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder != null && Ownership.isOwnFile(file) && Ownership.isOwnFolder(folder);
  }

  /** The file's bytes; empty where it is not there, cannot be read, or has more than the limit. */
  public static Optional<byte[]> read(Path file, int limit) {
    if (!Files.isRegularFile(file)) {
      // A pipe would be waited for.
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(limit + 1);
      return bytes.length > limit ? Optional.empty() : Optional.of(bytes);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether something that is done now and then was last done before this time, or never; it counts
   * as done from now on.
   *
   * @param name of an empty file in this folder, whose time is when it was last done
   */
  static boolean isDue(Path folder, String name, Instant before) {
    Path note = folder.resolve(name);
    try {
      if (Files.exists(note) && Files.getLastModifiedTime(note).toInstant().isAfter(before)) {
        return false;
      }
      write(folder, name, new byte[0]);
    } catch (IOException e) {
      // Without a note it is done each time.
      return true;
    }
    return true;
  }

  /** Notes that a file was used; another user's cannot be touched, and is used all the same. */
  public static void touch(Path file, Instant now) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(now));
    } catch (IOException e) {
      return;
    }
  }

  /**
   * Deletes files of these names, and what killed builds left half-written, that were last written
   * before this time. Whatever else lies there is not ours and stays.
   */
  static void prune(Path folder, Pattern names, Instant oldest) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (names.matcher(name).matches() || name.contains(PARTIAL)) {
          deleteIfOlder(file, oldest);
        }
      }
    } catch (IOException e) {
      // A cache that cannot be tidied up is no reason to fail a build: another one will.
      return;
    }
  }

  private static void deleteIfOlder(Path file, Instant oldest) {
    try {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // Another build was quicker, or it belongs to another user.
      return;
    }
  }
}
