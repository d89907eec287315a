package io.github.goldenmaven.bake;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.cache.DocumentCache;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.golden.VersionOrder;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageIndex;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.registry.AssembledImage;
import io.github.goldenmaven.registry.AssembledImage.OwnBlob;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Tells when a line, which services follow, goes back to an older version than it was. */
final class VersionRegressionCheck {

  private final BakeRequest request;
  private final Console console;
  private final DocumentCache documents;

  VersionRegressionCheck(BakeRequest request, Console console) {
    this.request = request;
    this.console = console;
    this.documents = request.documents();
  }

  /** So that the next bake on this machine knows the version of this one without a request. */
  void remember(AssembledImage image, ImageStore target) {
    if (target.kind().isLocal()) {
      return;
    }
    try {
      keep(image);
    } catch (UnavailableException e) {
      // Both tags have moved: what is only remembered must not tell otherwise.
      console.warn(e.problem(), e.remedy());
    }
  }

  private void keep(AssembledImage image) {
    image.children().forEach(documents::keep);
    for (OwnBlob own : image.own()) {
      if (own.name().equals("config")) {
        try (InputStream in = own.blob().open()) {
          documents.keep(own.blob().digest(), in.readNBytes(StrictJson.MAX_BYTES));
        } catch (IOException e) {
          throw new IllegalStateException("a config is in memory", e);
        }
      }
    }
  }

  /**
   * Warns where the line's image is of a newer version than this bake's.
   *
   * @param there what the line's tag points to
   * @param target where that is
   */
  void warnIfNewer(RawManifest there, ImageStore target) {
    GoldenDefinition definition = request.definition();
    version(there, target)
        .filter(version -> VersionOrder.INSTANCE.compare(version, definition.version()) > 0)
        .ifPresent(
            version ->
                console.warn(
                    "The line '"
                        + definition.line()
                        + "' of '"
                        + request.target().name()
                        + "' is the version '"
                        + Printable.of(version)
                        + "', and goes back to '"
                        + definition.version()
                        + "': services get the older one with their next build.",
                    "If that is not intended, bake the newer golden.yaml again."));
  }

  /** Empty where it is no golden image of ours, or cannot be read: it is about to be replaced. */
  private Optional<String> version(RawManifest there, ImageStore target) {
    try {
      RawManifest manifest = there;
      if (there.isIndex()) {
        Optional<Descriptor> entry = new ImageIndex(there).runnable().stream().findFirst();
        if (entry.isEmpty()) {
          return Optional.empty();
        }
        Optional<RawManifest> child = documents.manifest(entry.orElseThrow().digest());
        if (child.isEmpty()) {
          child = target.manifest(entry.orElseThrow().digest());
        }
        if (child.isEmpty()) {
          return Optional.empty();
        }
        manifest = child.orElseThrow();
      }
      Descriptor config = new ImageManifest(manifest).config();
      byte[] bytes = documents.blob(config).orElseGet(() -> target.blob(config));
      return Label.GOLDEN_VERSION.in(ImageConfig.read("The line's config", bytes).labels());
    } catch (RefusedException | UnavailableException e) {
      return Optional.empty();
    }
  }
}
