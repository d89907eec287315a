package io.github.goldenmaven.provenance;

/** What Maven knows a project by. */
public record Coordinates(String groupId, String artifactId, String version) {

  /** {@code group:artifact:version}. */
  @Override
  public String toString() {
    return groupId + ":" + artifactId + ":" + version;
  }
}
