package io.github.goldenmaven.promote;

import io.github.goldenmaven.Console;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageIndex;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.registry.DocumentCache;
import io.github.goldenmaven.registry.ImageStore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Copies exactly one digest, byte for byte, with everything in it and everything that refers to it,
 * to another repository: blobs first, manifests then, the tag last, and the tag is read back. What
 * is there already is not sent again; a promotion that is killed leaves no tag and can be run
 * again.
 */
public final class Promotion {

  /** Statements of statements: signatures of an SBOM, and no endless chain. */
  private static final int MAX_REFERRERS = 200;

  private final ImageStore from;
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
  public Promotion(ImageStore from, ImageStore to, DocumentCache cache, Console console) {
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
      ImageReference target,
      Digest digest,
      Outcome outcome,
      int mounted,
      int sent,
      int referrers) {}

  /** How it ended. */
  public enum Outcome {
    PROMOTED,
    UNCHANGED,
    DRY_RUN
  }

  /**
   * Copies the image.
   *
   * @param digest what the gate checked; no tag is asked again
   * @param target with the tag
   * @param overwrite whether a tag that holds another image may be moved
   * @throws RefusedException when the target's tag holds another image
   */
  public Result promote(Digest digest, ImageReference target, boolean overwrite, boolean dryRun) {
    requireManifests();
    String tag = target.tag().orElse("latest");
    Optional<RawManifest> there = to.manifest(tag);
    boolean same = there.filter(manifest -> manifest.digest().equals(digest)).isPresent();
    if (there.isPresent() && !same && !overwrite) {
      throw new RefusedException(
          "'" + target + "' holds '" + there.orElseThrow().digest() + "' already.",
          "Promote to another tag in <to> or with -Dgolden.to, or move this one with"
              + " -Dgolden.overwrite.");
    }
    RawManifest top = manifest(digest);
    if (dryRun) {
      console.wouldPush(target.toString(), digest);
      return result(target, digest, Outcome.DRY_RUN);
    }
    List<Descriptor> statements = statements(top);
    if (same) {
      attach(lacking(statements, digest));
      console.unchanged(target.toString(), digest);
      return result(target, digest, Outcome.UNCHANGED);
    }
    contents(top);
    if (!statements.isEmpty()) {
      to.put(top);
      attach(statements);
    }
    to.put(top, tag);
    readBack(target, tag, digest);
    if (mounted > 0) {
      console.mounted(mounted, from.name());
    }
    console.pushed(target.toString(), digest);
    return result(target, digest, Outcome.PROMOTED);
  }

  private Result result(ImageReference target, Digest digest, Outcome outcome) {
    return new Result(target, digest, outcome, mounted, sent, referrers);
  }

  private void requireManifests() {
    for (ImageStore store : new ImageStore[] {from, to}) {
      if (!store.keepsManifests()) {
        throw new RefusedException(
            "'" + store.name() + "' keeps no manifests, so nothing can be promoted from or to it.",
            "Name registries or OCI layouts in <image> (-Dgolden.image) and <to> (-Dgolden.to).");
      }
    }
  }

  private RawManifest manifest(Digest digest) {
    return cache
        .manifest(digest)
        .or(() -> from.manifest(digest))
        .orElseThrow(
            () ->
                new UnavailableException(
                    "'" + from.name() + "' has no '" + digest + "' any more.",
                    "Push the image again, and run the promotion again."));
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
      RawManifest below = manifest(entry.digest());
      if (copied.add(below.digest())) {
        contents(below);
        to.put(below);
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
    if (to.has(blob)) {
      return;
    }
    to.put(
        new io.github.goldenmaven.oci.Blob(
            blob.digest(),
            blob.size(),
            () -> from.open(blob, io.github.goldenmaven.Progress.SILENT)),
        console.transferring("blob", blob.digest(), blob.size()));
    sent++;
  }

  /** What refers to the image, to its platforms, and to those statements themselves. */
  private List<Descriptor> statements(RawManifest top) {
    Deque<Digest> subjects = new ArrayDeque<>();
    subjects.add(top.digest());
    if (top.isIndex()) {
      new ImageIndex(top).manifests().forEach(entry -> subjects.add(entry.digest()));
    }
    Map<Digest, Descriptor> found = new LinkedHashMap<>();
    while (!subjects.isEmpty()) {
      for (Descriptor statement : from.referrers(subjects.remove())) {
        if (found.putIfAbsent(statement.digest(), statement) == null) {
          subjects.add(statement.digest());
        }
      }
      if (found.size() > MAX_REFERRERS) {
        throw new UnavailableException(
            "'%s' lists more than %d referrers of '%s'."
                .formatted(from.name(), MAX_REFERRERS, top.digest()),
            "Have the needless ones deleted, and run the promotion again.");
      }
    }
    return List.copyOf(found.values());
  }

  /** Those that the target does not list yet. */
  private List<Descriptor> lacking(List<Descriptor> statements, Digest subject) {
    if (statements.isEmpty()) {
      return statements;
    }
    Set<Digest> there = new HashSet<>();
    to.referrers(subject).forEach(known -> there.add(known.digest()));
    return statements.stream().filter(wanted -> !there.contains(wanted.digest())).toList();
  }

  /** Subjects before what refers to them: a registry may want it so. */
  private void attach(List<Descriptor> statements) {
    for (Descriptor statement : statements) {
      RawManifest manifest = manifest(statement.digest());
      contents(manifest);
      to.attach(manifest);
      referrers++;
    }
  }

  private void readBack(ImageReference target, String tag, Digest digest) {
    Digest now =
        to.manifest(tag)
            .map(RawManifest::digest)
            .orElseThrow(
                () ->
                    new UnavailableException(
                        "'" + target + "' is not there although its push was accepted.",
                        "Run the promotion again; when it stays so, look at the registry."));
    if (!now.equals(digest)) {
      throw new RefusedException(
          "'"
              + target
              + "' points to '"
              + now
              + "' right after '"
              + digest
              + "' was promoted to it.",
          "Somebody else moves this tag: promote to one of your own in <to> or with -Dgolden.to.");
    }
  }
}
