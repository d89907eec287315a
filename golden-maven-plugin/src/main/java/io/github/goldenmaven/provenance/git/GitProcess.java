package io.github.goldenmaven.provenance.git;

import io.github.goldenmaven.concurrent.BackgroundTask;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Starts git processes that cannot ask, wait, write or talk without end. */
final class GitProcess implements AutoCloseable {

  private static final int MAX_OUTPUT = 1024 * 1024;

  /** Whatever the repository's configuration says: none of its programs, no pager, no colour. */
  private static final List<String> CALM =
      List.of(
          "--no-pager",
          "-c",
          "core.fsmonitor=false",
          "-c",
          "core.hooksPath=/dev/null",
          "-c",
          "log.showSignature=false",
          "-c",
          "color.ui=false",
          "-c",
          "status.renames=false");

  private final Path binary;
  private final Path folder;
  private final Map<String, String> environment;
  private final List<Process> started = new CopyOnWriteArrayList<>();
  private final Thread watchdog;
  private volatile boolean timedOut;

  GitProcess(Path binary, Path folder, Map<String, String> environment, Duration patience) {
    this.binary = binary;
    this.folder = folder;
    this.environment = environment;
    this.watchdog = BackgroundTask.daemon("golden-git-watchdog", () -> watch(patience));
    this.watchdog.start();
  }

  /** The git of the PATH; folders that are relative to where Maven runs are passed over. */
  static Optional<Path> binary(Map<String, String> environment) {
    String name = File.separatorChar == '\\' ? "git.exe" : "git";
    return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .flatMap(GitProcess::path)
        .filter(Path::isAbsolute)
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static Stream<Path> path(String folder) {
    try {
      return Stream.of(Path.of(folder));
    } catch (InvalidPathException e) {
      return Stream.empty();
    }
  }

  /**
   * The environment for git: the user's own, without what would lead it to another repository (a
   * hook that runs Maven has {@code GIT_DIR} set), and not beyond this repository's root.
   */
  static Map<String, String> calm(Map<String, String> environment, Path root) {
    Map<String, String> calm = new HashMap<>(environment);
    calm.keySet().removeIf(name -> name.startsWith("GIT_") && !name.startsWith("GIT_CONFIG_"));
    calm.put("GIT_OPTIONAL_LOCKS", "0");
    calm.put("GIT_TERMINAL_PROMPT", "0");
    calm.put("GIT_NO_REPLACE_OBJECTS", "1");
    // A partial clone would fetch what it lacks, by a program that its configuration names.
    calm.put("GIT_NO_LAZY_FETCH", "1");
    calm.put("GIT_ALLOW_PROTOCOL", "none");
    calm.put("LC_ALL", "C");
    Path above = root.getParent();
    if (above != null) {
      calm.put("GIT_CEILING_DIRECTORIES", above.toString());
    }
    return calm;
  }

  /**
   * A command's end.
   *
   * @param bytes what it said, one char per byte, so that git's byte counts are offsets
   */
  record Output(String bytes, boolean succeeded, boolean truncated, boolean timedOut) {

    String text() {
      return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
  }

  /** Starts a command; its errors go unread. */
  Running start(String input, String... command) {
    return start(input, false, command);
  }

  /** What a failing command says, its errors included. */
  String complaint(String... command) {
    return start("", true, command).output().text();
  }

  private Running start(String input, boolean withErrors, String... command) {
    List<String> line = new ArrayList<>();
    line.add(binary.toString());
    line.addAll(CALM);
    line.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    if (withErrors) {
      builder.redirectErrorStream(true);
    } else {
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    }
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      started.add(process);
      feed(process, input);
      return new Running(process);
    } catch (IOException e) {
      throw new UncheckedIOException("starting " + binary, e);
    }
  }

  private static void feed(Process process, String input) {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException ignored) {
      // It ended before it read: its exit code tells.
    }
  }

  /** A command under way. */
  final class Running {

    private final Process process;

    private Running(Process process) {
      this.process = process;
    }

    /** Waits for the end, or for more output than anyone needs, which ends the command. */
    Output output() {
      try (InputStream stdout = process.getInputStream()) {
        byte[] bytes = stdout.readNBytes(MAX_OUTPUT);
        boolean truncated = bytes.length == MAX_OUTPUT;
        if (truncated) {
          kill(process);
        }
        boolean succeeded = process.waitFor() == 0 || truncated;
        return new Output(
            new String(bytes, StandardCharsets.ISO_8859_1),
            succeeded && !timedOut,
            truncated,
            timedOut);
      } catch (IOException e) {
        return new Output("", false, false, timedOut);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Output("", false, false, timedOut);
      }
    }
  }

  private void watch(Duration patience) {
    try {
      Thread.sleep(patience.toMillis());
      timedOut = true;
      started.forEach(GitProcess::kill);
    } catch (InterruptedException e) {
      // All commands have ended in time.
    }
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() {
    watchdog.interrupt();
    started.forEach(GitProcess::kill);
  }
}
