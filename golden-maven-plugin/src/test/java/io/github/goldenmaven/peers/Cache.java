package io.github.goldenmaven.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Base images that take long to make, kept between runs in {@code ~/.cache/golden-maven-peers}. One
 * process makes an image, the others wait; it appears whole or not at all.
 */
final class Cache {

  private static final Path FOLDER =
      Path.of(System.getProperty("user.home"), ".cache", "golden-maven-peers");

  private static final Map<String, Object> MAKING = new ConcurrentHashMap<>();

  private Cache() {}

  /**
   * The layout of this key, made first where it is not there.
   *
   * @param key names the recipe and its version; another recipe, another key
   * @param recipe fills an empty layout; the second folder is for its work
   */
  static LayoutFolder layout(String key, Recipe recipe) {
    Path layout = FOLDER.resolve(key);
    // A file's lock keeps processes apart, not the threads of one.
    synchronized (MAKING.computeIfAbsent(key, none -> new Object())) {
      return Files.exists(layout) ? LayoutFolder.at(layout) : made(key, layout, recipe);
    }
  }

  /**
   * The file of this key, made first where it is not there.
   *
   * @param recipe makes the file; the folder is for its work
   */
  static Path file(String key, FileRecipe recipe) throws IOException {
    Path file = FOLDER.resolve(key);
    synchronized (MAKING.computeIfAbsent(key, none -> new Object())) {
      Files.createDirectories(FOLDER);
      try (FileChannel channel =
              FileChannel.open(
                  FOLDER.resolve(key + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (lock.isValid() && !Files.exists(file)) {
          Path part = file.resolveSibling(key + ".part");
          Path work = file.resolveSibling(key + ".work");
          delete(work);
          Files.createDirectories(work);
          try {
            recipe.make(part, work);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
          } finally {
            delete(work);
          }
        }
      }
      return file;
    }
  }

  /** How a file is made. */
  @FunctionalInterface
  interface FileRecipe {
    void make(Path file, Path work) throws IOException;
  }

  private static LayoutFolder made(String key, Path layout, Recipe recipe) {
    try {
      Files.createDirectories(FOLDER);
      try (FileChannel channel =
              FileChannel.open(
                  FOLDER.resolve(key + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (lock.isValid() && !Files.exists(layout)) {
          make(layout, recipe);
        }
      }
      return LayoutFolder.at(layout);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How an image is made. */
  @FunctionalInterface
  interface Recipe {
    void make(LayoutFolder layout, Path work) throws IOException;
  }

  private static void make(Path layout, Recipe recipe) throws IOException {
    // Whoever left these was killed: nobody else is behind the lock.
    Path part = layout.resolveSibling(layout.getFileName() + ".part");
    Path work = layout.resolveSibling(layout.getFileName() + ".work");
    delete(part);
    delete(work);
    Files.createDirectories(work);
    try {
      recipe.make(LayoutFolder.at(part), work);
      Files.move(part, layout, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(work);
    }
  }

  /** Removes a folder with all that is in it, links as links. */
  static void delete(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      Consumer<Path> delete =
          file -> {
            try {
              Files.deleteIfExists(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          };
      files.sorted(Comparator.reverseOrder()).forEach(delete);
    }
  }
}
