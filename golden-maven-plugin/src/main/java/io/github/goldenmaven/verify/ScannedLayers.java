package io.github.goldenmaven.verify;

import io.github.goldenmaven.Console;
import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks into layers by reading them, each once on a machine; a golden is put together once a run.
 */
final class ScannedLayers implements LayerInspection {

  private final LayerScanner scanner;
  private final Map<Digest, GoldenContents> goldens = new ConcurrentHashMap<>();

  /**
   * @param folder what layers were found to hold is kept there
   */
  ScannedLayers(Path folder, Console console) {
    this.scanner = new LayerScanner(new ScanCache(folder), console);
  }

  @Override
  public Digest diffId(ImageStore store, Descriptor layer) {
    return scanner.scan(store, layer).diffId();
  }

  @Override
  public Upper above(GoldenBase golden, ImageStore store, PlatformImage image, String where) {
    List<Finding> faults = new ArrayList<>();
    try {
      GoldenContents contents =
          goldens.computeIfAbsent(
              golden.platform().manifest().digest(), digest -> contents(golden));
      List<ScannedLayer> upper = new ArrayList<>();
      for (int at = golden.layers(); at < image.layers().size(); at++) {
        ScannedLayer layer = scanner.scan(store, image.layers().get(at));
        Digest stated = image.config().diffIds().get(at);
        if (!layer.diffId().equals(stated)) {
          faults.add(
              Finding.refuse(
                  LayerContent.ABOUT,
                  "'" + stated + "'",
                  "'" + layer.diffId() + "'",
                  where + ", layer " + layer.digest().shortHex()));
        }
        upper.add(layer);
      }
      return new Upper(
          contents.protect(),
          contents.protectedPaths().all(),
          new UpperLayers(contents).judge(upper),
          faults);
    } catch (GoldenException e) {
      faults.add(ReadingFailure.of(e, where));
    }
    return new Upper(Upper.NOTHING.protect(), List.of(), List.of(), faults);
  }

  private GoldenContents contents(GoldenBase golden) {
    List<ScannedLayer> layers = new ArrayList<>();
    for (Descriptor layer : golden.platform().layers()) {
      layers.add(scanner.scan(golden.store(), layer));
    }
    return new GoldenContents(layers, golden.platform().config());
  }
}
