package io.github.goldenmaven.packaging;

import java.util.List;

/**
 * All that a service brings to its image: the layers to put on the golden base, bottom first, none
 * of them empty, and what to write into the image's config.
 */
public record PackagedService(List<ServiceLayer> layers, ServiceContainer container) {

  /** Refuses layers of which one would hide another's file. */
  public PackagedService {
    layers = layers.stream().filter(layer -> !layer.entries().isEmpty()).toList();
    PlannedPaths.requireOneContentEach(layers);
  }
}
