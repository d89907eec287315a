package io.github.goldenmaven.bake.files;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.files.FileNames;
import io.github.goldenmaven.files.Glob;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.golden.definition.Source;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of this machine that golden.yaml names.
 *
 * @param artifacts where those come from that Maven coordinates name
 */
public record LocalFiles(GoldenDefinition definition, Artifacts artifacts) {

  private static final String BEGINS_A_GLOB = "*?[{\\";

  /** Whether it may name several files. */
  public static boolean isGlob(String written) {
    return written.chars().anyMatch(c -> BEGINS_A_GLOB.indexOf(c) >= 0);
  }

  /**
   * The file that an agent or a tool is.
   *
   * @param key where it stands: {@code tools[0]}
   */
  public Path of(Source source, String key) {
    if (source instanceof Source.Artifact artifact) {
      String place = key + ".artifact";
      return definition.told(place, () -> artifacts.resolve(artifact.coordinates(), place));
    }
    return file(((Source.OnDisk) source).written(), key + ".file");
  }

  /** A file or folder that is there. */
  public Path existing(String written, String key) {
    Path existing = there(written, key);
    if (!Files.isRegularFile(existing) && !Files.isDirectory(existing)) {
      throw definition.refused(
          key,
          "'" + Printable.of(written) + "' is not a regular file.",
          "Name a file or a folder, no pipe and no device.");
    }
    return existing;
  }

  private Path there(String written, String key) {
    return find(written, key)
        .filter(Files::exists)
        .orElseThrow(
            () ->
                definition.refused(
                    key,
                    "'" + Printable.of(written) + "' does not exist.",
                    "Name a file or a folder that does; a relative path starts at the folder of"
                        + " golden.yaml."));
  }

  private Path file(String written, String key) {
    Path file = existing(written, key);
    if (!Files.isRegularFile(file)) {
      throw definition.refused(
          key, "'" + Printable.of(written) + "' is not a file.", "Name one file.");
    }
    return file;
  }

  /** One file, or all that a glob matches, by name; at least one. */
  public List<Path> files(String written, String key) {
    return isGlob(written) ? matching(written, key) : List.of(file(written, key));
  }

  private List<Path> matching(String written, String key) {
    int first = 0;
    while (BEGINS_A_GLOB.indexOf(written.charAt(first)) < 0) {
      first++;
    }
    int folderEnd = written.lastIndexOf('/', first) + 1;
    String pattern = written.substring(folderEnd);
    Glob glob = Glob.parse("'" + key + "'", pattern);
    int depth =
        pattern.contains("**")
            ? Integer.MAX_VALUE
            : (int) pattern.chars().filter(c -> c == '/').count() + 1;
    Optional<Path> root = find(written.substring(0, folderEnd), key).filter(Files::isDirectory);
    List<Path> files = root.map(folder -> below(folder, depth, glob)).orElse(List.of());
    if (files.isEmpty()) {
      throw definition.refused(
          key,
          "'" + Printable.of(written) + "' matches no file.",
          "Fix the glob, or put the files there; it starts at the folder of golden.yaml, and '**'"
              + " goes through folders.");
    }
    return files;
  }

  private static List<Path> below(Path folder, int depth, Glob glob) {
    Map<String, Path> matching = new TreeMap<>();
    Path root = real(folder);
    try (Stream<Path> walk = Files.walk(root, depth)) {
      walk.filter(Files::isRegularFile)
          .forEach(
              file -> {
                String name = FileNames.utf8(file, root.relativize(file).getNameCount());
                if (glob.matches(name)) {
                  matching.put(name, file);
                }
              });
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(root, e);
    }
    return List.copyOf(matching.values());
  }

  /** A path's text goes through the locale, the names on the disk need not. */
  private Optional<Path> find(String written, String key) {
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(written)) {
      return named(written);
    }
    try {
      return Optional.of(definition.folder().resolve(written).normalize());
    } catch (InvalidPathException e) {
      throw definition.refused(
          key,
          "'" + Printable.of(written) + "' is not a path: " + Printable.of(e.getReason()) + ".",
          "Name a file or a folder.");
    }
  }

  private Optional<Path> named(String written) {
    Path root = definition.folder().getRoot();
    Optional<Path> path = Optional.of(written.startsWith("/") ? root : definition.folder());
    for (String part : written.split("/", -1)) {
      path = path.flatMap(folder -> child(folder, part));
    }
    return path.map(Path::normalize);
  }

  private static Optional<Path> child(Path folder, String name) {
    if (name.isEmpty() || name.equals(".")) {
      return Optional.of(folder);
    }
    if (name.equals("..")) {
      return Optional.ofNullable(folder.getParent());
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(child -> FileNames.utf8(child, 1).equals(name)).findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Without links. */
  public static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  public static UnavailableException unreadable(Path path, Exception cause) {
    return new UnavailableException(
        "Cannot read '" + Printable.of(path.toString()) + "'.",
        "Check that it is still there and that this user may read it.",
        cause);
  }

  public static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }
}
