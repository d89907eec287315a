package io.github.goldenmaven.registry.docker;

import io.github.goldenmaven.oci.DaemonReference;
import io.github.goldenmaven.registry.Engines;
import io.github.goldenmaven.registry.ImageStore;
import java.nio.file.Path;

/** The way in for those who have not loaded docker-java. */
public final class EngineDoor implements Engines {

  /** Found by its name. */
  public EngineDoor() {}

  @Override
  public ImageStore open(DaemonReference reference, Path staging) {
    return EngineStore.open(reference, staging);
  }
}
