package io.github.goldenmaven.registry;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.DaemonReference;
import java.nio.file.Path;

/** Docker Engines, behind docker-java's classes, which not every build loads. */
public interface Engines {

  /**
   * Opens the engine that this process's environment names.
   *
   * @param staging folder for what is read out of the engine; emptied on close
   * @throws RefusedException when DOCKER_HOST and its fellows cannot be understood
   */
  ImageStore open(DaemonReference reference, Path staging);
}
