package io.github.goldenmaven.scenarios;

import io.github.goldenmaven.peers.JlinkBase;
import io.github.goldenmaven.peers.PeerMissingException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * The official image of the README's first command, made without a registry, a Docker Engine or
 * root, and told in a few lines.
 */
public final class QuickStart {

  private QuickStart() {}

  /** Argument: the folder to write into. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = System.out;
    Path official = Path.of(arguments[0]).resolve("official");
    out.println();
    out.println(
        "Official image: no registry is asked. A stand-in for docker.io/library/eclipse-temurin");
    out.println(
        "  is made with jlink of the JDK that runs Maven, "
            + System.getProperty("java.home")
            + ".");
    try {
      copy(JlinkBase.layout().path(), official);
    } catch (PeerMissingException missing) {
      throw new IllegalStateException(
          missing.getMessage() + " Install a JDK 17 or newer on Linux and set JAVA_HOME to it.",
          missing);
    }
    out.println("Golden image: golden:bake reads it/quickstart/golden.yaml.");
    out.println("Application image: golden:build puts the service in it/quickstart onto it.");
    out.println("Their lineage, by golden:inspect:");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}
