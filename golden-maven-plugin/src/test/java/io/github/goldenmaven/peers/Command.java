package io.github.goldenmaven.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program run to its end. Immutable: each method gives a new command.
 *
 * @param folder where it runs; {@code null} for the JVM's own
 */
public record Command(
    List<String> line, Map<String, String> environment, @Nullable Path folder, Duration timeout) {

  public Command {
    line = List.copyOf(line);
    environment = Map.copyOf(environment);
  }

  public static Command of(String... line) {
    return new Command(List.of(line), Map.of(), null, Duration.ofMinutes(2));
  }

  /** This JVM's {@code java} with its class path; a main class and its arguments are to follow. */
  public static Command java(String... options) {
    return of(Path.of(System.getProperty("java.home"), "bin", "java").toString())
        .with(options)
        .with("-cp", System.getProperty("java.class.path"));
  }

  /**
   * The same for what takes seconds and has memory to spare: Java's second compiler and parallel
   * collector would cost more than they bring.
   */
  public static Command briefJava(String... options) {
    return java("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1").with(options);
  }

  /** A JDK's {@code keytool}, as cheap to start. */
  public static Command keytool(Path jdk, String... arguments) {
    return of(jdk.resolve("bin/keytool").toString())
        .with("-J-XX:+UseSerialGC", "-J-XX:TieredStopAtLevel=1")
        .with(arguments);
  }

  /** With these arguments after those it has. */
  public Command with(String... arguments) {
    List<String> longer = new ArrayList<>(line);
    longer.addAll(List.of(arguments));
    return new Command(longer, environment, folder, timeout);
  }

  public Command environment(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(name, value);
    return new Command(line, more, folder, timeout);
  }

  public Command in(Path folder) {
    return new Command(line, environment, folder, timeout);
  }

  public Command timeout(Duration timeout) {
    return new Command(line, environment, folder, timeout);
  }

  /**
   * Runs it and gives back what it wrote to its standard output.
   *
   * @throws CommandFailedException with all that it wrote, when it failed
   */
  public String run() {
    try {
      Path out = Files.createTempFile("golden-peers-", ".out");
      Path err = Files.createTempFile("golden-peers-", ".err");
      try {
        return run(out, err);
      } finally {
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException(this + " was interrupted.");
    }
  }

  private String run(Path out, Path err) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().putAll(environment);
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    if (folder != null) {
      builder.directory(folder.toFile());
    }
    Process process = builder.start();
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new CommandFailedException(
            this + " took longer than " + timeout + ".\n" + read(out) + read(err));
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new CommandFailedException(
          this + " ended with exit code " + process.exitValue() + ".\n" + read(out) + read(err));
    }
    return read(out);
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.UTF_8);
  }

  /** The command line. */
  @Override
  public String toString() {
    return "'" + String.join(" ", line) + "'";
  }
}
