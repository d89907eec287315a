package io.github.goldenmaven.packaging.layers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** File names of dependencies in an image, where all of them share one folder. */
public final class LibraryNames {

  private LibraryNames() {}

  /**
   * The names in order of the files, each another. Like jib, names that two files share get the
   * file's size: {@code util.jar} becomes {@code util-1234.jar}. Where that is taken too, which jib
   * does not look at, a number follows in the order of the class path: {@code util-1234-2.jar}.
   */
  public static List<String> of(List<Path> files) {
    Map<String, Long> counts =
        files.stream()
            .map(LibraryNames::name)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    List<String> wanted = new ArrayList<>();
    for (Path file : files) {
      String name = name(file);
      wanted.add(counts.getOrDefault(name, 1L) > 1 ? withSize(name, file) : name);
    }
    return distinct(wanted);
  }

  /** The first to want a name gets it; nobody else gets a name that another wants. */
  private static List<String> distinct(List<String> wanted) {
    Set<String> reserved = new HashSet<>(wanted);
    Set<String> given = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (String name : wanted) {
      String free = name;
      for (int number = 2; !given.add(free); number++) {
        String next = numbered(name, number);
        free = reserved.contains(next) ? free : next;
      }
      names.add(free);
    }
    return names;
  }

  private static String numbered(String name, int number) {
    return stem(name) + "-" + number + name.substring(stem(name).length());
  }

  /** jib's rule to the letter: what does not end with .jar only gets that ending. */
  private static String withSize(String name, Path file) {
    return stem(name) + (name.endsWith(".jar") ? "-" + FileTree.size(file) : "") + ".jar";
  }

  private static String stem(String name) {
    return name.endsWith(".jar") ? name.substring(0, name.length() - ".jar".length()) : name;
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
