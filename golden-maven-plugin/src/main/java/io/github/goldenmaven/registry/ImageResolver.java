package io.github.goldenmaven.registry;

import io.github.goldenmaven.NoImageException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.cache.DocumentCache;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageIndex;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import io.github.goldenmaven.text.Printable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Resolves a reference to its digest once and reads every platform of it. The tag costs one
 * request; what a digest names is taken from the cache where it was seen before.
 */
public final class ImageResolver {

  private static final int MAX_PLATFORMS = 64;

  private final ImageSource store;

  /** The empty JSON object, which stands for a config in artifacts. */
  private static final Digest NOTHING = Digest.of(new byte[] {'{', '}'});

  private final DocumentCache cache;

  public ImageResolver(ImageSource store, DocumentCache cache) {
    this.store = store;
    this.cache = cache;
  }

  /** The image; empty where the store has no such tag or digest. */
  public Optional<ResolvedImage> resolve(ImageReference reference) {
    return resolved(reference, top(reference));
  }

  /** The image of a digest that the reference was found to point to. */
  public Optional<ResolvedImage> resolve(ImageReference reference, Digest digest) {
    return resolved(reference, byDigest(digest));
  }

  /**
   * The image, of which the store itself was asked in any case: the cache tells what a digest
   * names, never that this store has it.
   */
  public Optional<ResolvedImage> resolveThere(ImageReference reference) {
    return resolved(reference, there(reference));
  }

  private Optional<ResolvedImage> resolved(ImageReference reference, Optional<RawManifest> top) {
    return top.map(found -> new ResolvedImage(reference, found, platforms(reference, found)));
  }

  private Optional<RawManifest> top(ImageReference reference) {
    Optional<Digest> pinned = reference.digest();
    return pinned.isPresent() ? byDigest(pinned.orElseThrow()) : there(reference);
  }

  private Optional<RawManifest> there(ImageReference reference) {
    return kept(store.manifest(reference));
  }

  private Optional<RawManifest> byDigest(Digest digest) {
    return cache.manifest(digest).or(() -> kept(store.manifest(digest)));
  }

  private Optional<RawManifest> kept(Optional<RawManifest> fetched) {
    fetched.ifPresent(cache::keep);
    return fetched;
  }

  private List<PlatformImage> platforms(ImageReference reference, RawManifest top) {
    if (!top.isIndex()) {
      return List.of(read(reference, new ImageManifest(top), Optional.empty()));
    }
    ImageIndex index = new ImageIndex(top);
    List<Descriptor> entries = new ArrayList<>(index.runnable());
    entries.addAll(index.unstated());
    if (entries.isEmpty() || entries.size() > MAX_PLATFORMS) {
      throw refused(reference, "is an index of " + entries.size() + " runnable platforms");
    }
    List<PlatformImage> platforms = new ArrayList<>();
    Set<Platform> seen = new HashSet<>();
    for (Descriptor entry : entries) {
      ImageManifest manifest = manifest(reference, entry);
      if (entry.platform().isEmpty() && isArtifact(manifest)) {
        continue;
      }
      PlatformImage platform = read(reference, manifest, Optional.of(entry));
      if (!seen.add(platform.platform())) {
        throw refused(reference, "has two entries for '" + platform.platform() + "'");
      }
      platforms.add(platform);
    }
    if (platforms.isEmpty()) {
      throw refused(reference, "is an index of 0 runnable platforms");
    }
    return platforms;
  }

  private ImageManifest manifest(ImageReference reference, Descriptor entry) {
    RawManifest manifest =
        byDigest(entry.digest())
            .orElseThrow(
                () -> refused(reference, "names the manifest '" + entry + "', which is missing"));
    if (manifest.isIndex()
        || manifest.size() != entry.size()
        || !manifest.mediaType().equals(entry.mediaType())) {
      throw refused(reference, "describes the manifest '" + entry + "' wrongly");
    }
    return new ImageManifest(manifest);
  }

  /**
   * An entry that states no platform is run by containerd where its config has one, so only what
   * has the empty object for a config is left out: a media type may lie.
   */
  private static boolean isArtifact(ImageManifest manifest) {
    return manifest.config().digest().equals(NOTHING);
  }

  private PlatformImage read(
      ImageReference reference, ImageManifest manifest, Optional<Descriptor> entry) {
    if (entry.isEmpty()) {
      requireImage(reference, manifest);
    }
    ImageConfig config =
        ImageConfig.read("The config of '" + reference + "'", configBytes(manifest.config()));
    if (config.diffIds().size() != manifest.layers().size()) {
      throw refused(
          reference,
          "has %s layers in its manifest and %s in its config"
              .formatted(manifest.layers().size(), config.diffIds().size()));
    }
    if (manifest.layers().isEmpty()) {
      throw refused(reference, "has no layers");
    }
    entry
        .flatMap(Descriptor::platform)
        .filter(stated -> !sameMachine(stated, config.platform()))
        .ifPresent(
            stated -> {
              throw refused(
                  reference,
                  "says '" + stated + "' in its index and '" + config.platform() + "' in a config");
            });
    JsonObject platform =
        entry.flatMap(e -> e.json().object("platform")).orElseGet(() -> json(config.platform()));
    return new PlatformImage(platform, manifest, config);
  }

  /**
   * By the type of its config, where nobody says that it is an image's. Of an index nothing is
   * passed over so: its other entries run.
   */
  private static void requireImage(ImageReference reference, ImageManifest manifest) {
    String config = manifest.config().mediaType();
    Optional<String> stated = manifest.raw().json().string("artifactType");
    if (MediaTypes.isConfig(config)
        || (!config.startsWith("application/vnd.") && stated.isEmpty())
        || manifest.layers().stream().map(Descriptor::mediaType).anyMatch(MediaTypes::isLayer)) {
      return;
    }
    throw new NoImageException(
        "'%s' is no container image: it is '%s'."
            .formatted(reference, Printable.of(stated.orElse(config))),
        "Name an image in <image> (-Dgolden.image), <base> (-Dgolden.base) or <fleet>"
            + " (-Dgolden.fleet).");
  }

  private byte[] configBytes(Descriptor descriptor) {
    Optional<byte[]> cached = cache.blob(descriptor);
    if (cached.isPresent()) {
      return cached.orElseThrow();
    }
    byte[] bytes = store.blob(descriptor);
    cache.keep(descriptor.digest(), bytes);
    return bytes;
  }

  /** Many configs lack the variant their index states; where both state one, it is the same. */
  private static boolean sameMachine(Platform stated, Platform actual) {
    return stated.os().equals(actual.os())
        && stated.architecture().equals(actual.architecture())
        && (stated.variant().isEmpty()
            || actual.variant().isEmpty()
            || stated.variant().equals(actual.variant()));
  }

  private static JsonObject json(Platform platform) {
    JsonObject json =
        JsonObject.EMPTY.with("architecture", platform.architecture()).with("os", platform.os());
    return platform.variant().map(variant -> json.with("variant", variant)).orElse(json);
  }

  private static RefusedException refused(ImageReference reference, String fault) {
    return new RefusedException(
        "The image '" + reference + "' " + Printable.of(fault) + ".",
        "Have it pushed again by the tool that built it.");
  }
}
