package io.github.goldenmaven.verify;

import io.github.goldenmaven.golden.PathSet;
import java.util.Map;
import java.util.Optional;

/** Which file a word of a command names: of the golden image, or of the service. */
final class CommandFiles {

  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final GoldenContents golden;
  private final Upper upper;
  private final String searched;
  private final String workingDirectory;

  /**
   * @param environment the golden image's
   * @param workingDirectory in which the command runs
   */
  CommandFiles(
      GoldenContents golden,
      Upper upper,
      Map<String, String> environment,
      String workingDirectory) {
    this.golden = golden;
    this.upper = upper;
    this.searched = environment.getOrDefault("PATH", DEFAULT_PATH);
    this.workingDirectory = workingDirectory;
  }

  /**
   * A file.
   *
   * @param path links followed, without a slash before it; as it is written where nobody has it
   * @param services whether it is the service's, or could only be
   * @param isGoldens whether the golden image has it, or nobody else can
   */
  record Found(String path, boolean services, boolean isGoldens) {

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
  Found file(String word) {
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
    String home = PathSet.parent(PathSet.parent(program));
    return upper.files().anyBelow(home, "libjvm.so") || upper.files().anyBelow(home, "libjli.so");
  }

  /** What is in a file of the service's own. */
  Optional<String> content(String word) {
    return upper.files().content(file(word).path());
  }
}
