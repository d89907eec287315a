package io.github.goldenmaven.registry.docker;

import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.oci.DaemonReference;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.registry.ImageSource;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import io.github.goldenmaven.registry.stores.Engines;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The way in for those who have not loaded docker-java. */
public final class EngineProvider implements Engines {

  @Override
  public ImageStore open(DaemonReference reference, Path staging) {
    return EngineStore.open(reference, staging, System.getenv());
  }

  @Override
  public Layer run(
      PlatformImage image,
      ImageSource store,
      List<String> commands,
      Map<String, String> environment,
      Path folder,
      Console console) {
    return EngineRun.run(image, store, commands, environment, folder, System.getenv(), console);
  }
}
