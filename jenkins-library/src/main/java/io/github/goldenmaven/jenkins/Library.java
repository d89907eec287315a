package io.github.goldenmaven.jenkins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A shared library as Jenkins retrieves it: only what its include list names ({@code
 * src/**.groovy}, {@code vars/*.groovy}, {@code vars/*.txt}, {@code resources/}), and nothing at
 * all from a checkout with a symbolic link in it (SECURITY-3727).
 *
 * @param name what {@code @Library} calls it
 * @param trusted whether it runs outside the sandbox, as a global library does; a folder's library
 *     never does
 * @param files the retrieved files, by their path with {@code /} under the library's root
 */
public record Library(String name, boolean trusted, Map<String, String> files) {

  /** Folders of a checkout that no library retrieval ever sees: build output and git's own. */
  private static final Set<String> NOT_CHECKED_OUT = Set.of(".git", "target");

  private static final Pattern VARIABLE = Pattern.compile("vars/[^/]+\\.(groovy|txt)");
  private static final long LARGEST_FILE = 1 << 20;

  public Library {
    files = Map.copyOf(files);
  }

  /**
   * A global library: trusted.
   *
   * @param root the checkout's root, the library path being empty
   * @throws IllegalArgumentException if Jenkins would reject the checkout
   */
  public static Library global(String name, Path root) {
    return new Library(name, true, retrieve(root));
  }

  /**
   * A folder's library: sandboxed.
   *
   * @param root the checkout's root, the library path being empty
   * @throws IllegalArgumentException if Jenkins would reject the checkout
   */
  public static Library folder(String name, Path root) {
    return new Library(name, false, retrieve(root));
  }

  /** The names of its global variables: {@code vars/NAME.groovy}. */
  public Set<String> variables() {
    return files.keySet().stream()
        .filter(path -> path.startsWith("vars/") && path.endsWith(".groovy"))
        .map(path -> path.substring("vars/".length(), path.length() - ".groovy".length()))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Map<String, String> retrieve(Path root) {
    Map<String, String> files = new TreeMap<>();
    try {
      Files.walkFileTree(root, new Retrieval(root, files));
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot read the library '" + root + "'", failed);
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException(
          "the library '"
              + root
              + "' has neither vars nor src, nothing that Jenkins would load. Name its root, the"
              + " folder that holds vars.");
    }
    return files;
  }

  private static boolean included(String path) {
    return (path.startsWith("src/") && path.endsWith(".groovy"))
        || VARIABLE.matcher(path).matches()
        || path.startsWith("resources/");
  }

  private static final class Retrieval extends SimpleFileVisitor<Path> {
    private final Path root;
    private final Map<String, String> files;

    private Retrieval(Path root, Map<String, String> files) {
      this.root = root;
      this.files = files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return !folder.equals(root) && NOT_CHECKED_OUT.contains(folder.getFileName().toString())
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      String path = root.relativize(file).toString().replace('\\', '/');
      if (attributes.isSymbolicLink()) {
        throw new IllegalArgumentException(
            "Jenkins rejects the library: '"
                + path
                + "' is a symbolic link (SECURITY-3727). Commit a plain file in its place.");
      }
      if (included(path)) {
        if (!attributes.isRegularFile()) {
          throw new IllegalArgumentException(
              "'" + path + "' is a pipe or a device. Commit a plain file in its place.");
        }
        if (attributes.size() > LARGEST_FILE) {
          throw new IllegalArgumentException(
              "'" + path + "' has more than 1 MiB. A library contains steps, not data.");
        }
        files.put(path, Files.readString(file));
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
