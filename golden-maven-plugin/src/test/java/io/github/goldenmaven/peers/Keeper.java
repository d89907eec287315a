package io.github.goldenmaven.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A server process that does not outlive this JVM, however the JVM ends: a shell between the two
 * waits for the end of its input, which the operating system closes even for a killed JVM, then
 * stops the server and tidies up.
 */
final class Keeper implements AutoCloseable {

  private static final String SCRIPT =
      """
      trap '' INT
      folder=$1; tidy=$2; shift 2
      exec 3<&0
      "$@" </dev/null 3<&- >"$folder/out.log" 2>"$folder/err.log" &
      child=$!
      echo $child >"$folder/pid.new" && mv "$folder/pid.new" "$folder/pid"
      (
        cat <&3 >/dev/null
        : >"$folder/closed"
        kill -TERM $child
        tries=0
        while kill -0 $child && [ $tries -lt 150 ]; do sleep 0.1; tries=$((tries+1)); done
        kill -KILL $child
      ) >/dev/null 2>&1 &
      watcher=$!
      exec 3<&-
      wait $child
      [ -e "$folder/closed" ] || { kill $watcher; exit 1; }
      eval "$tidy"
      rm -rf "$folder"
      """;

  private static final String TIDY = "folder=$1; eval \"$2\"; rm -rf \"$folder\"";

  /** Reachable while they live: a collected process would close the input that keeps it going. */
  private static final Set<Keeper> ALIVE = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final String tidy;
  private final Process shell;

  private Keeper(Path folder, String tidy, Process shell) {
    this.folder = folder;
    this.tidy = tidy;
    this.shell = shell;
  }

  /**
   * @param folder for {@code out.log} and {@code err.log}; removed with the server
   * @param tidy shell commands for after the server's end; {@code $folder} is the folder
   * @param line the server's command line; it must stay in the foreground
   */
  static Keeper start(Path folder, String tidy, List<String> line) {
    List<String> shell = new ArrayList<>();
    // Out of this JVM's process group: whoever kills the whole group must not kill the tidying.
    Machine.find("setsid").map(Path::toString).ifPresent(shell::add);
    shell.addAll(List.of("/bin/sh", "-c", SCRIPT, "keeper", folder.toString(), tidy));
    shell.addAll(line);
    try {
      Files.deleteIfExists(folder.resolve("pid"));
      ProcessBuilder builder = new ProcessBuilder(shell);
      builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, more) -> path + ":" + more);
      builder.redirectErrorStream(true);
      builder.redirectOutput(folder.resolve("keeper.log").toFile());
      Keeper keeper = new Keeper(folder, tidy, builder.start());
      ALIVE.add(keeper);
      return keeper;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path log(String name) {
    return folder.resolve(name);
  }

  /** Waits until the server answers; when it does not, throws with what it logged. */
  void await(String what, Duration limit, BooleanSupplier answers) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!answers.getAsBoolean()) {
      if (!shell.isAlive() || System.nanoTime() > deadline) {
        String logged = tail("err.log");
        close();
        throw new IllegalStateException(what + " did not start.\n" + logged);
      }
      pause(Duration.ofMillis(10));
    }
  }

  /** The end of what the server wrote, for messages. */
  String tail(String log) {
    try {
      String all = Files.readString(folder.resolve(log));
      return all.substring(Math.max(0, all.length() - 4000));
    } catch (IOException e) {
      return "(no log: " + e + ")";
    }
  }

  /** Kills the server as a power cut would; what it stored stays. */
  void kill() {
    try {
      long pid =
          Long.parseLong(Files.readString(folder.resolve("pid"), StandardCharsets.UTF_8).strip());
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      shell.waitFor(20, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ALIVE.remove(this);
    }
  }

  /** Stops the server, tidies up and waits for both. */
  @Override
  public void close() {
    try {
      shell.getOutputStream().close();
      if (!shell.waitFor(40, TimeUnit.SECONDS)) {
        shell.destroyForcibly();
      }
      if (Files.exists(folder)) {
        // The server had ended by itself, and its shell with it.
        Command.of("/bin/sh", "-c", TIDY, "keeper", folder.toString(), tidy).run();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ALIVE.remove(this);
    }
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting", e);
    }
  }
}
