package io.github.goldenmaven.verify.command;

import io.github.goldenmaven.golden.JvmSearch;
import io.github.goldenmaven.golden.PathSet;
import io.github.goldenmaven.provenance.jar.JarFacts;
import io.github.goldenmaven.verify.layers.GoldenContents;
import io.github.goldenmaven.verify.layers.ServiceContents;
import io.github.goldenmaven.verify.layers.ServiceFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which file a word of a command names: of the golden image, or of the service. */
public final class CommandFiles {

  private final GoldenContents golden;
  private final ServiceContents upper;
  private final String searched;
  private final String workingDirectory;

  /**
   * @param environment the golden image's
   * @param workingDirectory in which the command runs
   */
  public CommandFiles(
      GoldenContents golden,
      ServiceContents upper,
      Map<String, String> environment,
      String workingDirectory) {
    this.golden = golden;
    this.upper = upper;
    this.searched = environment.getOrDefault("PATH", JvmSearch.DEFAULT_PATH);
    this.workingDirectory = workingDirectory;
  }

  /**
   * A file.
   *
   * @param path links followed, without a slash before it; as it is written where nobody has it
   * @param services whether it is the service's, or could only be
   * @param isGoldens whether the golden image has it, or nobody else can
   */
  public record Found(String path, boolean services, boolean isGoldens) {

    String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }

  /** A program: by its path, or found as the PATH finds it. */
  Found program(String word) {
    if (word.contains("/")) {
      return file(word);
    }
    for (String folder : searched.split(":", -1)) {
      Found found = file((folder.isEmpty() ? "." : folder) + "/" + word);
      if (golden.isFile(found.path()) || upper.files().has(found.path())) {
        return found;
      }
    }
    return new Found(word, false, true);
  }

  /** A file by its path, from the working directory where it is relative. */
  public Found file(String word) {
    String absolute = word.startsWith("/") ? word : workingDirectory + "/" + word;
    String path = upper.links().follow(absolute).orElse("");
    boolean goldens = golden.has(path) && !upper.files().has(path);
    boolean services =
        !goldens && (upper.files().has(path) || golden.places().of(path).isPresent());
    return new Found(path, services, goldens || golden.places().isKept(path));
  }

  /** Whether a class path may name it: what is the golden image's, or where the service adds. */
  boolean isInPlace(String word) {
    String absolute = word.startsWith("/") ? word : workingDirectory + "/" + word;
    String path = upper.links().follow(absolute).orElse("");
    return golden.has(path)
        || upper.files().has(path)
        || golden.places().of(path).isPresent()
        || golden.places().of(path + "/x").isPresent();
  }

  /** Whether a program of the service's own lies in a JVM. */
  boolean isJvm(String program) {
    String folder = PathSet.parent(program);
    String home = PathSet.parent(folder);
    // A native image may have a libjvm.so of its own beside it, and never the launcher's library.
    return upper.files().anyBelow(home, "libjvm.so")
        || upper.files().anyBelow(home, "libjli.so")
        || upper.files().anyBelow(folder, "libjli.so");
  }

  /** Whether a path is that of the service's own JVM: its program, its home, or what is between. */
  boolean isOwnJvm(String word) {
    if (!word.contains("/")) {
      return false;
    }
    String path = file(word).path();
    ServiceFiles files = upper.files();
    return files.has(path)
        ? path.endsWith("/java") || isJvm(path)
        : files.has(path + "/java") || files.has(path + "/bin/java");
  }

  /** Whether the service has such a file, which may be too large to be read. */
  boolean has(String word) {
    return upper.files().has(file(word).path());
  }

  public boolean isThere(Found found) {
    return isThere(found.path());
  }

  public boolean isThere(String path) {
    return golden.isFile(path) || upper.files().has(path);
  }

  /** What a jar tells; empty where it is no jar, or one beyond what is read. */
  public Optional<JarFacts> jar(String path) {
    return upper.files().has(path) ? upper.files().jar(path) : golden.jar(path);
  }

  /** The files that {@code folder/*} on a class path names, links followed. */
  List<String> jarsIn(String folder) {
    String path = file(folder).path();
    String below = path.isEmpty() ? "" : path + "/";
    return Stream.concat(
            golden.names(path).stream(),
            upper.files().below(path).stream().map(file -> file.substring(below.length())))
        .filter(name -> name.indexOf('/') < 0)
        .filter(name -> name.endsWith(".jar") || name.endsWith(".JAR"))
        .map(name -> file("/" + below + name).path())
        .distinct()
        .toList();
  }

  /** What is in a file of the service's own. */
  Optional<String> content(String word) {
    return upper.files().content(file(word).path());
  }
}
