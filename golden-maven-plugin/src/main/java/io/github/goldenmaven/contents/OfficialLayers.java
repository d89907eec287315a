package io.github.goldenmaven.contents;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Reads layers of an official image, several at once, each in one pass and none twice.
 *
 * @param store where those come from that are not known yet
 */
public record OfficialLayers(ImageStore store, LayerScanner scanner) {

  /** More would only share one connection to the registry, and a machine's few processors. */
  private static final int MAX_THREADS = 4;

  /** Of a thread that was interrupted: one that waits for a registry is left behind then. */
  private static final int MAX_SECONDS_TO_END = 5;

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
    ExecutorService threads = Executors.newFixedThreadPool(MAX_THREADS, OfficialLayers::thread);
    try {
      Map<Digest, Future<LayerContents>> reading = new HashMap<>();
      for (Descriptor layer : image.layers()) {
        reading.computeIfAbsent(
            layer.digest(),
            digest ->
                threads.submit(() -> scanner.scan(store, layer, LayerPurpose.BAKE, budget::spend)));
      }
      List<LayerContents> layers = new ArrayList<>();
      Set<Digest> counted = new HashSet<>();
      for (int at = 0; at < image.layers().size(); at++) {
        Digest layer = image.layers().get(at).digest();
        LayerContents contents = join(Objects.requireNonNull(reading.get(layer)));
        require(layer, contents.diffId(), image.config().diffIds().get(at));
        if (!counted.add(layer)) {
          contents.entries().forEach(budget::spend);
        }
        layers.add(contents);
      }
      return layers;
    } finally {
      end(threads);
    }
  }

  /** What is still read when one layer is refused writes nothing into the cache behind that. */
  private static void end(ExecutorService threads) {
    threads.shutdownNow();
    try {
      threads.awaitTermination(MAX_SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "official-layer");
    thread.setDaemon(true);
    return thread;
  }

  private static LayerContents join(Future<LayerContents> reading) {
    try {
      return reading.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GoldenException golden) {
        throw golden;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("a layer could not be read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException(
          "The bake was interrupted while it read the official image.", "Bake again.", e);
    }
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
