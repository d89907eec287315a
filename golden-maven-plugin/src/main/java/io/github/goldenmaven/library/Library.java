package io.github.goldenmaven.library;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;

/** One library with all it needs, and the rooms that are loaded with it. */
public enum Library {
  /** jib-maven-plugin, whose jar contains jib-core. */
  JIB("jib-maven-plugin", "packaging.jib.", "registry.credentials.jib."),
  /** docker-java with its transport for sockets and TCP. */
  DOCKER_JAVA("docker-java", "registry.docker."),
  /** Our engine for pipelines, with Jenkins' interpreter. */
  JENKINS("jenkins-library", "jenkins.", "simulate.jenkins.");

  private final String title;

  /** Nobody can change it: a stream made it. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> rooms;

  Library(String title, String... rooms) {
    this.title = title;
    this.rooms = Stream.of(rooms).map("io.github.goldenmaven."::concat).toList();
  }

  /** Prefixes of the names of the classes that import it. */
  List<String> rooms() {
    return rooms;
  }

  /** The resource that lists its jars, one {@code group:artifact:version} a line. */
  String list() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".txt";
  }

  /** Its jars, each with its version: nothing is left to find out at run time. */
  List<Artifact> artifacts() {
    try (InputStream in = Objects.requireNonNull(Library.class.getResourceAsStream(list()))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .<Artifact>map(DefaultArtifact::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return title;
  }
}
