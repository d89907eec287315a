package io.github.goldenmaven.scenarios;

import io.github.goldenmaven.peers.Machine;
import io.github.goldenmaven.peers.PeerMissingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Keeps the peers of all scenarios in a process of its own: {@code open FOLDER} starts it and waits
 * until {@code FOLDER/peers.properties} tells where they are, {@code close FOLDER} ends it. It also
 * ends when the process that opened it does, however that happens. Where a peer is missing the file
 * says that the scenarios are to be left out; in CI that is a failure.
 */
public final class SharedServers {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration BLINK = Duration.ofMillis(100);
  private static final String ADDRESSES = "peers.properties";
  private static final String LOG = "servers.log";
  private static final String CLOSE = "close";
  private static final String PID = "servers.pid";

  /** The property that leaves the scenarios out. */
  private static final String SKIP = "scenarios.skip";

  /** How peers come to be. */
  @FunctionalInterface
  interface Start {
    Peers in(Path folder) throws IOException;
  }

  private SharedServers() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Path.of(arguments[1]).toAbsolutePath();
    switch (arguments[0]) {
      case "open" -> open(folder);
      case "live" -> live(folder, Long.parseLong(arguments[2]));
      case "close" -> close(folder);
      default -> throw new IllegalArgumentException("'" + arguments[0] + "' is not a command.");
    }
  }

  private static void open(Path folder) throws IOException, InterruptedException {
    close(folder);
    clear(folder);
    ProcessHandle owner = ProcessHandle.current().parent().orElseThrow();
    Path log = folder.resolve(LOG);
    Process servers =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                SharedServers.class.getName(),
                "live",
                folder.toString(),
                Long.toString(owner.pid()))
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Files.writeString(folder.resolve(PID), Long.toString(servers.pid()));
    boolean open = await(() -> Files.exists(folder.resolve(ADDRESSES)) || !servers.isAlive());
    System.out.print(Files.readString(log));
    if (!open || !Files.exists(folder.resolve(ADDRESSES))) {
      servers.destroy();
      throw new IllegalStateException("The peers did not start; see '" + log + "'.");
    }
  }

  private static void live(Path folder, long ownerPid) throws IOException, InterruptedException {
    ProcessHandle owner = ProcessHandle.of(ownerPid).orElseThrow();
    Optional<Peers> started = started(folder, Peers::start, Machine.isContinuousIntegration());
    if (started.isEmpty()) {
      return;
    }
    try (Peers peers = started.get()) {
      tell(folder, peers.addresses());
      while (owner.isAlive() && !Files.exists(folder.resolve(CLOSE))) {
        Thread.sleep(BLINK.toMillis());
      }
    } finally {
      Files.deleteIfExists(folder.resolve(ADDRESSES));
    }
  }

  /**
   * The peers; empty where one is missing on this machine, and the folder says so.
   *
   * @throws PeerMissingException in continuous integration, where nothing may be left out
   */
  static Optional<Peers> started(Path folder, Start start, boolean continuousIntegration)
      throws IOException {
    try {
      return Optional.of(start.in(folder));
    } catch (PeerMissingException missing) {
      if (continuousIntegration) {
        throw missing;
      }
      System.out.println(
          "[peers] Not run on this machine: the scenarios in it/, because " + missing.getMessage());
      tell(folder, Map.of(SKIP, "true"));
      return Optional.empty();
    }
  }

  private static void tell(Path folder, Map<String, String> told) throws IOException {
    Properties properties = new Properties();
    properties.putAll(told);
    Path fresh = folder.resolve("peers.new");
    try (var out = Files.newBufferedWriter(fresh)) {
      properties.store(out, null);
    }
    Files.move(fresh, folder.resolve(ADDRESSES), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void close(Path folder) throws IOException, InterruptedException {
    Path addresses = folder.resolve(ADDRESSES);
    if (!Files.exists(addresses)) {
      return;
    }
    if (ProcessHandle.of(Long.parseLong(Files.readString(folder.resolve(PID)))).isEmpty()) {
      Files.delete(addresses);
      return;
    }
    Files.write(folder.resolve(CLOSE), List.of());
    if (!await(() -> !Files.exists(addresses))) {
      throw new IllegalStateException("The peers did not stop; see '" + folder + "'.");
    }
  }

  private static boolean await(BooleanSupplier happened) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(BLINK.toMillis());
    }
    return true;
  }

  private static void clear(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(folder);
  }
}
