package io.github.goldenmaven.packaging.layers;

import java.nio.file.Path;

/**
 * One artifact of the service's runtime class path.
 *
 * @param coordinates for messages: {@code group:artifact:version}
 */
public record RuntimeDependency(String coordinates, Path file, Origin origin) {

  /** Where it comes from, which says how often it changes and so which layer it lies in. */
  public enum Origin {
    RELEASE(ServiceLayer.DEPENDENCIES),
    SNAPSHOT(ServiceLayer.SNAPSHOT_DEPENDENCIES),
    /** A module of the same reactor. */
    REACTOR(ServiceLayer.PROJECT_DEPENDENCIES);

    private final String layer;

    Origin(String layer) {
      this.layer = layer;
    }

    public String layer() {
      return layer;
    }
  }
}
