package io.github.goldenmaven.packaging.layers;

import io.github.goldenmaven.packaging.container.ServiceContainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * All that a service brings to its image: the layers to put on the golden base, bottom first, none
 * of them empty, and what to write into the image's config.
 *
 * @param artifacts {@code group:artifact:version} of the jars that have one, for messages
 */
public record PackagedService(
    List<ServiceLayer> layers, ServiceContainer container, Map<Path, String> artifacts) {

  /** Refuses layers of which one would hide another's file. */
  public PackagedService {
    layers = layers.stream().filter(layer -> !layer.entries().isEmpty()).toList();
    artifacts = Map.copyOf(artifacts);
    PlannedPaths.requireOneContentEach(layers);
  }

  /** Of jars that nobody knows the coordinates of. */
  public PackagedService(List<ServiceLayer> layers, ServiceContainer container) {
    this(layers, container, Map.of());
  }
}
