package io.github.goldenmaven.packaging.layers;

import java.nio.file.Path;
import java.util.List;

/**
 * A service that a framework packaged itself: files that lie where its own jar expects them,
 * started with {@code java -jar}.
 *
 * @param coordinates for messages: {@code group:artifact:version}
 * @param jar the place of the jar that starts it, below the application root
 * @param options of the JVM that the framework wants, before those of the user
 * @param parts lowest layer first
 */
public record RunnableJar(String coordinates, String jar, List<String> options, List<Part> parts) {

  public RunnableJar {
    options = List.copyOf(options);
    parts = List.copyOf(parts);
  }

  /** One layer. */
  public record Part(String layer, List<Placed> files) {
    public Part {
      files = List.copyOf(files);
    }
  }

  /**
   * One file.
   *
   * @param place below the application root, with slashes
   */
  public record Placed(Path file, String place) {}
}
