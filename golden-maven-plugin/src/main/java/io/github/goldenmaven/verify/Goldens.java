package io.github.goldenmaven.verify;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.cache.DocumentCache;
import io.github.goldenmaven.golden.GoldenImage;
import io.github.goldenmaven.golden.VersionOrder;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.golden.policy.RepositoryPattern;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.LayoutReference;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RegistryReference;
import io.github.goldenmaven.registry.ImageResolver;
import io.github.goldenmaven.registry.ImageSource;
import io.github.goldenmaven.registry.ResolvedImage;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import io.github.goldenmaven.verify.finding.GoldenBase;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The golden images that the policy allows, each read once in a run. Safe for use by several
 * threads.
 */
final class Goldens {

  /** Tags of one repository that are looked at to find out which golden an image really has. */
  private static final int MAX_TAGS = 200;

  private static final Pattern VERSION = Pattern.compile("[0-9]+(\\.[0-9]+)*");

  private final GoldenPolicy policy;
  private final List<ImageReference> known;
  private final Function<ImageReference, ImageSource> stores;
  private final DocumentCache cache;
  private final Map<String, Optional<ResolvedImage>> images = new ConcurrentHashMap<>();
  private final Map<String, List<ImageReference>> tags = new ConcurrentHashMap<>();

  /**
   * @param known goldens that images may stand on without saying so
   * @param stores opens the store of a reference, once for each repository
   */
  Goldens(
      GoldenPolicy policy,
      List<ImageReference> known,
      Function<ImageReference, ImageSource> stores,
      DocumentCache cache) {
    this.policy = policy;
    this.known = List.copyOf(known);
    this.stores = stores;
    this.cache = cache;
  }

  /**
   * The golden of this name and digest, for one platform.
   *
   * @return empty where it is not there, or not for this platform
   * @throws RefusedException when it is no golden image
   */
  Optional<GoldenBase> pinned(ImageReference reference, Digest digest, Platform platform) {
    return resolved(reference.pinnedTo(digest)).flatMap(image -> base(reference, image, platform));
  }

  /** The golden of this digest in one of the policy's folders. */
  Optional<GoldenBase> inFolders(Digest digest, Platform platform) {
    for (LayoutReference folder : policy.goldenFolders()) {
      Optional<GoldenBase> found = pinned(folder, digest, platform);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /**
   * All goldens that can be listed: those named for this run, of the policy's folders and
   * repositories without a wildcard, and of the repository that the labels name. What cannot be
   * read is left out: it only helps to say more.
   */
  List<GoldenBase> all(Optional<ImageReference> claimed, Platform platform) {
    Set<ImageReference> references = new LinkedHashSet<>();
    known.stream().filter(policy::allowsGolden).forEach(references::add);
    claimed.ifPresent(image -> references.addAll(tagsOf(image)));
    policy.goldenFolders().forEach(folder -> references.addAll(tagsOf(folder)));
    policy.golden().stream()
        .map(RepositoryPattern::toString)
        .filter(pattern -> !pattern.contains("*"))
        .forEach(name -> references.addAll(tagsOf(ImageReference.parse(name))));
    List<GoldenBase> goldens = new ArrayList<>();
    Set<Digest> seen = new LinkedHashSet<>();
    for (ImageReference reference : references) {
      readable(reference, platform)
          .filter(golden -> seen.add(golden.platform().manifest().digest()))
          .ifPresent(goldens::add);
    }
    return goldens;
  }

  private Optional<GoldenBase> readable(ImageReference reference, Platform platform) {
    try {
      return resolved(reference).flatMap(image -> base(reference, image, platform));
    } catch (GoldenException e) {
      return Optional.empty();
    }
  }

  /**
   * How many newer goldens of its line a golden's repository has.
   *
   * @throws UnavailableException when it cannot be asked
   */
  int newerThan(GoldenBase golden) {
    Set<String> newer = new LinkedHashSet<>();
    for (ImageReference reference : perhapsNewer(golden)) {
      resolved(reference)
          .flatMap(image -> readable(reference, golden.platform().platform()))
          .map(GoldenBase::golden)
          .filter(other -> other.line().equals(golden.golden().line()))
          .map(GoldenImage::version)
          .filter(version -> VersionOrder.INSTANCE.compare(version, golden.golden().version()) > 0)
          .ifPresent(newer::add);
    }
    return newer.size();
  }

  /** Its repository's tags, without those that are older versions by their very name. */
  private List<ImageReference> perhapsNewer(GoldenBase golden) {
    String version = golden.golden().version();
    List<ImageReference> candidates =
        listed(golden.reference()).stream()
            .filter(reference -> !isOlder(reference.tag().orElse(""), version))
            .toList();
    if (candidates.size() > MAX_TAGS || listed(golden.reference()).size() >= ImageSource.MAX_TAGS) {
      throw new UnavailableException(
          "The repository '%s' has too many tags to tell how many are newer than '%s'."
              .formatted(golden.reference().name(), version),
          "Delete tags of the repository that nobody needs, or leave 'behind' out of the policy.");
    }
    return candidates;
  }

  /** A tag that is a part of the version may be the line's, which moves. */
  private static boolean isOlder(String tag, String version) {
    return VERSION.matcher(tag).matches()
        && !version.startsWith(tag)
        && VersionOrder.INSTANCE.compare(tag, version) < 0;
  }

  private List<ImageReference> tagsOf(ImageReference image) {
    try {
      return listed(image).stream().limit(MAX_TAGS).toList();
    } catch (GoldenException e) {
      return List.of();
    }
  }

  private List<ImageReference> listed(ImageReference image) {
    return tags.computeIfAbsent(
        image.name(),
        name ->
            stores.apply(image).tags().stream()
                .filter(tag -> !tag.startsWith("sha256-"))
                .map(image::withTag)
                .map(ImageReference.class::cast)
                .toList());
  }

  private Optional<ResolvedImage> resolved(ImageReference reference) {
    // Asked once a run and repository, however many tags a digest is named with.
    String name =
        reference
            .digest()
            .map(digest -> reference.name() + "@" + digest)
            .orElseGet(reference::toString);
    return images.computeIfAbsent(
        name, text -> new ImageResolver(stores.apply(reference), cache).resolveThere(reference));
  }

  private Optional<GoldenBase> base(
      ImageReference reference, ResolvedImage image, Platform platform) {
    return image.platforms().stream()
        .filter(candidate -> platform.covers(candidate.platform()))
        .findFirst()
        .map(
            (PlatformImage candidate) ->
                new GoldenBase(
                    unpinned(reference),
                    image.digest(),
                    candidate,
                    GoldenImage.of(reference, candidate.config()),
                    stores.apply(reference)));
  }

  private static ImageReference unpinned(ImageReference reference) {
    if (reference.digest().isEmpty()) {
      return reference;
    }
    return reference
        .tag()
        .map(reference::withTag)
        .map(ImageReference.class::cast)
        .orElseGet(
            () ->
                reference instanceof RegistryReference
                    ? ImageReference.parse(reference.name())
                    : reference);
  }
}
