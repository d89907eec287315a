package io.github.goldenmaven.packaging.maven;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.packaging.layers.RunnableJar;
import io.github.goldenmaven.packaging.layers.RunnableJar.Part;
import io.github.goldenmaven.packaging.layers.RunnableJar.Placed;
import io.github.goldenmaven.packaging.layers.RuntimeDependency;
import io.github.goldenmaven.packaging.layers.RuntimeDependency.Origin;
import io.github.goldenmaven.packaging.layers.ServiceLayer;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * What quarkus-maven-plugin packaged. It says so itself in {@code quarkus-artifact.properties}: a
 * folder that lies there from another day says nothing.
 *
 * @see <a href="https://quarkus.io/guides/maven-tooling#build-tool-maven">Quarkus, building with
 *     Maven</a>
 */
final class QuarkusReader {

  private static final String PLUGIN = "quarkus-maven-plugin";
  private static final String WRITTEN = "quarkus-artifact.properties";
  private static final String RUN_JAR = "quarkus-run.jar";

  /** Quarkus sets it itself, but too late where an agent logs first, as golden images have. */
  private static final List<String> OPTIONS =
      List.of("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");

  private final MavenProject project;
  private final Path target;
  private final Map<String, Origin> origins;

  QuarkusReader(MavenSession session, MavenProject project) {
    this.project = project;
    this.target = Path.of(project.getBuild().getDirectory());
    this.origins = origins(ProjectReader.read(session, project).dependencies());
  }

  /** Whether the project's own build packages it as Quarkus does. */
  static boolean packages(MavenProject project) {
    return project.getPackaging().equals("quarkus")
        || project.getBuildPlugins().stream()
            .filter(plugin -> plugin.getArtifactId().equals(PLUGIN))
            .flatMap(plugin -> plugin.getExecutions().stream())
            .anyMatch(execution -> execution.getGoals().contains("build"));
  }

  /**
   * All of it.
   *
   * @throws RefusedException when it is not packaged, older than the classes, or no jar
   */
  RunnableJar read() {
    Properties written = written();
    String type = written.getProperty("type", "");
    if (!type.startsWith("jar")) {
      throw new RefusedException(
          "Quarkus packaged " + named() + " as '" + Printable.of(type) + "', which is no jar.",
          "golden:build packages what a golden image's JVM runs: build without"
              + " quarkus.native.enabled, with quarkus.package.jar.type 'fast-jar'.");
    }
    Path jar = target.resolve(written.getProperty("path", "quarkus-app/" + RUN_JAR));
    if (!Files.isRegularFile(jar)) {
      // With a container image, 'path' is the image's name.
      jar = target.resolve("quarkus-app").resolve(RUN_JAR);
    }
    if (!Files.isRegularFile(jar)) {
      throw notPackaged("'" + jar + "' is not there");
    }
    requireNewerThanClasses();
    String libraries = written.getProperty("metadata.library-dir");
    List<Part> parts =
        isLayout(jar)
            ? ofLayout(jar.resolveSibling(""))
            : ofJar(jar, libraries == null ? null : target.resolve(libraries));
    return new RunnableJar(ProjectReader.coordinates(project), RUN_JAR, OPTIONS, parts);
  }

  private static boolean isLayout(Path jar) {
    return jar.endsWith(RUN_JAR) && Files.isDirectory(jar.resolveSibling("quarkus"));
  }

  /** fast-jar and mutable-jar: {@code lib}, {@code app}, {@code quarkus} and the jar over them. */
  private List<Part> ofLayout(Path folder) {
    Parts parts = new Parts();
    for (Path file : files(folder)) {
      String place = place(folder, file);
      if (place.startsWith("lib/")) {
        parts.add(layerOf(file), file, place);
      } else if (place.startsWith("app/")) {
        parts.add(ServiceLayer.CLASSES, file, place);
      } else {
        parts.add(ServiceLayer.QUARKUS, file, place);
      }
    }
    return parts.toList();
  }

  /** uber-jar, and legacy-jar, whose manifest names {@code lib} beside it. */
  private List<Part> ofJar(Path jar, @Nullable Path libraries) {
    Parts parts = new Parts();
    if (libraries != null && Files.isDirectory(libraries)) {
      for (Path file : files(libraries)) {
        parts.add(layerOf(file), file, "lib/" + place(libraries, file));
      }
    }
    parts.add(ServiceLayer.CLASSES, jar, RUN_JAR);
    return parts.toList();
  }

  /** Quarkus puts the group before the file's name. */
  private String layerOf(Path library) {
    String name = String.valueOf(library.getFileName());
    Origin byName = name.contains("-SNAPSHOT") ? Origin.SNAPSHOT : Origin.RELEASE;
    return origins.getOrDefault(name, byName).layer();
  }

  private static Map<String, Origin> origins(List<RuntimeDependency> dependencies) {
    Map<String, Origin> origins = new HashMap<>();
    for (RuntimeDependency dependency : dependencies) {
      String[] coordinates = dependency.coordinates().split(":", -1);
      origins.put(
          coordinates[0] + "." + coordinates[1] + "-" + coordinates[2] + ".jar",
          dependency.origin());
      origins.put(coordinates[0] + "." + dependency.file().getFileName(), dependency.origin());
    }
    return origins;
  }

  private Properties written() {
    Path file = target.resolve(WRITTEN);
    if (!Files.isRegularFile(file)) {
      throw notPackaged("'" + file + "' is not there");
    }
    Properties written = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      written.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(file, e);
    }
    return written;
  }

  private void requireNewerThanClasses() {
    Path classes = Path.of(project.getBuild().getOutputDirectory());
    if (!Files.isDirectory(classes)) {
      return;
    }
    FileTime packaged = modified(target.resolve(WRITTEN));
    for (Path file : files(classes)) {
      if (modified(file).compareTo(packaged) > 0) {
        throw notPackaged("'" + file + "' is newer than what Quarkus packaged");
      }
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static String place(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  private RefusedException notPackaged(String why) {
    return new RefusedException(
        named() + " is not packaged: " + Printable.of(why) + ".",
        "Run 'mvn package' before golden:build-no-fork, or 'mvn golden:build', which does it"
            + " itself.");
  }

  private String named() {
    return "'" + Printable.of(ProjectReader.coordinates(project)) + "'";
  }

  private static UnavailableException unreadable(Path path, Exception cause) {
    return new UnavailableException(
        "Cannot read '" + Printable.of(path.toString()) + "'.",
        "Check that the project is built, and that this user may read it.",
        cause);
  }

  /** Files by layer, in the order of the layers. */
  private static final class Parts {

    private final Map<String, List<Placed>> byLayer = new LinkedHashMap<>();

    Parts() {
      Stream.of(
              ServiceLayer.DEPENDENCIES,
              ServiceLayer.SNAPSHOT_DEPENDENCIES,
              ServiceLayer.PROJECT_DEPENDENCIES,
              ServiceLayer.CLASSES,
              ServiceLayer.QUARKUS)
          .forEach(layer -> byLayer.put(layer, new ArrayList<>()));
    }

    void add(String layer, Path file, String place) {
      byLayer.computeIfAbsent(layer, name -> new ArrayList<>()).add(new Placed(file, place));
    }

    List<Part> toList() {
      return byLayer.entrySet().stream()
          .map(part -> new Part(part.getKey(), part.getValue()))
          .toList();
    }
  }
}
