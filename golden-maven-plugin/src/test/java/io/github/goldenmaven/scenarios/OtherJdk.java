package io.github.goldenmaven.scenarios;

import io.github.goldenmaven.peers.Machine;
import io.github.goldenmaven.peers.PeerMissingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The machine's JDKs beside the one that runs this. Where there is none what needs one is left out;
 * with {@code CI=true} it fails.
 */
public final class OtherJdk {

  /** What golden images of today stand on, and Debian 12 does not have. */
  private static final int RECENT = 21;

  private static final int OLDEST = 17;
  private static final Path DEBIANS = Path.of("/usr/lib/jvm");

  private OtherJdk() {}

  /** The newest JDK of another feature version than this one's, Java 17 or newer. */
  public static Optional<Path> find() throws IOException {
    return or(
        of(homes(), Runtime.version().feature()),
        "There is no JDK beside that of Java " + Runtime.version().feature(),
        Machine.isContinuousIntegration());
  }

  /** The newest JDK of all, Java 21 or newer; it may be the one that runs this. */
  public static Optional<Path> recent() throws IOException {
    Path own = Path.of(System.getProperty("java.home"));
    return or(
        of(Stream.concat(Stream.of(own), homes().stream()).toList(), 0)
            .filter(home -> feature(home) >= RECENT),
        "There is no JDK of Java " + RECENT + " or newer",
        Machine.isContinuousIntegration());
  }

  /** Where Debian keeps JDKs, and in variables like {@code JAVA_HOME_21_X64}. */
  private static List<Path> homes() throws IOException {
    Stream<Path> named =
        System.getenv().entrySet().stream()
            .filter(variable -> variable.getKey().startsWith("JAVA_HOME_"))
            .map(Map.Entry::getValue)
            .map(Path::of);
    try (Stream<Path> installed =
        Files.isDirectory(DEBIANS) ? Files.list(DEBIANS) : Stream.<Path>empty()) {
      return Stream.concat(named, installed).toList();
    }
  }

  /** The newest of these that is not of one feature version. */
  static Optional<Path> of(List<Path> homes, int but) {
    return homes.stream()
        .filter(home -> Files.isExecutable(home.resolve("bin/javac")))
        .filter(home -> feature(home) >= OLDEST && feature(home) != but)
        .max(Comparator.comparing(OtherJdk::feature));
  }

  static Optional<Path> or(Optional<Path> jdk, String problem, boolean continuousIntegration) {
    if (jdk.isEmpty() && continuousIntegration) {
      throw new PeerMissingException(
          problem + ". Put one below '" + DEBIANS + "', or name its folder in 'JAVA_HOME_21_X64'.");
    }
    return jdk;
  }

  /** Java 8 calls itself 1, which is older than all that is asked for, too. */
  private static int feature(Path home) {
    try (Stream<String> lines = Files.lines(home.resolve("release"))) {
      return lines
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> Integer.parseInt(line.replaceAll("[^=]*=\"?(\\d+).*", "$1")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
