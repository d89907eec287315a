package io.github.goldenmaven.packaging.layers;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has to be known of a compiled project to package it, Maven left out.
 *
 * @param coordinates for messages: {@code group:artifact:version}
 * @param classes the build's output folder, usually {@code target/classes}
 * @param dependencies the runtime class path in Maven's order, the project itself left out
 * @param javaVersion the feature version compiled for, found as jib finds it; 6 where unknown
 * @param starts what the POM says of the main class, all that may be asked
 */
public record JarProject(
    String coordinates,
    Path classes,
    List<RuntimeDependency> dependencies,
    int javaVersion,
    Starts starts) {

  public JarProject {
    dependencies = List.copyOf(dependencies);
  }

  /** The coordinates of each dependency, by its file. */
  public Map<Path, String> artifacts() {
    Map<Path, String> artifacts = new HashMap<>();
    dependencies.forEach(
        dependency -> artifacts.putIfAbsent(dependency.file(), dependency.coordinates()));
    return artifacts;
  }

  /**
   * Where a project says what starts it.
   *
   * @param declared by the plugins that package it, the first goes first: believed, and refused
   *     when it is not there
   * @param hints by the tools that run it while it is developed, the first goes first: asked where
   *     several classes could be meant, or none
   * @param jar what this build packaged; {@code null} where it did not
   */
  public record Starts(List<SaidMain> declared, List<SaidMain> hints, @Nullable Path jar) {

    /** Nothing says anything. */
    public static final Starts NOTHING = new Starts(List.of(), List.of(), null);

    public Starts {
      declared = List.copyOf(declared);
      hints = List.copyOf(hints);
    }
  }
}
