package io.github.goldenmaven.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Debian's dockerd with folders, socket and network of its own, beside whatever else runs on the
 * machine. Needs root. It ends with {@link #close()}, or with this JVM, and takes its containers,
 * mounts and bridge along.
 */
public final class DockerEngine implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);

  private static final String TIDY =
      """
      grep -o " $folder/[^ ]* " /proc/mounts | sort -r | while read -r mount; do
        umount -l "$mount"
      done
      ip link delete "$(cat "$folder/bridge")"
      """;

  private final Path folder;
  private final List<String> line;
  private Keeper keeper;

  private DockerEngine(Path folder, List<String> line, Keeper keeper) {
    this.folder = folder;
    this.line = line;
    this.keeper = keeper;
  }

  /**
   * Starts one, on overlay2 where the machine's file system can, else on vfs.
   *
   * @throws PeerMissingException when Docker is not here and cannot be installed
   */
  public static DockerEngine start() {
    return start(0);
  }

  /** Starts one that serves {@link #tlsHost()} too, to those who show a certificate. */
  public static DockerEngine startWithTls() {
    return start(FreePort.find());
  }

  private static DockerEngine start(int tlsPort) {
    if (!Machine.isRoot()) {
      throw new PeerMissingException("A Docker Engine of one's own needs root.");
    }
    try {
      return start("overlay2", tlsPort);
    } catch (IllegalStateException overlay) {
      try {
        return start("vfs", tlsPort);
      } catch (IllegalStateException e) {
        e.addSuppressed(overlay);
        throw e;
      }
    }
  }

  /** Serves until its input ends, and prints what DOCKER_HOST must be. */
  public static void main(String[] arguments) throws IOException {
    try (DockerEngine engine = start()) {
      System.out.println(engine.host());
      while (System.in.read() >= 0) {}
    }
  }

  private static DockerEngine start(String driver, int tlsPort) {
    Machine.require("docker");
    String dockerd = Machine.require("dockerd").toString();
    try {
      Path folder = Files.createTempDirectory("gm-engine-");
      String bridge = addBridge(Machine.require("ip").toString());
      Files.writeString(folder.resolve("bridge"), bridge);
      Files.writeString(folder.resolve("daemon.json"), "{}");
      List<String> line = new ArrayList<>();
      line.addAll(
          List.of(
              dockerd,
              "--config-file=" + folder.resolve("daemon.json"),
              "--data-root=" + folder.resolve("data"),
              "--exec-root=" + folder.resolve("exec"),
              "--pidfile=" + folder.resolve("dockerd.pid"),
              "--host=unix://" + folder.resolve("docker.sock"),
              "--containerd-namespace=" + bridge,
              "--containerd-plugins-namespace=" + bridge + "-plugins",
              "--storage-driver=" + driver,
              "--bridge=" + bridge,
              "--iptables=false",
              "--ip6tables=false",
              "--ip-masq=false",
              "--shutdown-timeout=5",
              "--log-level=warn"));
      if (tlsPort != 0) {
        line.addAll(tls(folder.resolve("tls"), tlsPort));
      }
      DockerEngine engine = new DockerEngine(folder, line, Keeper.start(folder, TIDY, line));
      engine.keeper.await("dockerd on " + driver, START, engine::answers);
      return engine;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> tls(Path folder, int port) throws IOException {
    TestCertificates made = TestCertificates.in(folder);
    Files.copy(made.server(), folder.resolve("cert.pem"));
    Files.copy(made.serverKey(), folder.resolve("key.pem"));
    return List.of(
        "--tlsverify",
        "--tlscacert=" + made.ca(),
        "--tlscert=" + made.server(),
        "--tlskey=" + made.serverKey(),
        "--host=tcp://127.0.0.1:" + port);
  }

  /** {@code --bridge=none} would delete another engine's docker0, so this one gets its own. */
  private static String addBridge(String ip) {
    String taken = Command.of(ip, "-4", "-o", "address").run();
    while (true) {
      int number = ThreadLocalRandom.current().nextInt(256 * 256);
      String network = "10." + (200 + number % 50) + "." + (number / 256) + ".";
      if (!taken.contains(network)) {
        String bridge = "gm" + Integer.toHexString(number);
        Command.of(ip, "link", "add", bridge, "type", "bridge").run();
        Command.of(ip, "address", "add", network + "1/24", "dev", bridge).run();
        Command.of(ip, "link", "set", bridge, "up").run();
        return bridge;
      }
    }
  }

  /** The docker command, talking to this engine. */
  public DockerCommand command() {
    return new DockerCommand(host());
  }

  /** Runs the docker command against this engine and gives back its standard output. */
  public String docker(String... arguments) {
    return command().docker(arguments);
  }

  /** The socket's path. */
  public Path socket() {
    return folder.resolve("docker.sock");
  }

  /** What DOCKER_HOST must be to reach this engine. */
  public String host() {
    return "unix://" + socket();
  }

  /** What DOCKER_HOST must be to reach an engine started {@linkplain #startWithTls() with TLS}. */
  public String tlsHost() {
    String last = line.get(line.size() - 1);
    return last.substring("--host=".length());
  }

  /** What DOCKER_CERT_PATH must be to reach {@link #tlsHost()}. */
  public Path certificates() {
    return folder.resolve("tls");
  }

  /** Ends it as a power cut would; what it stored stays. */
  public synchronized void kill() {
    keeper.kill();
    // Its containerd dies a little later, and an engine that found it still there would wait for
    // it.
    Path pid = folder.resolve("exec/containerd/containerd.pid");
    try {
      if (Files.exists(pid)) {
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
            .filter(ProcessHandle::destroyForcibly)
            .ifPresent(containerd -> containerd.onExit().join());
      }
      Files.deleteIfExists(pid);
      Files.deleteIfExists(folder.resolve("exec/containerd/containerd.sock"));
      Files.deleteIfExists(folder.resolve("dockerd.pid"));
      Files.deleteIfExists(socket());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again after {@link #kill()}. */
  public synchronized void restart() {
    keeper = Keeper.start(folder, TIDY, line);
    keeper.await("dockerd", START, this::answers);
  }

  @Override
  public void close() {
    if (answers()) {
      String running = docker("ps", "--all", "--quiet");
      if (!running.isBlank()) {
        List<String> remove = new ArrayList<>(List.of("rm", "--force", "--volumes"));
        running.lines().forEach(remove::add);
        docker(remove.toArray(String[]::new));
      }
    }
    keeper.close();
  }

  private boolean answers() {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
      return channel.isConnected()
          && !docker("version", "--format", "{{.Server.Version}}").isBlank();
    } catch (IOException | CommandFailedException e) {
      return false;
    }
  }
}
