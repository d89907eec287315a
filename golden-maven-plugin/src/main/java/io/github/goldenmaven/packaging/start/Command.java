package io.github.goldenmaven.packaging.start;

import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.packaging.classfile.StartedJava;
import io.github.goldenmaven.packaging.container.ServiceContainer;
import io.github.goldenmaven.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a container runs, word by word.
 *
 * @param words entrypoint, then arguments
 * @param entrypoint how many of them are the entrypoint
 */
record Command(List<String> words, int entrypoint) {

  private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash", "zsh", "jshell");

  /** What they run is the next word that is no option. */
  private static final Set<String> READERS = Set.of("sh", "bash", "ash", "dash", "zsh");

  /**
   * Scripts of official images that run the command after them, and nothing where there is none.
   */
  private static final Set<String> RUNNERS =
      Set.of("__cacert_entrypoint.sh", "tini", "dumb-init", "catatonit");

  /** Options of {@code java} that take the next word. */
  private static final Set<String> WITH_A_WORD =
      Set.of(
          "-cp",
          "-classpath",
          "--class-path",
          "-p",
          "--module-path",
          "--add-modules",
          "--add-opens",
          "--add-exports",
          "--add-reads",
          "--limit-modules",
          "--upgrade-module-path",
          "--patch-module",
          "--source");

  Command {
    words = List.copyOf(words);
  }

  static Command of(ImageConfig golden, ServiceContainer container) {
    List<String> entrypoint = container.entrypoint();
    return new Command(
        StartedJava.command(golden, container),
        entrypoint == null ? golden.runtime().strings("Entrypoint").size() : entrypoint.size());
  }

  String shown() {
    return Printable.of(String.join(" ", words));
  }

  String program() {
    return words.isEmpty() ? "" : words.get(0);
  }

  /** Whether it is nothing, a bare shell, or a JVM that is given nothing to run. */
  boolean startsNothing() {
    List<String> rest = new ArrayList<>(words);
    while (!rest.isEmpty() && isRunner(rest.get(0))) {
      rest.remove(0);
    }
    if (rest.size() == words.size() && entrypoint == 1 && rest.size() > 1) {
      // An entrypoint of one word that gets arguments is a script that runs them, or a program.
      rest.remove(0);
      return isBareShell(rest);
    }
    return rest.isEmpty() || isBareShell(rest) || new Command(rest, rest.size()).isIdleJava();
  }

  private static boolean isBareShell(List<String> command) {
    return SHELLS.contains(name(command.get(0)))
        && command.stream().skip(1).allMatch(word -> word.matches("-[il]|--login"));
  }

  /** Tells its version, or how it is used. */
  private boolean isIdleJava() {
    return isJava()
        && mainClass().isEmpty()
        && words.stream()
            .noneMatch(word -> word.startsWith("@") || word.equals("-m") || word.equals("--module"))
        && words.stream().noneMatch(word -> word.startsWith("--module="))
        && jar().isEmpty();
  }

  private Optional<String> jar() {
    int jar = words.indexOf("-jar");
    return isJava() && jar > 0 && jar + 1 < words.size()
        ? Optional.of(words.get(jar + 1))
        : Optional.empty();
  }

  private static boolean isRunner(String word) {
    return RUNNERS.contains(name(word)) || word.equals("--") || word.equals("-g");
  }

  /**
   * Absolute paths of files without which it cannot run: its program, where it is named by a path;
   * what a shell reads; the jar of {@code java -jar}.
   */
  List<String> filesNeeded(String workingDirectory) {
    List<String> needed = new ArrayList<>();
    if (program().contains("/")) {
      needed.add(program());
    }
    if (READERS.contains(name(program())) && words.size() > 1 && !words.get(1).startsWith("-")) {
      needed.add(words.get(1));
    }
    jar().ifPresent(needed::add);
    return needed.stream().flatMap(file -> absolute(workingDirectory, file).stream()).toList();
  }

  /** Empty for what is no plain path, which is another's to judge. */
  private static Optional<String> absolute(String folder, String file) {
    String plain = file.replaceAll("/(\\./)+", "/").replaceFirst("^(\\./)+", "");
    String path = plain.startsWith("/") ? plain : folder.replaceAll("/+$", "") + "/" + plain;
    return path.contains("$") || path.contains("/../")
        ? Optional.empty()
        : Optional.of(path.replaceAll("/+", "/"));
  }

  private boolean isJava() {
    return name(program()).equals("java");
  }

  /** The class that {@code java} is to start. */
  Optional<String> mainClass() {
    if (!isJava()) {
      return Optional.empty();
    }
    for (int at = 1; at < words.size(); at++) {
      String word = words.get(at);
      if (word.equals("-jar")
          || word.equals("-m")
          || word.equals("--module")
          || word.startsWith("@")) {
        return Optional.empty();
      }
      if (WITH_A_WORD.contains(word)) {
        at++;
      } else if (!word.startsWith("-")) {
        return Optional.of(word.replace('/', '.')).filter(name -> name.matches("[\\w.$]+"));
      }
    }
    return Optional.empty();
  }

  private static String name(String program) {
    return program.substring(program.lastIndexOf('/') + 1);
  }
}
