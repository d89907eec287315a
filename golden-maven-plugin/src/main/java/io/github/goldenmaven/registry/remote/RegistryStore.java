package io.github.goldenmaven.registry.remote;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.RegistryReference;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.registry.ImageSource;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.http.Access;
import io.github.goldenmaven.registry.http.Backoff;
import io.github.goldenmaven.registry.http.Request;
import io.github.goldenmaven.registry.http.Response;
import io.github.goldenmaven.registry.http.Timeouts;
import io.github.goldenmaven.registry.http.VerifiedStream;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One repository of a registry, over HTTP. In requests, where nothing goes wrong and nobody asks
 * for credentials: a manifest read or written 1, a blob asked for, read or mounted 1, a blob
 * written 2, after a mount that the registry did not do 1.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md">OCI
 *     distribution spec</a>
 */
public final class RegistryStore implements ImageStore {

  /** Together they take at most six seconds. */
  private static final int LOOKS = 4;

  private final RegistryHost host;
  private final String name;
  private final String repository;
  private final Timeouts timeouts;
  private final Backoff waiting;
  private final RegistryManifests manifests;
  private final Referrers referrers;

  /** Upload sessions that a refused mount opened. */
  private final Map<Digest, URI> sessions = new ConcurrentHashMap<>();

  /** Repositories that a mount from failed in a way that another will too. */
  private final Set<String> unmountable = ConcurrentHashMap.newKeySet();

  RegistryStore(
      RegistryHost host, String name, String repository, Timeouts timeouts, Backoff waiting) {
    this.host = host;
    this.name = name;
    this.repository = repository;
    this.timeouts = timeouts;
    this.waiting = waiting;
    this.manifests = new RegistryManifests(host, name, repository);
    this.referrers = new Referrers(host, manifests, repository, waiting);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void requireAdmission() {
    host.requireAdmission(Access.push(repository));
  }

  @Override
  public Optional<RawManifest> manifest(String tag) {
    return manifests.read(checked(tag));
  }

  @Override
  public Optional<RawManifest> manifest(Digest digest) {
    return manifests.read(digest);
  }

  @Override
  public byte[] blob(Descriptor descriptor) {
    VerifiedStream.requireSmall(name(), descriptor);
    try (InputStream in = open(descriptor, Progress.SILENT)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw host.failures().unreachable(e);
    }
  }

  @Override
  public InputStream open(Descriptor descriptor, Progress progress) {
    Request ask =
        Request.get("/v2/" + repository + "/blobs/" + descriptor.digest(), Access.pull(repository));
    BlobDownload download = new BlobDownload(host, ask, name, descriptor, timeouts);
    return new VerifiedStream(name, descriptor, download, progress);
  }

  @Override
  public boolean has(Descriptor blob) {
    Request ask =
        Request.of(
            "HEAD",
            URI.create("/v2/" + repository + "/blobs/" + blob.digest()),
            Access.pull(repository));
    Response answer;
    try {
      answer = host.sendForAny(ask);
    } catch (UnavailableException e) {
      return false;
    }
    boolean isNone = answer.status() != 200 || answer.isPage();
    answer.discard();
    if (isNone) {
      // Not there, or not for us to ask: what cannot be asked is sent, and that tells the fault.
      return false;
    }
    long stated =
        answer.isGzip() ? 0 : answer.headers().firstValueAsLong("Content-Length").orElse(0);
    if (stated != 0 && stated != blob.size()) {
      throw VerifiedStream.refused(
          name, blob.digest(), "has " + stated + " bytes where " + blob.size() + " are stated");
    }
    return true;
  }

  @Override
  public boolean mount(Descriptor blob, ImageSource from) {
    if (!(from instanceof RegistryStore other) || other.host != host) {
      return false;
    }
    if (other.repository.equals(repository)) {
      return true;
    }
    if (sessions.containsKey(blob.digest()) || unmountable.contains(other.repository)) {
      return false;
    }
    Access access = Access.mount(repository, other.repository);
    URI target =
        URI.create(
            "/v2/%s/blobs/uploads/?mount=%s&from=%s"
                .formatted(repository, blob.digest(), other.repository));
    Response answer;
    try {
      answer = host.sendForAny(Request.of("POST", target, access));
    } catch (GoldenException e) {
      // No token for both, or a registry that stumbles over mounts: the upload is the plain way,
      // and says what is wrong where that fails too.
      unmountable.add(other.repository);
      return false;
    }
    return mounted(blob, answer);
  }

  private boolean mounted(Descriptor blob, Response answer) {
    answer.discard();
    if (answer.status() == 201) {
      // Another blob's: the upload is the plain way, and what it stores is looked at.
      String stored = answer.header("Docker-Content-Digest").orElse("").strip();
      return stored.isEmpty() || stored.equals(blob.digest().toString());
    }
    Optional<String> location = answer.location();
    if (answer.status() == 202 && location.isPresent()) {
      try {
        sessions.put(blob.digest(), host.resolve(answer, location.get()));
      } catch (RefusedException e) {
        // Not where we go: the upload opens a session of its own.
        return false;
      }
    }
    return false;
  }

  @Override
  public void put(Blob blob, Progress progress) {
    new BlobUpload(host, repository, blob, progress, sessions.remove(blob.digest())).push();
  }

  @Override
  public void put(RawManifest manifest) {
    manifests.require(putIfComplete(manifest), manifest);
  }

  @Override
  public void put(RawManifest manifest, String tag) {
    manifests.require(putIfComplete(manifest, tag), manifest);
  }

  @Override
  public boolean putIfComplete(RawManifest manifest) {
    return manifests.write(manifest, manifest.digest().toString()).isPresent();
  }

  @Override
  public boolean putIfComplete(RawManifest manifest, String tag) {
    return manifests.write(manifest, checked(tag)).isPresent();
  }

  private static String checked(String tag) {
    if (!RegistryReference.isTag(tag)) {
      throw new RefusedException(
          "'" + Printable.of(tag) + "' is not a tag.",
          "A tag has letters, digits, '_', '.' and '-', at most 128, and begins with a letter, a"
              + " digit or '_'.");
    }
    return tag;
  }

  /** Some registries tell of a tag a second after they took it. */
  @Override
  public Optional<RawManifest> manifestAfterPut(String tag, Digest put) {
    for (int look = 1; ; look++) {
      Optional<RawManifest> found = manifest(tag);
      if (look >= LOOKS || found.map(RawManifest::digest).filter(put::equals).isPresent()) {
        return found;
      }
      waiting.pause(waiting.backoff(look));
    }
  }

  @Override
  public List<String> tags() {
    return TagList.read(host, repository, "");
  }

  @Override
  public List<Descriptor> referrers(Digest subject) {
    return referrers.of(subject);
  }

  @Override
  public void attach(List<RawManifest> statements) {
    referrers.attach(statements);
  }

  /** Cancels the sessions that nothing was uploaded to; a registry would keep them for days. */
  @Override
  public void close() {
    sessions
        .values()
        .removeIf(
            session -> {
              cancel(session);
              return true;
            });
  }

  private void cancel(URI session) {
    try {
      host.once(Request.of("DELETE", session, Access.push(repository))).discard();
    } catch (IOException | RuntimeException e) {
      // Only tidying up: the registry forgets the session by itself after a while.
    }
  }
}
