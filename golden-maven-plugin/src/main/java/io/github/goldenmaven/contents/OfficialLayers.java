package io.github.goldenmaven.contents;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.concurrent.Workers;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.registry.ImageSource;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads layers of an official image, several at once, each in one pass and none twice.
 *
 * @param store where those come from that are not known yet
 */
public record OfficialLayers(ImageSource store, LayerScanner scanner) {

  /** More would only share one connection to the registry, and a machine's few processors. */
  private static final int MAX_THREADS = 4;

  /** Begins a sentence about a layer. */
  static String what(Digest layer) {
    return LayerPurpose.BAKE.what(layer);
  }

  /**
   * What the layers hold, bottom first.
   *
   * @throws RefusedException when they are not what the config says, or more than {@link
   *     ImageBudget} allows
   */
  public List<LayerContents> read(PlatformImage image) {
    ImageBudget.requireLayers(image.layers().size());
    ImageBudget budget = new ImageBudget();
    Map<Digest, Supplier<LayerContents>> reading = new LinkedHashMap<>();
    for (int at = 0; at < image.layers().size(); at++) {
      Descriptor layer = image.layers().get(at);
      Digest diffId = image.config().diffIds().get(at);
      reading.putIfAbsent(layer.digest(), () -> read(layer, diffId, budget));
    }
    List<LayerContents> distinct =
        Workers.all(
            "official-layer",
            MAX_THREADS,
            "it read the official image",
            List.copyOf(reading.values()));
    List<Digest> digests = List.copyOf(reading.keySet());
    List<LayerContents> layers = new ArrayList<>();
    Set<Digest> counted = new HashSet<>();
    for (int at = 0; at < image.layers().size(); at++) {
      Digest layer = image.layers().get(at).digest();
      LayerContents contents = distinct.get(digests.indexOf(layer));
      if (!counted.add(layer)) {
        require(layer, contents.diffId(), image.config().diffIds().get(at));
        contents.entries().forEach(budget::spend);
      }
      layers.add(contents);
    }
    return layers;
  }

  private LayerContents read(Descriptor layer, Digest diffId, ImageBudget budget) {
    LayerContents contents = scanner.scan(store, layer, LayerPurpose.BAKE, budget::spend);
    require(layer.digest(), contents.diffId(), diffId);
    return contents;
  }

  private static void require(Digest layer, Digest actual, Digest stated) {
    if (!actual.equals(stated)) {
      throw new RefusedException(
          what(layer) + " unpacks to '" + actual + "', but its config says '" + stated + "'.",
          "The official image contradicts itself: have it pushed again by its publisher, or name"
              + " another one in 'from' of golden.yaml.");
    }
  }
}
