package io.github.goldenmaven.registry.remote;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageIndex;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.registry.http.Backoff;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The list of referrers in a registry without their API: an index under a tag made of the subject's
 * digest. Registries know no conditional write, so of two who read the list and write it at once
 * one loses its entry, also one who read it back before the other wrote. Therefore each statement
 * has a tag of its own besides, and whoever wrote the list is done only when a list read after that
 * holds every statement that has such a tag then.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#referrers-tag-schema">OCI
 *     distribution spec, referrers tag schema</a>
 */
final class FallbackList {

  /** With fifty writers at once it takes about ten. */
  private static final int ROUNDS = 64;

  /** A tag that cannot be read as often belongs to a statement that was deleted. */
  private static final int LOOKS = 4;

  private static final int HEX_OF_A_STATEMENT = 16;

  private final RegistryHost host;
  private final RegistryManifests manifests;
  private final String repository;
  private final Backoff waiting;

  /** Lists as they were read last: good enough to write upon, for what is written is looked at. */
  private final Map<Digest, Optional<ImageIndex>> last = new ConcurrentHashMap<>();

  FallbackList(RegistryHost host, RegistryManifests manifests, String repository, Backoff waiting) {
    this.host = host;
    this.manifests = manifests;
    this.repository = repository;
    this.waiting = waiting;
  }

  /** The tag of the list itself. */
  private static String tag(Digest subject) {
    return "sha256-" + subject.hex();
  }

  /** What the tags of all statements about a subject begin with. */
  private static String ownTags(Digest subject) {
    return tag(subject) + ".";
  }

  /** The tag that a statement has for itself, so that no other writer overlooks it. */
  static String ownTag(Digest subject, Digest statement) {
    return ownTags(subject) + statement.hex().substring(0, HEX_OF_A_STATEMENT);
  }

  /** The list as it is now; empty where nothing refers to the subject. */
  Optional<ImageIndex> read(Digest subject) {
    Optional<ImageIndex> now =
        manifests
            .readUnlessForbidden(tag(subject))
            .map(raw -> Referrers.index(raw, manifests.name()));
    last.put(subject, now);
    return now;
  }

  /**
   * Adds statements that have their own tags already.
   *
   * @throws UnavailableException where others overwrite the list without end
   */
  synchronized void add(Digest subject, Collection<Descriptor> own) {
    Map<String, Integer> unreadable = new HashMap<>();
    Optional<ImageIndex> now = last.getOrDefault(subject, Optional.empty());
    Map<Digest, Descriptor> missing = missing(now, own);
    if (!last.containsKey(subject) || missing.isEmpty()) {
      now = read(subject);
      missing = missing(now, own);
    }
    for (int round = 1; round <= ROUNDS; round++) {
      if (!missing.isEmpty()) {
        RawManifest list = with(now, missing.values());
        manifests.require(manifests.write(list, tag(subject)).isPresent(), list);
        now = read(subject);
        missing = missing(now, own);
      }
      boolean allRead = tagged(subject, now, missing, unreadable);
      if (missing.isEmpty() && allRead) {
        return;
      }
      waiting.pause(waiting.backoff(Math.min(round, 3)));
    }
    throw new UnavailableException(
        "'%s' lost entries of the list of referrers of '%s' %d times."
            .formatted(manifests.name(), subject, ROUNDS),
        "Others write to it at the same moment: run the build again.");
  }

  private static Map<Digest, Descriptor> missing(
      Optional<ImageIndex> now, Collection<Descriptor> own) {
    Map<Digest, Descriptor> missing = new LinkedHashMap<>();
    own.forEach(one -> missing.put(one.digest(), one));
    now.ifPresent(index -> index.manifests().forEach(entry -> missing.remove(entry.digest())));
    return missing;
  }

  /**
   * Adds to what is missing each statement that has a tag and no entry.
   *
   * @param unreadable how often each tag was listed and was not there, or not a statement's
   * @return false where a tag is listed before it can be read
   */
  private boolean tagged(
      Digest subject,
      Optional<ImageIndex> now,
      Map<Digest, Descriptor> missing,
      Map<String, Integer> unreadable) {
    Set<String> known = new HashSet<>();
    now.ifPresent(
        list -> list.manifests().forEach(one -> known.add(ownTag(subject, one.digest()))));
    missing.keySet().forEach(digest -> known.add(ownTag(subject, digest)));
    boolean allRead = true;
    for (String tag : TagList.read(host, repository, ownTags(subject))) {
      if (known.contains(tag) || unreadable.getOrDefault(tag, 0) >= LOOKS) {
        continue;
      }
      Optional<RawManifest> found = manifests.read(tag);
      if (found.isEmpty()) {
        allRead &= unreadable.merge(tag, 1, Integer::sum) >= LOOKS;
      } else if (isTagged(found.get(), subject, tag)) {
        missing.put(found.get().digest(), Referrers.referrer(found.get()));
      } else {
        unreadable.put(tag, LOOKS);
      }
    }
    return allRead;
  }

  /** Whether it is a statement about the subject, under the tag that is its own. */
  private static boolean isTagged(RawManifest found, Digest subject, String tag) {
    return ownTag(subject, found.digest()).equals(tag)
        && !found.isIndex()
        && new ImageManifest(found)
            .subject()
            .filter(stated -> stated.digest().equals(subject))
            .isPresent();
  }

  private static RawManifest with(Optional<ImageIndex> now, Collection<Descriptor> referrers) {
    JsonObject index =
        now.map(known -> known.raw().json())
            .orElse(
                JsonObject.EMPTY.with("schemaVersion", 2).with("mediaType", MediaTypes.OCI_INDEX));
    List<JsonObject> entries = new ArrayList<>(index.objects("manifests"));
    referrers.forEach(one -> entries.add(one.json()));
    return RawManifest.of(index.with("manifests", JsonValue.ofObjects(entries)));
  }
}
