package io.github.goldenmaven.library;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;

/** One library with all it needs, and the rooms that are loaded with it. */
public enum Library {
  /** jib-maven-plugin, whose jar contains jib-core. */
  JIB("jib-maven-plugin"),
  /** docker-java with its transport for sockets and TCP. */
  DOCKER_JAVA("docker-java"),
  /** Our engine for pipelines, with Jenkins' interpreter. */
  JENKINS("jenkins-library");

  private final String title;

  Library(String title) {
    this.title = title;
  }

  /** Prefixes of the names of the classes that import it. */
  List<String> rooms() {
    return switch (this) {
      case JIB ->
          List.of(
              "io.github.goldenmaven.packaging.jib.",
              "io.github.goldenmaven.registry.credentials.jib.");
      case JENKINS ->
          List.of("io.github.goldenmaven.jenkins.", "io.github.goldenmaven.simulate.jenkins.");
      case DOCKER_JAVA -> List.of("io.github.goldenmaven.registry.docker.");
    };
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
