package io.github.goldenmaven.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Knows which peers are installed. On Debian as root a missing one is installed by apt-get, once,
 * and a line says so; anywhere else it stays missing, with its reason.
 */
public final class Machine {

  /** Program to the packages that bring it; the first that does is kept. */
  private static final Map<String, List<String>> PACKAGES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("chromium", List.of("chromium")),
              Map.entry("docker", List.of("docker.io", "docker-cli")),
              Map.entry("go", List.of("golang-go")),
              Map.entry("docker-registry", List.of("docker-registry")),
              Map.entry("dockerd", List.of("docker.io")),
              Map.entry("git", List.of("git")),
              Map.entry("gzip", List.of("gzip")),
              Map.entry("ip", List.of("iproute2")),
              Map.entry("node", List.of("nodejs")),
              Map.entry("mmdebstrap", List.of("mmdebstrap")),
              Map.entry("openssl", List.of("openssl")),
              Map.entry("skopeo", List.of("skopeo")),
              Map.entry("softhsm2-util", List.of("softhsm2")),
              Map.entry("tar", List.of("tar")),
              Map.entry("umoci", List.of("umoci"))));

  /** Programs of a newer Debian than this, which run here without being installed. */
  private static final List<String> JUDGES = List.of("cosign", "crane", "oras");

  /** Where {@code .ci/judges} unpacks them. */
  private static final Path UNPACKED =
      Path.of(System.getProperty("user.home"), ".cache", "golden-maven-judges");

  /** Debian's own programs before those somebody put into /usr/local. */
  private static final List<Path> FIRST = List.of(Path.of("/usr/sbin"), Path.of("/usr/bin"));

  private static final Duration INSTALLATION = Duration.ofMinutes(10);

  private Machine() {}

  /**
   * The program's path, installed first where that is possible.
   *
   * @param peer a program's name, like {@code docker-registry}
   * @throws PeerMissingException when it is not here and cannot be installed here
   */
  public static Path require(String peer) {
    if (JUDGES.contains(peer)) {
      return find(peer).orElseGet(() -> locked(() -> unpack(peer)));
    }
    List<String> packages = PACKAGES.get(peer);
    if (packages == null) {
      throw new IllegalArgumentException("'" + peer + "' is none of " + PACKAGES.keySet() + ".");
    }
    return find(peer).orElseGet(() -> install(peer, packages));
  }

  /** Whether this is a CI machine, on which no test may be left out. */
  public static boolean isContinuousIntegration() {
    return "true".equals(System.getenv("CI"));
  }

  /** Whether this JVM runs as root, which a Docker Engine of one's own needs. */
  public static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  static Optional<Path> find(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    Stream<Path> folders =
        Stream.concat(
            Stream.concat(FIRST.stream(), Stream.of(UNPACKED)),
            Stream.of(path.split(java.io.File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of));
    return folders.map(folder -> folder.resolve(program)).filter(Files::isExecutable).findFirst();
  }

  private static Path install(String program, List<String> packages) {
    String missing = "'" + program + "' is not installed";
    if (!Files.exists(Path.of("/etc/debian_version")) || find("apt-get").isEmpty()) {
      throw new PeerMissingException(missing + " and this is not Debian.");
    }
    if (!isRoot()) {
      throw new PeerMissingException(
          missing + "; run 'apt-get install " + packages.get(0) + "' or the tests as root.");
    }
    return locked(() -> installLocked(program, packages));
  }

  /** One fork installs; the others wait and then find the program. */
  private static Path locked(Supplier<Path> installation) {
    Path lock = Path.of(System.getProperty("java.io.tmpdir"), "golden-maven-apt.lock");
    synchronized (Machine.class) {
      try (FileChannel channel =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        if (!held.isValid()) {
          throw new IllegalStateException("the lock " + lock + " is lost");
        }
        return installation.get();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Path unpack(String judge) {
    Optional<Path> found = find(judge);
    if (found.isPresent()) {
      return found.get();
    }
    Path script = Path.of(System.getProperty("basedir", ""), "..", ".ci", "judges");
    try {
      System.out.println("[peers] Unpacking " + JUDGES + " of a newer Debian.");
      Command.of(script.toAbsolutePath().toString(), UNPACKED.toString())
          .timeout(INSTALLATION)
          .run();
    } catch (CommandFailedException e) {
      throw new PeerMissingException(
          "'" + judge + "' could not be unpacked by '.ci/judges': " + e.getMessage());
    }
    return find(judge).orElseThrow(() -> new PeerMissingException("'" + judge + "' is not here."));
  }

  private static Path installLocked(String program, List<String> packages) {
    List<String> failures = new ArrayList<>();
    for (String name : packages) {
      Optional<Path> found = find(program);
      if (found.isPresent()) {
        return found.get();
      }
      System.out.println("[peers] Installing Debian's '" + name + "' for '" + program + "'.");
      try {
        aptGet("install", name);
      } catch (CommandFailedException stale) {
        // The package lists may be older than the mirror, or were never fetched.
        try {
          aptGet("update");
          aptGet("install", name);
        } catch (CommandFailedException e) {
          failures.add(e.getMessage());
        }
      }
    }
    return find(program)
        .orElseThrow(
            () ->
                new PeerMissingException(
                    "'" + program + "' could not be installed: " + String.join("\n", failures)));
  }

  private static void aptGet(String... arguments) {
    Command.of(find("apt-get").orElseThrow().toString())
        .with("-q", "-y", "-o", "DPkg::Lock::Timeout=300", "--no-install-recommends")
        .with(arguments)
        .environment("DEBIAN_FRONTEND", "noninteractive")
        .timeout(INSTALLATION)
        .run();
  }
}
