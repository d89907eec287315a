package io.github.goldenmaven.registry;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.cache.PushMemory;
import io.github.goldenmaven.cache.PushMemory.Pushed;
import io.github.goldenmaven.concurrent.Workers;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageIndex;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.registry.AssembledImage.OwnBlob;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Brings an assembled image to its store: nothing when the tag has it already, blobs first, the tag
 * last, then the tag is read back. A push killed midway leaves the tag as it was.
 */
public final class ImagePush {

  private static final int AT_ONCE = 4;

  private final ImageStore target;
  private final ImageSource base;
  private final PushMemory memory;
  private final Console console;

  /**
   * @param base where the inherited layers lie
   */
  public ImagePush(ImageStore target, ImageSource base, PushMemory memory, Console console) {
    this.target = target;
    this.base = base;
    this.memory = memory;
    this.console = console;
  }

  /**
   * Pushes the image to the tag.
   *
   * @return false when the tag pointed to it already and nothing was sent
   */
  public boolean push(AssembledImage image, String tag) {
    return push(image, tag, tag);
  }

  /**
   * Pushes the image to a tag that no push went to yet, where another tag of the repository has
   * what it mostly consists of.
   *
   * @param like the other tag; what is known of it saves asking for each blob
   * @return false when the tag pointed to it already and nothing was sent
   */
  public boolean push(AssembledImage image, String tag, String like) {
    if (!target.kind().keepsManifests()) {
      return load(image, tag);
    }
    RawManifest top = image.top();
    Set<Digest> known = new HashSet<>();
    Optional<Pushed> last =
        target.kind().isLocal()
            ? Optional.empty()
            : memory.recall(target.name(), tag).or(() -> memory.recall(target.name(), like));
    if (last.isPresent() && !last.orElseThrow().manifest().equals(top.digest())) {
      known.addAll(last.orElseThrow().blobs());
    } else {
      Optional<RawManifest> current = current(target, tag);
      if (current.filter(manifest -> manifest.digest().equals(top.digest())).isPresent()) {
        remember(image, tag);
        return false;
      }
      current
          .filter(there -> !target.kind().isLocal())
          .ifPresent(there -> known.addAll(blobsOf(there)));
    }
    send(image, tag, known);
    readBack(top, tag);
    remember(image, tag);
    return true;
  }

  /**
   * Lets another tag point to an image that {@link #push} brought to this store.
   *
   * @param other hears of the image that the tag pointed to before
   * @return false when the tag pointed to it already and nothing was sent
   */
  public boolean alsoTag(AssembledImage image, String tag, Consumer<RawManifest> other) {
    if (!target.kind().keepsManifests()) {
      return load(image, tag);
    }
    Optional<RawManifest> there = current(target, tag);
    if (there.map(RawManifest::digest).filter(image.top().digest()::equals).isPresent()) {
      return false;
    }
    there.ifPresent(other);
    target.put(image.top(), tag);
    readBack(image.top(), tag);
    remember(image, tag);
    return true;
  }

  /**
   * What the tag points to; empty too where it is an image that nobody can read, which is written
   * over.
   */
  public static Optional<RawManifest> current(ImageSource target, String tag) {
    try {
      return target.manifest(tag);
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }

  /** The image is there already: a note that cannot be written must not tell otherwise. */
  private void remember(AssembledImage image, String tag) {
    if (target.kind().isLocal()) {
      return;
    }
    try {
      memory.remember(target.name(), tag, new Pushed(image.top().digest(), image.blobs()));
    } catch (UnavailableException e) {
      console.warn(e.problem(), e.remedy());
    }
  }

  /** Into a store that takes images whole and finds out itself which layers it lacks. */
  private boolean load(AssembledImage image, String tag) {
    image.children().forEach(target::put);
    if (target.holds(image.top(), tag)) {
      return false;
    }
    send(image, tag, Set.of());
    return true;
  }

  /** What a manifest in the repository names is in the repository. */
  private Set<Digest> blobsOf(RawManifest manifest) {
    Set<Digest> blobs = new HashSet<>();
    try {
      if (manifest.isIndex()) {
        for (Descriptor entry : new ImageIndex(manifest).runnable()) {
          target.manifest(entry.digest()).ifPresent(child -> blobs.addAll(layersOf(child)));
        }
      } else {
        blobs.addAll(layersOf(manifest));
      }
    } catch (RefusedException e) {
      return Set.of();
    }
    return blobs;
  }

  private static List<Digest> layersOf(RawManifest manifest) {
    return new ImageManifest(manifest).layers().stream().map(Descriptor::digest).toList();
  }

  private void send(AssembledImage image, String tag, Set<Digest> known) {
    if (!sendUnlessKnown(image, tag, known, true)) {
      // The registry lost what it had, or a note of ours was wrong: send everything; and where it
      // says of mounts that they are done and they are not, the bytes too.
      if (!sendUnlessKnown(image, tag, Set.of(), true)
          && !sendUnlessKnown(image, tag, Set.of(), false)) {
        throw new UnavailableException(
            "'" + target.name() + "' lost a blob that was sent to it a moment ago.",
            "Run the build again; when it stays so, look at the registry's storage.");
      }
    }
  }

  /** False where the registry misses a blob that was believed to be there. */
  private boolean sendUnlessKnown(
      AssembledImage image, String tag, Set<Digest> known, boolean mayMount) {
    List<Supplier<Boolean>> transfers = new ArrayList<>();
    Set<Digest> planned = new LinkedHashSet<>(known);
    List<Descriptor> inherited =
        image.inherited().stream().filter(layer -> planned.add(layer.digest())).toList();
    for (Descriptor layer : inherited) {
      transfers.add(() -> inherit(layer, mayMount));
    }
    for (OwnBlob own : image.own()) {
      if (planned.add(own.blob().digest())) {
        transfers.add(() -> send(own));
      }
    }
    List<Boolean> mounted = Workers.all("golden-push", AT_ONCE, "it pushed the image", transfers);
    int mounts = Collections.frequency(mounted, true);
    if (mounts > 0) {
      console.mounted(mounts, base.name());
    }
    for (RawManifest child : image.children()) {
      if (!target.putIfComplete(child)) {
        return false;
      }
    }
    return target.putIfComplete(image.top(), tag);
  }

  /** Whether the layer came without moving bytes. */
  private boolean inherit(Descriptor layer, boolean mayMount) {
    if (mayMount && target.mount(layer, base)) {
      return true;
    }
    if (!target.has(layer)) {
      Progress progress = console.transferring("a base layer", layer.digest(), layer.size());
      target.put(
          new Blob(layer.digest(), layer.size(), () -> base.open(layer, Progress.SILENT)),
          progress);
    }
    return false;
  }

  /** False: its bytes were sent. */
  private boolean send(OwnBlob own) {
    Blob blob = own.blob();
    target.put(blob, console.transferring(own.name(), blob.digest(), blob.size()));
    return false;
  }

  private void readBack(RawManifest top, String tag) {
    Optional<RawManifest> found = target.manifestAfterPut(tag, top.digest());
    if (found.isEmpty()) {
      throw new UnavailableException(
          "'" + target.name() + ":" + tag + "' is not there although its push was accepted.",
          "Run the build again; when it stays so, look at the registry.");
    }
    Digest digest = found.orElseThrow().digest();
    if (!digest.equals(top.digest())) {
      throw new RefusedException(
          ("'%s:%s' points to '%s' right after '%s' was pushed to it: another build pushes to the"
                  + " same tag.")
              .formatted(target.name(), tag, digest, top.digest()),
          "Give each build a tag of its own in <image> (-Dgolden.image), or in 'version' and 'line'"
              + " of golden.yaml, or run them one after the other. The image itself is in the"
              + " registry, by its digest.");
    }
  }
}
