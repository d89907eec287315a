package io.github.goldenmaven.promote;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.cache.DocumentCache;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageIndex;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.registry.ImageSource;
import io.github.goldenmaven.registry.ReferrerPolicy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What refers to an image, to its platforms, and to those statements themselves: asked before
 * anything is copied, and each is checked to be a statement and nothing that a machine could run.
 *
 * @param top what they are about
 * @param bySubject each subject's, a subject before what refers to it; subjects without any are not
 *     among them
 */
public record Statements(RawManifest top, Map<Digest, List<RawManifest>> bySubject) {

  /** Statements of statements: signatures of an SBOM, and no endless chain. */
  private static final int MAX = 200;

  /** Platforms and their attestations; far more than any image has. */
  private static final int MAX_ENTRIES = 256;

  public Statements {
    bySubject = Collections.unmodifiableMap(new LinkedHashMap<>(bySubject));
  }

  /**
   * Asks for them all.
   *
   * @param digest what the gate checked
   * @throws RefusedException when something that refers to the image is no statement
   * @throws UnavailableException when the store does not answer, or lists too many
   */
  public static Statements of(Digest digest, ImageSource from, DocumentCache cache) {
    ReferrerPolicy inert = new ReferrerPolicy(from);
    RawManifest top = manifest(digest, from, cache);
    Deque<Digest> subjects = new ArrayDeque<>(List.of(digest));
    for (Descriptor entry : top.isIndex() ? entries(top, from) : List.<Descriptor>of()) {
      RawManifest below = manifest(entry.digest(), from, cache);
      if (!runnable(entry)) {
        inert.requireAttestation(entry, below);
      }
      subjects.add(entry.digest());
    }
    return new Statements(top, reachable(subjects, top, from, cache));
  }

  /** The statements on the subjects, and on those statements in turn, by their subject. */
  private static Map<Digest, List<RawManifest>> reachable(
      Deque<Digest> subjects, RawManifest top, ImageSource from, DocumentCache cache) {
    ReferrerPolicy inert = new ReferrerPolicy(from);
    Map<Digest, List<RawManifest>> found = new LinkedHashMap<>();
    Set<Digest> seen = new HashSet<>(subjects);
    int number = 0;
    while (!subjects.isEmpty()) {
      Digest subject = subjects.remove();
      List<RawManifest> theirs = new ArrayList<>();
      for (Descriptor referrer : from.referrers(subject)) {
        if (++number > MAX) {
          throw tooMany(from, top);
        }
        RawManifest statement = manifest(referrer.digest(), from, cache);
        inert.requireStatement(statement, subject);
        theirs.add(statement);
        if (seen.add(statement.digest())) {
          subjects.add(statement.digest());
        }
      }
      if (!theirs.isEmpty()) {
        found.put(subject, List.copyOf(theirs));
      }
    }
    return found;
  }

  private static List<Descriptor> entries(RawManifest top, ImageSource from) {
    List<Descriptor> entries = new ImageIndex(top).manifests();
    if (entries.size() > MAX_ENTRIES) {
      throw new RefusedException(
          "'%s' in '%s' is an index of %d entries, where at most %d are promoted."
              .formatted(top.digest(), from.name(), entries.size(), MAX_ENTRIES),
          "Have the image pushed with fewer, or name another in <image> or with -Dgolden.image.");
    }
    return entries;
  }

  /** What the gate looked into: all but what says of itself that no machine runs it. */
  private static boolean runnable(Descriptor entry) {
    return entry.platform().filter(platform -> platform.os().equals("unknown")).isEmpty();
  }

  private static UnavailableException tooMany(ImageSource from, RawManifest top) {
    return new UnavailableException(
        "'%s' lists more than %d referrers of '%s'.".formatted(from.name(), MAX, top.digest()),
        "Have the needless ones deleted, and run the promotion again.");
  }

  static RawManifest manifest(Digest digest, ImageSource from, DocumentCache cache) {
    return cache
        .manifest(digest)
        .or(() -> from.manifest(digest))
        .orElseThrow(
            () ->
                new UnavailableException(
                    "'" + from.name() + "' has no '" + digest + "' any more.",
                    "Push the image again, and run the promotion again."));
  }

  /** Each once, subjects before what refers to them. */
  List<RawManifest> inOrder() {
    Map<Digest, RawManifest> found = new LinkedHashMap<>();
    bySubject.values().forEach(all -> all.forEach(one -> found.put(one.digest(), one)));
    return List.copyOf(found.values());
  }
}
