package io.github.goldenmaven.verify;

import io.github.goldenmaven.DeniedException;
import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.registry.ImageSource;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.GoldenBase;
import io.github.goldenmaven.verify.rules.GoldenAllowed;
import io.github.goldenmaven.verify.rules.image.ImageAvailable;
import io.github.goldenmaven.verify.rules.image.ReadingFailure;
import io.github.goldenmaven.verify.subject.BaseMatch;
import io.github.goldenmaven.verify.subject.SharedLayers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out what a platform of an image stands on: what it claims, and what its layers are. */
final class BaseMatcher {

  private final GoldenPolicy policy;
  private final Goldens goldens;
  private final LayerInspection layers;

  BaseMatcher(GoldenPolicy policy, Goldens goldens, LayerInspection layers) {
    this.policy = policy;
    this.goldens = goldens;
    this.layers = layers;
  }

  /**
   * Looks at one platform.
   *
   * @param store where the image's own layers can be read
   * @param where the image and its platform, for findings
   */
  BaseMatch of(PlatformImage image, ImageSource store, String where) {
    List<Finding> faults = new ArrayList<>();
    Optional<GoldenBase> claimed = claimed(image, where, faults);
    if (claimed.filter(golden -> stands(image, golden, store, where, faults)).isPresent()) {
      GoldenBase golden = claimed.orElseThrow();
      return new BaseMatch(golden, faults, golden, null, golden.layers());
    }
    @Nullable GoldenBase actual = null;
    // Of several that are equally near, the one that the labels name.
    @Nullable GoldenBase nearest = claimed.orElse(null);
    int shared = claimed.map(golden -> SharedLayers.of(image, golden.platform()).both()).orElse(0);
    List<GoldenBase> others = goldens.all(name(image), image.platform());
    for (GoldenBase golden : others) {
      int common = SharedLayers.of(image, golden.platform()).both();
      if (common > shared) {
        nearest = golden;
        shared = common;
      }
      boolean larger = actual == null || golden.layers() > actual.layers();
      if (larger && stands(image, golden, store, where, faults)) {
        actual = golden;
      }
    }
    return new BaseMatch(
        claimed.orElse(null), faults, actual, actual == null ? nearest : null, shared);
  }

  /** Whether the lowest layers are the golden's, if need be after unpacking them. */
  private boolean stands(
      PlatformImage image,
      GoldenBase golden,
      ImageSource store,
      String where,
      List<Finding> faults) {
    SharedLayers shared = SharedLayers.of(image, golden.platform());
    if (shared.same()) {
      return true;
    }
    if (!shared.recompressed()) {
      return false;
    }
    try {
      for (int at = 0; at < golden.layers(); at++) {
        Descriptor layer = image.layers().get(at);
        boolean asStored = layer.digest().equals(golden.platform().layers().get(at).digest());
        if (!asStored && !layers.diffId(store, layer).equals(golden.config().diffIds().get(at))) {
          return false;
        }
      }
      return true;
    } catch (GoldenException e) {
      Finding fault = ReadingFailure.of(e, where);
      if (!faults.contains(fault)) {
        faults.add(fault);
      }
    }
    return false;
  }

  /** The golden image that a label names, if the policy allows it and it is there. */
  private Optional<GoldenBase> pinned(
      String named, Digest digest, PlatformImage image, String where, List<Finding> faults) {
    ImageReference reference = ImageReference.parse(named);
    if (!policy.allowsGolden(reference)) {
      faults.add(GoldenAllowed.elsewhere(policy, named, where));
      return Optional.empty();
    }
    Optional<GoldenBase> found = goldens.pinned(reference, digest, image.platform());
    if (found.isEmpty()) {
      faults.add(missing(reference, digest, image, where));
    }
    return found;
  }

  private Optional<GoldenBase> claimed(PlatformImage image, String where, List<Finding> faults) {
    Map<String, String> labels = image.config().labels();
    String named = Label.BASE_NAME.in(labels).orElse("");
    Optional<Digest> digest = digest(labels);
    if (digest.isEmpty() || (named.isEmpty() && Label.ROLE.in(labels).isEmpty())) {
      return Optional.empty();
    }
    try {
      if (named.isEmpty()) {
        Optional<GoldenBase> found = goldens.inFolders(digest.orElseThrow(), image.platform());
        if (found.isEmpty()) {
          faults.add(GoldenAllowed.elsewhere(policy, digest.orElseThrow().toString(), where));
        }
        return found;
      }
      return pinned(named, digest.orElseThrow(), image, where, faults);
    } catch (UnavailableException | DeniedException e) {
      faults.add(ReadingFailure.of(e, where));
    } catch (GoldenException e) {
      faults.add(
          Finding.refuse(GoldenAllowed.ABOUT, "a golden image", e.problem(), where)
              .withRemedy(e.remedy()));
    }
    return Optional.empty();
  }

  private static Finding missing(
      ImageReference reference, Digest digest, PlatformImage image, String where) {
    return Finding.unknown(
        ImageAvailable.ABOUT,
        "the golden image '" + reference.pinnedTo(digest) + "' for " + image.platform(),
        "nothing of that digest and platform",
        where,
        "Push the golden image again from where it is whole, or build the image on one that is"
            + " there.");
  }

  private static Optional<Digest> digest(Map<String, String> labels) {
    try {
      return Label.BASE_DIGEST.in(labels).map(Digest::parse);
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }

  /** The repository that the labels name, where the policy allows it. */
  private Optional<ImageReference> name(PlatformImage image) {
    try {
      return Label.BASE_NAME
          .in(image.config().labels())
          .map(ImageReference::parse)
          .filter(policy::allowsGolden);
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }
}
