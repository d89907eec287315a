package io.github.goldenmaven.verify;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.contents.LayerContents;
import io.github.goldenmaven.contents.LayerContentsCache;
import io.github.goldenmaven.contents.LayerPurpose;
import io.github.goldenmaven.contents.LayerScanner;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.provenance.ClassVersions;
import io.github.goldenmaven.provenance.GoldenTree;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.registry.ImageSource;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.GoldenBase;
import io.github.goldenmaven.verify.layers.GoldenContents;
import io.github.goldenmaven.verify.layers.Links;
import io.github.goldenmaven.verify.layers.ServiceContents;
import io.github.goldenmaven.verify.layers.ServiceFiles;
import io.github.goldenmaven.verify.layers.ServiceLayers;
import io.github.goldenmaven.verify.rules.image.ImageReadable;
import io.github.goldenmaven.verify.rules.image.ReadingFailure;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks into layers by reading them, each once on a machine; a golden is put together once a run.
 */
final class ScannedLayers implements LayerInspection {

  /** Four times what Docker takes. */
  private static final int MAX_LAYERS = 512;

  /** Of all layers above the golden's: characters of names, and bytes of files. */
  private static final long MAX_NAMES = 32L << 20;

  private static final long MAX_CONTENT = 32L << 30;

  private final LayerScanner scanner;
  private final List<String> given;
  private final Map<Digest, GoldenContents> goldens = new ConcurrentHashMap<>();

  /**
   * @param folder what layers were found to hold is kept there
   * @param given folders and files that the policy gives to applications, absolute
   */
  ScannedLayers(Path folder, List<String> given, Console console) {
    this.scanner = new LayerScanner(new LayerContentsCache(folder, Clock.systemUTC()), console);
    this.given = List.copyOf(given);
  }

  @Override
  public Digest diffId(ImageSource store, Descriptor layer) {
    return scanner.scan(store, layer, LayerPurpose.GATE).diffId();
  }

  @Override
  public ServiceContents above(
      GoldenBase golden, ImageSource store, PlatformImage image, String where) {
    List<Finding> faults = new ArrayList<>();
    try {
      GoldenContents contents =
          goldens.computeIfAbsent(
              golden.platform().manifest().digest(), digest -> contents(golden));
      ServiceLayers upper = new ServiceLayers(contents);
      ClassVersions.Gathered classes = new ClassVersions.Gathered();
      long names = 0;
      long content = 0;
      List<Descriptor> layers = image.layers();
      List<Digest> diffIds = image.config().diffIds();
      requireBounded(where, "layers", layers.size(), MAX_LAYERS);
      for (int at = golden.layers(); at < layers.size(); at++) {
        LayerContents layer = scanner.scan(store, layers.get(at), LayerPurpose.GATE);
        requireStated(diffIds.get(at), layer, where, faults);
        names += layer.names();
        content += layer.contentBytes();
        requireBounded(where, "characters of names", names, MAX_NAMES);
        requireBounded(where, "bytes of files", content, MAX_CONTENT);
        upper.add(layer);
        classes.add(layer.facts().classes());
      }
      upper.files().readBy((layer, written) -> content(store, image, layer, written));
      return new ServiceContents(
          contents, upper.links(), upper.files(), upper.suspicions(), faults, classes.versions());
    } catch (GoldenException e) {
      faults.add(ReadingFailure.of(e, where));
    }
    return new ServiceContents(
        null, new Links(), new ServiceFiles(), List.of(), faults, ClassVersions.NONE);
  }

  private static void requireStated(
      Digest stated, LayerContents layer, String where, List<Finding> faults) {
    if (!layer.diffId().equals(stated)) {
      faults.add(
          Finding.refuse(
              ImageReadable.ABOUT,
              "'" + stated + "'",
              "'" + layer.diffId() + "'",
              where + ", layer " + layer.digest().shortHex()));
    }
  }

  /** Of a file that a command names: known of the layer, or read once more. */
  private Optional<String> content(
      ImageSource store, PlatformImage image, LayerContents layer, String written) {
    return layer
        .facts()
        .kept()
        .file(written)
        .or(
            () ->
                image.layers().stream()
                    .filter(one -> one.digest().equals(layer.digest()))
                    .findFirst()
                    .flatMap(one -> scanner.content(store, one, written)));
  }

  private static void requireBounded(String where, String what, long there, long allowed) {
    if (there > allowed) {
      throw new RefusedException(
          "The image '" + where + "' has " + there + " " + what + ", more than " + allowed + ".",
          "Have the image built again of fewer layers and files.");
    }
  }

  /** What its own config says, and the policy; never the application's. */
  private List<String> given(GoldenBase golden) {
    List<String> all = new ArrayList<>(given);
    Label.GOLDEN_TREE
        .in(golden.config().labels())
        .map(GoldenTree::parse)
        .ifPresent(tree -> all.addAll(tree.given()));
    return all;
  }

  private GoldenContents contents(GoldenBase golden) {
    List<LayerContents> layers = new ArrayList<>();
    List<Digest> diffIds = golden.config().diffIds();
    for (Descriptor layer : golden.platform().layers()) {
      LayerContents scanned = scanner.scan(golden.store(), layer, LayerPurpose.GATE);
      Digest stated = diffIds.get(layers.size());
      if (!scanned.diffId().equals(stated)) {
        throw new RefusedException(
            "The layer '%s' of the golden image '%s' unpacks to '%s', and its config says '%s'."
                .formatted(layer.digest(), golden.shown(), scanned.diffId(), stated),
            "Have the golden image baked again with golden:bake.");
      }
      layers.add(scanned);
    }
    return new GoldenContents(layers, golden.config(), given(golden));
  }
}
