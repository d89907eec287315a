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
 * The official image of the README's first command: Docker Hub's where it can be reached, else one
 * made without a registry, a Docker Engine or root; told in a few lines.
 */
public final class QuickStart {

  private static final String OFFICIAL = "docker.io/library/eclipse-temurin:17-jre";

  private QuickStart() {}

  /** Argument: the folder to write into. */
  public static void main(String[] arguments) throws IOException {
    official(OFFICIAL, Path.of(arguments[0]).resolve("official"), System.out);
  }

  /** Writes the official image, or its stand-in, into a layout, tagged {@code 17-jre}. */
  static void official(String reference, Path official, PrintStream out) throws IOException {
    out.println();
    OfficialDownload download = new OfficialDownload(reference);
    if (!Files.exists(official.resolve("index.json")) && download.into(official)) {
      out.println("Official image: " + reference + ", of this machine's platform.");
    } else if (Files.exists(official.resolve("index.json"))) {
      out.println("Official image: as the run before left it.");
    } else {
      out.println("Official image: " + reference + " cannot be reached. A stand-in");
      out.println(
          "  is made with jlink of the JDK that runs Maven, "
              + System.getProperty("java.home")
              + ".");
      standIn(official);
    }
    out.println("Golden image: golden:bake makes it as it/quickstart/golden.yaml says.");
    out.println("Application image: golden:build puts the service in it/quickstart onto it.");
    out.println(
        "Then golden:verify checks it for a release, and golden:inspect shows its lineage.");
  }

  private static void standIn(Path official) throws IOException {
    try {
      copy(JlinkBase.layout().path(), official);
    } catch (PeerMissingException missing) {
      throw new IllegalStateException(
          missing.getMessage() + " Install a JDK 17 or newer on Linux and set JAVA_HOME to it.",
          missing);
    }
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
