package io.github.goldenmaven.registry.remote;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageIndex;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.registry.http.Access;
import io.github.goldenmaven.registry.http.Backoff;
import io.github.goldenmaven.registry.http.Request;
import io.github.goldenmaven.registry.http.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who refers to an image: asked of the referrers API and of the fallback tag, for an image may have
 * come from a registry without the API.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#listing-referrers">OCI
 *     distribution spec, listing referrers</a>
 */
public final class Referrers {

  private static final int MAX_PAGES = 32;
  private static final int MAX_REFERRERS = 1000;

  /** What registries answer that do not know the question. */
  private static final Set<Integer> NOT_UNDERSTOOD = Set.of(400, 404, 405, 406, 410, 501);

  private final RegistryHost host;
  private final RegistryManifests store;
  private final String repository;
  private final FallbackList fallback;

  /** Whether the registry was seen to have no referrers API. */
  private volatile boolean withoutApi;

  /** Whether the registry was seen to take a statement without a word of its subject. */
  private volatile boolean listsNothing;

  Referrers(RegistryHost host, RegistryManifests store, String repository, Backoff waiting) {
    this.host = host;
    this.store = store;
    this.repository = repository;
    this.fallback = new FallbackList(host, store, repository, waiting);
  }

  List<Descriptor> of(Digest subject) {
    Map<Digest, Descriptor> found = new LinkedHashMap<>();
    if (!withoutApi) {
      pages(subject, found);
    }
    fallback.read(subject).ifPresent(index -> collect(subject, index, found));
    return List.copyOf(found.values());
  }

  private void pages(Digest subject, Map<Digest, Descriptor> found) {
    Access access = Access.pull(repository);
    Request ask =
        Request.get("/v2/" + repository + "/referrers/" + subject, access)
            .with("Accept", MediaTypes.OCI_INDEX);
    for (int page = 0; page < MAX_PAGES; page++) {
      Response answer = page == 0 ? host.documentForAny(ask.asOptional()) : host.document(ask);
      if (page == 0 && hasNoApi(answer)) {
        answer.discard();
        withoutApi = true;
        return;
      }
      if (page == 0) {
        host.admitted(ask, answer);
      }
      if (answer.status() != 200) {
        throw host.failures().unexpected(doing(subject), access, answer);
      }
      Optional<URI> next = NextPage.of(host, answer);
      Optional<RawManifest> list = list(answer, subject, page == 0);
      if (list.isEmpty()) {
        withoutApi = true;
        return;
      }
      collect(subject, index(list.get(), store.name()), found);
      if (next.isEmpty()) {
        return;
      }
      ask = ask.at(next.get());
    }
    throw tooMany(subject);
  }

  /**
   * Whether an answer means that this registry has no such list, so that the fallback tag is all
   * there is: the question is not understood, or leads out of the registry to something that is not
   * one. A registry that stumbles, wants to be asked later, or does not let us in could not tell.
   */
  private boolean hasNoApi(Response answer) {
    int status = answer.status();
    return NOT_UNDERSTOOD.contains(status)
        || (status >= 300 && status < 400)
        || ((status == 401 || status == 403) && !host.isOwn(answer))
        || (status == 200 && answer.isPage());
  }

  /** The list; empty where the first answer is a document of another kind. */
  private Optional<RawManifest> list(Response answer, Digest subject, boolean isFirst) {
    byte[] bytes = host.bytes(answer);
    boolean isStated = MediaTypes.isIndex(answer.contentType());
    if (isFirst && !isStated && isNoList(bytes)) {
      return Optional.empty();
    }
    return Optional.of(store.manifest(answer, bytes, doing(subject)));
  }

  /** A page or a document without a list in it; errors with the status of a success are neither. */
  private static boolean isNoList(byte[] bytes) {
    try {
      JsonObject json = StrictJson.readLeniently("The list of referrers", bytes);
      return !json.has("manifests") && !json.has("errors");
    } catch (RefusedException e) {
      return true;
    }
  }

  private static String doing(Digest subject) {
    return "our request for the referrers of '" + subject + "'";
  }

  private void collect(Digest subject, ImageIndex index, Map<Digest, Descriptor> found) {
    for (Descriptor referrer : index.manifests()) {
      found.putIfAbsent(referrer.digest(), referrer);
    }
    if (found.size() > MAX_REFERRERS) {
      throw tooMany(subject);
    }
  }

  private UnavailableException tooMany(Digest subject) {
    return new UnavailableException(
        "'" + store.name() + "' lists more referrers of '" + subject + "' than can be looked at.",
        "At most %s on %s pages are read: have the needless ones deleted."
            .formatted(MAX_REFERRERS, MAX_PAGES));
  }

  static ImageIndex index(RawManifest raw, String name) {
    if (!raw.isIndex()) {
      throw new RefusedException(
          "'" + name + "' has a list of referrers that is no index: '" + raw + "'.",
          "Delete the tag that looks like a digest, 'sha256-…', or name another repository.");
    }
    return new ImageIndex(raw);
  }

  /** Each subject stands before what refers to it. */
  void attach(List<RawManifest> statements) {
    Map<Digest, List<Descriptor>> unlisted = new LinkedHashMap<>();
    for (RawManifest statement : statements) {
      Digest subject = subject(statement).digest();
      if (!isListed(statement, subject)) {
        String own = FallbackList.ownTag(subject, statement.digest());
        store.require(store.write(statement, own).isPresent(), statement);
        unlisted.computeIfAbsent(subject, any -> new ArrayList<>()).add(referrer(statement));
      }
    }
    unlisted.forEach(fallback::add);
  }

  /** Stores a statement where the registry may list it itself, and asks whether it did. */
  private boolean isListed(RawManifest statement, Digest subject) {
    if (!withoutApi && !listsNothing) {
      listsNothing =
          store
              .pushed(statement)
              .header("OCI-Subject")
              .filter(digest -> digest.strip().equals(subject.toString()))
              .isEmpty();
      return !listsNothing;
    }
    return false;
  }

  /** The {@code subject} of a manifest that is attached. */
  public static Descriptor subject(RawManifest manifest) {
    return manifest
        .json()
        .object("subject")
        .map(Descriptor::new)
        .orElseThrow(
            () -> new IllegalArgumentException("the manifest " + manifest + " has no subject"));
  }

  /** How a list of referrers names a manifest. */
  public static Descriptor referrer(RawManifest manifest) {
    JsonObject json = manifest.json();
    JsonObject descriptor = manifest.descriptor().json();
    Optional<String> type =
        json.string("artifactType")
            .or(() -> json.object("config").flatMap(config -> config.string("mediaType")));
    if (type.isPresent()) {
      descriptor = descriptor.with("artifactType", type.get());
    }
    return new Descriptor(descriptor).withAnnotations(json.stringMap("annotations"));
  }
}
