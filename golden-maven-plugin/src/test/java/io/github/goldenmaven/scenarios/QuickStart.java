package io.github.goldenmaven.scenarios;

import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.JlinkBase;
import io.github.goldenmaven.peers.PeerMissingException;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * The two images below the service of the README's first command, made without a registry, a Docker
 * Engine or root, and told in a few lines.
 */
public final class QuickStart {

  private static final String LINE = "17";

  private QuickStart() {}

  /** Argument: the folder to write into. */
  public static void main(String[] arguments) {
    PrintStream out = System.out;
    Path golden = Path.of(arguments[0]).resolve("golden-java");
    out.println();
    out.println(
        "Official image: no registry is asked. A stand-in for docker.io/library/eclipse-temurin");
    out.println(
        "  is made with jlink of the JDK that runs Maven, "
            + System.getProperty("java.home")
            + ".");
    try {
      GoldenFixture.of(JlinkBase.layout())
          .line(LINE)
          .version(LINE + "." + Runtime.version().interim() + "." + Runtime.version().update())
          .writeTo(golden);
    } catch (PeerMissingException missing) {
      throw new IllegalStateException(
          missing.getMessage() + " Install a JDK 17 or newer on Linux and set JAVA_HOME to it.",
          missing);
    }
    out.println(
        "Golden image: the stand-in with a company's certificate, policy, user and labels,");
    out.println("  oci:" + shown(golden) + ":" + LINE);
    out.println("Application image: the service in it/quickstart, put onto it by golden:build:");
  }

  private static Path shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path) : path;
  }
}
