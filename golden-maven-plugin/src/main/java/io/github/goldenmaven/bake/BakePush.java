package io.github.goldenmaven.bake;

import io.github.goldenmaven.DeniedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.registry.AssembledImage;
import io.github.goldenmaven.registry.ImagePush;
import io.github.goldenmaven.registry.ImageStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Brings a golden image to its two tags: its version's, and then its line's. */
final class BakePush {

  private final BakeRequest request;
  private final GoldenDefinition definition;
  private final ReleaseGuard release;
  private final Console console;
  private final VersionRegressionCheck line;

  BakePush(BakeRequest request, ReleaseGuard release, Console console) {
    this.request = request;
    this.definition = request.definition();
    this.release = release;
    this.console = console;
    this.line = new VersionRegressionCheck(request, console);
  }

  /**
   * A dry run's last words, of what the target has; none where the commands that were not run
   * decide the digest.
   */
  void tellWhatWouldBe(AssembledImage image, Function<ImageReference, ImageStore> stores) {
    if (!definition.run().isEmpty()) {
      return;
    }
    try (ImageStore target = stores.apply(references().get(0))) {
      if (!target.kind().keepsManifests()) {
        // An engine is told nothing by that: its store only learns what the index consists of.
        image.children().forEach(target::put);
      }
      tellWhatWouldBe(image, target);
    } catch (UnavailableException | DeniedException e) {
      console.warn(
          "It is not known whether '"
              + request.target().name()
              + "' has the image already. "
              + e.problem(),
          e.remedy());
    }
  }

  private void tellWhatWouldBe(AssembledImage image, ImageStore target) {
    Digest digest = image.top().digest();
    boolean first = true;
    for (ImageReference reference : references()) {
      String tag = reference.tag().orElseThrow();
      if ((first && isVersion(target, tag, image.top())) || target.holds(image.top(), tag)) {
        console.unchanged(reference.toString(), digest);
      } else {
        if (!first && target.kind().keepsManifests()) {
          ImagePush.current(target, tag).ifPresent(there -> line.warnIfNewer(there, target));
        }
        console.wouldPush(reference.toString(), digest);
      }
      first = false;
    }
  }

  /** Pushes to both tags; false when both pointed to the image already and nothing was sent. */
  boolean push(AssembledImage image, ImageStore target, ImagePush push) {
    boolean sent = false;
    boolean first = true;
    for (ImageReference reference : references()) {
      String tag = reference.tag().orElseThrow();
      boolean changed =
          first
              ? !isVersion(target, tag, image.top()) && push.push(image, tag, definition.line())
              : push.alsoTag(image, tag, there -> line.warnIfNewer(there, target));
      if (changed) {
        console.pushed(reference.toString(), image.top().digest());
      } else {
        console.unchanged(reference.toString(), image.top().digest());
      }
      sent |= changed;
      first = false;
    }
    if (sent) {
      line.remember(image, target);
    }
    return sent;
  }

  /** The version's tag first; the line's, which consumers follow, moves last. */
  List<ImageReference> references() {
    ImageReference version = request.target().withTag(definition.version());
    return definition.version().equals(definition.line())
        ? List.of(version)
        : List.of(version, request.target().withTag(definition.line()));
  }

  /** Whether the tag is this image; a version means one image, the line's tag is what moves. */
  private boolean isVersion(ImageStore target, String tag, RawManifest image) {
    if (!target.kind().keepsManifests() || definition.version().equals(definition.line())) {
      return false;
    }
    Optional<Digest> there = ImagePush.current(target, tag).map(RawManifest::digest);
    if (there.filter(image.digest()::equals).isPresent()) {
      return true;
    }
    there.ifPresent(other -> release.refuse("version", moved(tag, other), raiseTheVersion()));
    return false;
  }

  private String moved(String tag, Digest there) {
    return "The version '"
        + tag
        + "' of '"
        + request.target().name()
        + "' is '"
        + there
        + "' already, and this bake gives another image.";
  }

  private String raiseTheVersion() {
    String raise =
        "Raise 'version' in '" + definition.file() + "', so that a version stays one image.";
    return definition.run().isEmpty()
        ? raise
        : raise + " 'run' gives another image at every bake, so each needs a version of its own.";
  }
}
