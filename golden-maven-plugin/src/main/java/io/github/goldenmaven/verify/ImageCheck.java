package io.github.goldenmaven.verify;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.NoImageException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.cache.DocumentCache;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.ImageIndex;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.registry.ImageResolver;
import io.github.goldenmaven.registry.ImageSource;
import io.github.goldenmaven.registry.ReferrerPolicy;
import io.github.goldenmaven.registry.ResolvedImage;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import io.github.goldenmaven.statements.Attestations;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.GoldenBase;
import io.github.goldenmaven.verify.layers.ServiceContents;
import io.github.goldenmaven.verify.provenance.DemandedProvenance;
import io.github.goldenmaven.verify.provenance.ProvenanceFault;
import io.github.goldenmaven.verify.report.BoundedFindings;
import io.github.goldenmaven.verify.report.ImageReport;
import io.github.goldenmaven.verify.report.ImageReport.Layer;
import io.github.goldenmaven.verify.report.ImageReport.Line;
import io.github.goldenmaven.verify.report.ImageReport.Stack;
import io.github.goldenmaven.verify.rules.Rules;
import io.github.goldenmaven.verify.rules.image.ConfigBounds;
import io.github.goldenmaven.verify.rules.image.ImageAvailable;
import io.github.goldenmaven.verify.rules.image.ImageReadable;
import io.github.goldenmaven.verify.rules.image.ReadingFailure;
import io.github.goldenmaven.verify.subject.BaseMatch;
import io.github.goldenmaven.verify.subject.Rule;
import io.github.goldenmaven.verify.subject.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks one image, every platform of it. Whatever goes wrong becomes a finding. */
final class ImageCheck {

  private static final String UNKNOWN = "unknown";

  /** As many as a promotion takes along. */
  private static final int MAX_BESIDE = 256;

  private final GoldenPolicy policy;
  private final Instant now;
  private final Set<ImageReference> found;
  private final @Nullable ImageReference target;
  private final boolean release;
  private final Function<ImageReference, ImageSource> stores;
  private final DocumentCache cache;
  private final Goldens goldens;
  private final LayerInspection layers;

  ImageCheck(
      GateRequest request,
      Function<ImageReference, ImageSource> stores,
      DocumentCache cache,
      Goldens goldens,
      LayerInspection layers) {
    this.policy = request.policy();
    this.now = request.now();
    this.found = request.found();
    this.target = request.targetOrNull();
    this.release = request.release() || target != null;
    this.stores = stores;
    this.cache = cache;
    this.goldens = goldens;
    this.layers = layers;
  }

  /**
   * The image checked against all rules.
   *
   * @throws NoImageException where a pattern led to something else
   */
  ImageReport of(ImageReference reference) {
    List<Finding> findings = new ArrayList<>();
    Set<String> checked = new LinkedHashSet<>();
    ResolvedImage image = null;
    Line line = Line.NONE;
    try {
      ImageSource store = stores.apply(reference);
      image = new ImageResolver(store, cache).resolveThere(reference).orElse(null);
      checked.add(ImageAvailable.ABOUT.id());
      if (image == null) {
        findings.add(ImageAvailable.missing(reference, store));
      } else {
        checked.add(ImageReadable.ABOUT.id());
        line = platforms(image, store, checked, findings);
      }
    } catch (GoldenException e) {
      if (e instanceof NoImageException other && found.contains(reference)) {
        throw other;
      }
      Finding failure = ReadingFailure.of(e, reference.toString());
      checked.add(failure.rule().id());
      findings.add(failure);
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      // Whatever one image does to the gate, it does not pass, and the others are still looked at.
      checked.add(ImageAvailable.ABOUT.id());
      findings.add(ImageAvailable.broken(e, reference.toString()));
    }
    return report(reference, image, line, checked, findings);
  }

  private ImageReport report(
      ImageReference reference,
      @Nullable ResolvedImage image,
      Line line,
      Set<String> checked,
      List<Finding> findings) {
    Waivers judgement = new Waivers(policy, now);
    return new ImageReport(
        reference.toString(),
        image == null ? null : image.digest(),
        line,
        List.copyOf(checked),
        BoundedFindings.of(
            findings.stream()
                .map(finding -> judgement.of(finding, image == null ? null : image.digest()))
                .toList()));
  }

  private Line platforms(
      ResolvedImage image, ImageSource store, Set<String> checked, List<Finding> findings) {
    List<Line> lines = new ArrayList<>();
    beside(image, store, findings);
    for (PlatformImage platform : image.platforms()) {
      ConfigBounds.require(platform.config().runtime(), reference(image, platform));
      Subject subject = subject(image, platform, store);
      for (Rule rule : Rules.ALL) {
        checked.add(rule.about().id());
        findings.addAll(rule.check(subject));
      }
      lines.add(line(subject));
    }
    return Line.of(lines);
  }

  private static String reference(ResolvedImage image, PlatformImage platform) {
    return image.reference() + ", " + platform.config().platform();
  }

  /** Entries that say that no machine runs them: attestations, and nothing that one could run. */
  private void beside(ResolvedImage image, ImageSource store, List<Finding> findings) {
    if (!image.isIndex()) {
      return;
    }
    List<Descriptor> entries = new ArrayList<>(new ImageIndex(image.top()).manifests());
    entries.removeIf(
        entry -> entry.platform().filter(platform -> platform.os().equals(UNKNOWN)).isEmpty());
    if (entries.size() > MAX_BESIDE) {
      throw new RefusedException(
          "The index of '" + image.reference() + "' has " + entries.size() + " attestations.",
          "Have the image pushed again with at most " + MAX_BESIDE + ".");
    }
    ReferrerPolicy inert = new ReferrerPolicy(store);
    for (Descriptor entry : entries) {
      try {
        RawManifest manifest =
            cache
                .manifest(entry.digest())
                .or(() -> store.manifest(entry.digest()))
                .orElseThrow(
                    () ->
                        new UnavailableException(
                            "'" + store.name() + "' has no '" + entry.digest() + "'.",
                            "Push the image again."));
        cache.keep(manifest);
        inert.requireAttestation(entry, manifest);
      } catch (GoldenException e) {
        findings.add(ReadingFailure.of(e, image.reference() + ", index"));
      }
    }
  }

  private Subject subject(ResolvedImage image, PlatformImage platform, ImageSource store) {
    List<ProvenanceFault> provenance =
        new DemandedProvenance(policy, image, now)
            .of(platform.manifest().raw().digest(), new Attestations(store));
    Subject bare =
        new Subject(
            image,
            platform,
            new BaseMatch(null, List.of(), null, null, 0),
            ServiceContents.NOTHING,
            provenance,
            policy,
            now,
            goldens::newerThan,
            target,
            release);
    if (bare.isGolden()) {
      return bare;
    }
    BaseMatch ground = new BaseMatcher(policy, goldens, layers).of(platform, store, bare.where());
    ServiceContents upper =
        ground
            .actual()
            .map(golden -> layers.above(golden, store, platform, bare.where()))
            .orElse(ServiceContents.NOTHING);
    return bare.on(ground, upper);
  }

  private static Line line(Subject subject) {
    String itself = subject.reference().pinnedTo(subject.image().digest()).toString();
    String platform = subject.config().platform().toString();
    List<Layer> layers = layers(subject.platform());
    Optional<GoldenBase> actual = subject.golden();
    if (actual.isPresent()) {
      GoldenBase golden = actual.orElseThrow();
      String official = golden.golden().officialName();
      return new Line(
          (official.isEmpty() ? "" : official + "@") + golden.golden().officialDigest(),
          golden.shown(),
          itself,
          true,
          List.of(new Stack(platform, golden.layers(), layers)));
    }
    String official = claim(subject, Label.OFFICIAL_NAME, Label.OFFICIAL_DIGEST);
    return subject.isGolden()
        ? new Line(
            official, itself, null, true, List.of(new Stack(platform, layers.size(), layers)))
        : new Line(
            official,
            claim(subject, Label.BASE_NAME, Label.BASE_DIGEST),
            itself,
            false,
            List.of(new Stack(platform, 0, layers)));
  }

  private static List<Layer> layers(PlatformImage platform) {
    List<@Nullable String> told = platform.config().toldOfLayers();
    List<Layer> layers = new ArrayList<>();
    for (Descriptor layer : platform.layers()) {
      String words = layers.size() < told.size() ? told.get(layers.size()) : null;
      layers.add(new Layer(layer.digest(), layer.size(), words == null ? "" : words));
    }
    return layers;
  }

  private static @Nullable String claim(Subject subject, Label name, Label digest) {
    String named = name.in(subject.labels()).orElse("");
    String pinned = digest.in(subject.labels()).orElse("");
    String claim = named + (named.isEmpty() || pinned.isEmpty() ? "" : "@") + pinned;
    return claim.isEmpty() ? null : claim;
  }
}
