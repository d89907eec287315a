package io.github.goldenmaven.bake;

import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.registry.ImageSource;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import java.util.List;
import java.util.Map;

/** Runs the commands of golden.yaml's {@code run:} where an engine can. */
@FunctionalInterface
public interface CommandRunner {

  /**
   * What to run, and on what.
   *
   * @param store where the official image is
   * @param environment of the commands only; nothing of it is in the layer
   */
  record Request(
      PlatformImage official,
      ImageSource store,
      List<String> commands,
      Map<String, String> environment) {

    public Request {
      commands = List.copyOf(commands);
      environment = Map.copyOf(environment);
    }
  }

  /** What the commands changed, as one layer above the official image. */
  Layer run(Request request);
}
