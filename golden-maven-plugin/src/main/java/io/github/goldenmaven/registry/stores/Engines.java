package io.github.goldenmaven.registry.stores;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.oci.DaemonReference;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.registry.ImageSource;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Docker Engines, behind docker-java's classes, which not every build loads. */
public interface Engines {

  /**
   * Opens the engine that this process's environment names.
   *
   * @param staging folder for what is read out of the engine; emptied on close
   * @throws RefusedException when DOCKER_HOST and its fellows cannot be understood
   */
  ImageStore open(DaemonReference reference, Path staging);

  /**
   * Runs commands on an image in that engine, in order, until one fails.
   *
   * @param store where the image is
   * @param environment of the commands, over the image's; not kept in the layer
   * @param folder where the layer's file stays
   * @return what they changed, gzip-compressed
   * @throws RefusedException when a command fails, the image has no shell, or the engine's platform
   *     is another one
   */
  Layer run(
      PlatformImage image,
      ImageSource store,
      List<String> commands,
      Map<String, String> environment,
      Path folder,
      Console console);
}
