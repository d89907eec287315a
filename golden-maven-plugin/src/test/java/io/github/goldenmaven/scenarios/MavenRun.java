package io.github.goldenmaven.scenarios;

import io.github.goldenmaven.peers.Command;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One more build of a scenario's project, beyond those that the invoker runs. Immutable.
 *
 * @param maven a distribution's folder
 * @param arguments what every run is given: settings, local repository, properties
 * @param launcher a program that starts the build, and its arguments; none as a rule
 */
public record MavenRun(
    Path maven,
    List<String> arguments,
    Path folder,
    Map<String, String> environment,
    String umask,
    List<String> launcher) {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** As in {@code it/pom.xml}: a run of seconds pays twice for Java's second compiler. */
  private static final String OPTIONS =
      "-Xmx384m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"
          + " -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote";

  public MavenRun {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
    launcher = List.copyOf(launcher);
  }

  /**
   * Builds this folder as the invoker would.
   *
   * @param arguments separated by bars
   */
  public static MavenRun in(File folder, String maven, String arguments) {
    return new MavenRun(
        Path.of(maven),
        List.of(arguments.split("\\|", -1)),
        folder.toPath(),
        Map.of("MAVEN_OPTS", OPTIONS),
        "022",
        List.of());
  }

  /** Builds a copy of the folder, without what was built in it. */
  public MavenRun copyTo(String path) {
    Path copy = folder.resolve(path);
    try {
      Files.walkFileTree(folder, new Copy(folder, copy));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new MavenRun(maven, arguments, copy, environment, umask, launcher);
  }

  public MavenRun environment(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(name, value);
    return new MavenRun(maven, arguments, folder, more, umask, launcher);
  }

  /** Java is started with these options too. */
  public MavenRun jvmOptions(String options) {
    return environment("MAVEN_OPTS", environment.get("MAVEN_OPTS") + " " + options);
  }

  /** The new files of the build lose these permission bits. */
  public MavenRun umask(String bits) {
    return new MavenRun(maven, arguments, folder, environment, bits, launcher);
  }

  /** Another program starts the build: {@code setpriv}, as another user. */
  public MavenRun startedBy(String... program) {
    return new MavenRun(maven, arguments, folder, environment, umask, List.of(program));
  }

  /** Runs it to its end and gives back what it printed; throws when it failed. */
  public String run(String... goals) {
    Command command = Command.of(line(goals).toArray(String[]::new)).in(folder).timeout(PATIENCE);
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      command = command.environment(variable.getKey(), variable.getValue());
    }
    return command.run();
  }

  /** Starts it; what it prints goes into {@code log}. */
  public Process start(Path log, String... goals) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(line(goals)).directory(folder.toFile());
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  private List<String> line(String... goals) {
    List<String> line = new ArrayList<>(launcher);
    line.addAll(List.of("/bin/sh", "-c", "umask " + umask + "; exec \"$0\" \"$@\""));
    line.addAll(List.of(maven.resolve("bin/mvn").toString(), "-B"));
    line.addAll(arguments);
    line.addAll(List.of(goals));
    return line;
  }

  private static final class Copy extends SimpleFileVisitor<Path> {

    private final Path from;
    private final Path to;

    Copy(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
        throws IOException {
      if (dir.equals(from.resolve("target"))) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      Files.createDirectories(to.resolve(from.relativize(dir)));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.copy(file, to.resolve(from.relativize(file)));
      return FileVisitResult.CONTINUE;
    }
  }
}
