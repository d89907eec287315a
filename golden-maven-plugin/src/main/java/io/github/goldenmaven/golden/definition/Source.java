package io.github.goldenmaven.golden.definition;

/** Where an agent or a tool comes from. */
public sealed interface Source {

  /** What it is called in the image, without version and suffix. */
  String baseName();

  /** What it is called in the image, the whole of it. */
  String fileName();

  /** A file in a Maven repository. */
  record Artifact(ArtifactCoordinates coordinates) implements Source {
    @Override
    public String baseName() {
      return coordinates.artifactId();
    }

    @Override
    public String fileName() {
      return coordinates.fileName();
    }

    @Override
    public String toString() {
      return coordinates.toString();
    }
  }

  /**
   * A file on this machine.
   *
   * @param written as in golden.yaml; a relative one starts at golden.yaml's folder
   */
  record OnDisk(String written) implements Source {
    @Override
    public String baseName() {
      String name = fileName();
      int dot = name.lastIndexOf('.');
      return dot > 0 ? name.substring(0, dot) : name;
    }

    @Override
    public String fileName() {
      return written.substring(written.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
      return written;
    }
  }
}
