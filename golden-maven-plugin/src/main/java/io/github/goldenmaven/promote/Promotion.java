package io.github.goldenmaven.promote;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.cache.DocumentCache;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageIndex;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.registry.ImageSource;
import io.github.goldenmaven.registry.ImageStore;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies exactly one digest, byte for byte, with everything in it and everything that refers to it,
 * to another repository: blobs first, manifests then, the tag last, and the tag is read back. What
 * is there already is not sent again; a promotion that is killed leaves no tag and can be run
 * again.
 */
public final class Promotion {

  private final ImageSource from;
  private final ImageStore to;
  private final DocumentCache cache;
  private final Console console;
  private final Set<Digest> copied = new HashSet<>();
  private int mounted;
  private int sent;
  private int referrers;

  /**
   * @param cache documents that the gate has read already are not asked for again
   */
  public Promotion(ImageSource from, ImageStore to, DocumentCache cache, Console console) {
    this.from = from;
    this.to = to;
    this.cache = cache;
    this.console = console;
  }

  /**
   * What was done.
   *
   * @param outcome {@code PROMOTED}, {@code UNCHANGED} where the tag had this digest already, or
   *     {@code DRY_RUN}
   * @param mounted blobs that came without moving a byte
   * @param sent blobs whose bytes moved
   * @param referrers statements that came along
   */
  public record Result(
      ImageReference target, Digest digest, Outcome outcome, int mounted, int sent, int referrers) {

    /** The outcome as results have it: {@code dry-run}. */
    public String word() {
      return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * {@code promote.json}; see {@code docs/schema/promote.schema.json}.
     *
     * @param summary what the gate says of the image
     */
    public JsonObject toJson(String summary) {
      return JsonObject.EMPTY
          .with("schema", 1)
          .with("reference", target.toString())
          .with("digest", digest.toString())
          .with("outcome", word())
          .with("summary", summary)
          .with("mounted", mounted)
          .with("sent", sent)
          .with("referrers", referrers);
    }
  }

  public enum Outcome {
    PROMOTED,
    UNCHANGED,
    DRY_RUN
  }

  /**
   * Copies the image.
   *
   * @param statements what the gate checked, with what refers to it; no tag is asked again
   * @param target with the tag
   * @param overwrite whether a tag that holds another image may be moved
   * @throws RefusedException when the target's tag holds another image, or the target lost what was
   *     put into it
   */
  public Result promote(
      Statements statements, ImageReference target, boolean overwrite, boolean dryRun) {
    requireManifests();
    RawManifest top = statements.top();
    Digest digest = top.digest();
    String tag = target.tag().orElse("latest");
    Optional<RawManifest> there = to.manifest(tag);
    boolean same = there.filter(manifest -> manifest.digest().equals(digest)).isPresent();
    if (there.isPresent() && !same && !overwrite) {
      throw new RefusedException(
          "'" + target + "' holds '" + there.orElseThrow().digest() + "' already.",
          "Promote to another tag in <to> or with -Dgolden.to, or move this one with"
              + " -Dgolden.overwrite.");
    }
    if (dryRun) {
      console.wouldPush(target.toString(), digest);
      return result(target, digest, Outcome.DRY_RUN);
    }
    if (same) {
      attach(statements, lost(statements));
      console.unchanged(target.toString(), digest);
      return result(target, digest, Outcome.UNCHANGED);
    }
    copy(statements, target, tag);
    return result(target, digest, Outcome.PROMOTED);
  }

  /** The tag comes last: what it names has its statements. */
  private void copy(Statements statements, ImageReference target, String tag) {
    RawManifest top = statements.top();
    contents(top);
    if (!statements.inOrder().isEmpty()) {
      put(top, null);
      attach(statements, statements.inOrder());
    }
    put(top, tag);
    readBack(target, tag, top.digest());
    if (mounted > 0) {
      console.mounted(mounted, from.name());
    }
    console.pushed(target.toString(), top.digest());
  }

  private Result result(ImageReference target, Digest digest, Outcome outcome) {
    return new Result(target, digest, outcome, mounted, sent, referrers);
  }

  private void requireManifests() {
    for (ImageSource store : new ImageSource[] {from, to}) {
      if (!store.kind().keepsManifests()) {
        throw new RefusedException(
            "'" + store.name() + "' keeps no manifests, so nothing can be promoted from or to it.",
            "Name registries or OCI layouts in <image> (-Dgolden.image) and <to> (-Dgolden.to).");
      }
    }
  }

  /** Everything below a manifest or index; the manifest itself is for the caller to put. */
  private void contents(RawManifest manifest) {
    if (!manifest.isIndex()) {
      ImageManifest image = new ImageManifest(manifest);
      image.layers().forEach(this::blob);
      blob(image.config());
      return;
    }
    for (Descriptor entry : new ImageIndex(manifest).manifests()) {
      RawManifest below = Statements.manifest(entry.digest(), from, cache);
      if (copied.add(below.digest())) {
        contents(below);
        put(below, null);
      }
    }
  }

  private void blob(Descriptor blob) {
    if (!copied.add(blob.digest())) {
      return;
    }
    if (to.mount(blob, from)) {
      mounted++;
      return;
    }
    send(blob);
  }

  /** Moves the bytes, unless they are there; false where they are. */
  private boolean send(Descriptor blob) {
    if (to.has(blob)) {
      return false;
    }
    to.put(
        new Blob(blob.digest(), blob.size(), () -> from.open(blob, Progress.SILENT)),
        console.transferring("blob", blob.digest(), blob.size()));
    sent++;
    return true;
  }

  /** Stores a manifest, and what it misses where a registry says of mounts that they are done. */
  private void put(RawManifest manifest, @Nullable String tag) {
    boolean complete = tag == null ? to.putIfComplete(manifest) : to.putIfComplete(manifest, tag);
    if (!complete) {
      missing(manifest);
      if (tag == null) {
        to.put(manifest);
      } else {
        to.put(manifest, tag);
      }
    }
  }

  /** Sends what is not there; false where all of it is. */
  private boolean missing(RawManifest manifest) {
    boolean any = false;
    if (!manifest.isIndex()) {
      ImageManifest image = new ImageManifest(manifest);
      for (Descriptor layer : image.layers()) {
        any |= send(layer);
      }
      any |= send(image.config());
    }
    return any;
  }

  /** Subjects before what refers to them: a registry may want it so. What is there stays. */
  private void attach(Statements statements, List<RawManifest> wanted) {
    if (wanted.isEmpty()) {
      return;
    }
    wanted.forEach(this::contents);
    try {
      to.attach(wanted);
    } catch (UnavailableException e) {
      boolean any = false;
      for (RawManifest statement : wanted) {
        any |= missing(statement);
      }
      if (!any) {
        throw e;
      }
      to.attach(wanted);
    }
    referrers += wanted.size();
    requireAll(statements);
  }

  /** Those that the target does not list. */
  private List<RawManifest> lost(Statements statements) {
    Set<RawManifest> lost = new LinkedHashSet<>();
    statements
        .bySubject()
        .forEach(
            (subject, wanted) -> {
              Set<Digest> there = new HashSet<>();
              to.referrers(subject).forEach(known -> there.add(known.digest()));
              wanted.stream().filter(one -> !there.contains(one.digest())).forEach(lost::add);
            });
    return List.copyOf(lost);
  }

  /** Before the tag is put, so that no image stands there without its statements. */
  private void requireAll(Statements statements) {
    List<RawManifest> lost = lost(statements);
    if (!lost.isEmpty()) {
      throw new RefusedException(
          "'%s' does not list '%s' of '%s' although it accepted it."
              .formatted(to.name(), lost.get(0).digest(), statements.top().digest()),
          "Promote to a registry that keeps what refers to an image, in <to> or with -Dgolden.to.");
    }
  }

  private void readBack(ImageReference target, String tag, Digest digest) {
    Digest now =
        to.manifestAfterPut(tag, digest)
            .map(RawManifest::digest)
            .orElseThrow(
                () ->
                    new UnavailableException(
                        "'" + target + "' is not there although its push was accepted.",
                        "Run the promotion again; when it stays so, look at the registry."));
    if (!now.equals(digest)) {
      throw new RefusedException(
          "'%s' points to '%s' right after '%s' was promoted to it.".formatted(target, now, digest),
          "Somebody else moves this tag: promote to one of your own in <to> or with -Dgolden.to.");
    }
  }
}
