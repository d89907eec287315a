package io.github.goldenmaven.registry.docker;

import io.github.goldenmaven.Console;
import io.github.goldenmaven.oci.DaemonReference;
import io.github.goldenmaven.oci.Layer;
import io.github.goldenmaven.registry.Engines;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The way in for those who have not loaded docker-java. */
public final class EngineDoor implements Engines {

  /** Found by its name. */
  public EngineDoor() {}

  @Override
  public ImageStore open(DaemonReference reference, Path staging) {
    return EngineStore.open(reference, staging);
  }

  @Override
  public Layer run(
      PlatformImage image,
      ImageStore store,
      List<String> commands,
      Map<String, String> environment,
      Path folder,
      Console console) {
    return EngineRun.run(image, store, commands, environment, folder, System.getenv(), console);
  }
}
