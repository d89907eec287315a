package io.github.goldenmaven.golden.definition;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names one file in a Maven repository: {@code group:artifact[:extension[:classifier]]:version}.
 *
 * @param extension {@code jar} where none is written
 * @param version one version, no range; of a SNAPSHOT the newest is taken
 * @see <a href="https://maven.apache.org/pom.html#Maven_Coordinates">Maven coordinates</a>
 */
public record ArtifactCoordinates(
    String groupId,
    String artifactId,
    String extension,
    @Nullable String classifierOrNull,
    String version) {

  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]*");

  /** What Maven replaces by a version of the repository's metadata. */
  private static final Set<String> MOVING = Set.of("LATEST", "RELEASE");

  private static final int LEAST = 3;
  private static final int MOST = 5;

  /**
   * Parses coordinates.
   *
   * @throws RefusedException when they are of another form, or name no one version
   */
  public static ArtifactCoordinates parse(String text) {
    String[] parts = text.split(":", -1);
    boolean known = parts.length >= LEAST && parts.length <= MOST;
    for (String part : parts) {
      known &= PART.matcher(part).matches();
    }
    if (!known) {
      throw new RefusedException(
          "'" + Printable.of(text) + "' are not the coordinates of an artifact.",
          "Write 'group:artifact:version', 'group:artifact:extension:version' or"
              + " 'group:artifact:extension:classifier:version'.");
    }
    String version = parts[parts.length - 1];
    if (MOVING.contains(version)) {
      throw new RefusedException(
          "'%s' names no version: '%s' is whichever is newest when it is looked up."
              .formatted(Printable.of(text), version),
          "Write the version.");
    }
    return new ArtifactCoordinates(
        parts[0],
        parts[1],
        parts.length > LEAST ? parts[2] : "jar",
        parts.length == MOST ? parts[3] : null,
        version);
  }

  public Optional<String> classifier() {
    return Optional.ofNullable(classifierOrNull);
  }

  /** The file's name as a Maven repository has it: {@code artifact-version-classifier.jar}. */
  public String fileName() {
    return artifactId
        + "-"
        + version
        + classifier().map(classifier -> "-" + classifier).orElse("")
        + "."
        + extension;
  }

  @Override
  public String toString() {
    String optional = classifier().map(classifier -> ":" + classifier).orElse("");
    return groupId + ":" + artifactId + ":" + extension + optional + ":" + version;
  }
}
