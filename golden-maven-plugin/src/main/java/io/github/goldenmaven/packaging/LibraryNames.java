package io.github.goldenmaven.packaging;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** File names of dependencies in an image, where all of them share one folder. */
final class LibraryNames {

  private LibraryNames() {}

  /**
   * The names in order of the files. Like jib, names that two files share get the file's size:
   * {@code util.jar} becomes {@code util-1234.jar}.
   */
  static List<String> of(List<Path> files) {
    Map<String, Long> counts =
        files.stream()
            .map(LibraryNames::name)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    List<String> names = new ArrayList<>();
    for (Path file : files) {
      String name = name(file);
      names.add(counts.getOrDefault(name, 1L) > 1 ? withSize(name, file) : name);
    }
    return names;
  }

  /** jib's rule to the letter: what does not end with .jar only gets that ending. */
  private static String withSize(String name, Path file) {
    String stem =
        name.endsWith(".jar")
            ? name.substring(0, name.length() - ".jar".length()) + "-" + FileTree.size(file)
            : name;
    return stem + ".jar";
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
