package io.github.goldenmaven.registry;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.Progress;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Blob;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.JsonObject;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.Printable;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * One repository of a registry, over HTTP. In requests, where nothing goes wrong and nobody asks
 * for credentials: a manifest read or written 1, a blob asked for, read or mounted 1, a blob
 * written 2, after a mount that the registry did not do 1.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md">OCI
 *     distribution spec</a>
 */
final class RegistryStore implements ImageStore {

  private static final String ACCEPT =
      String.join(
          ", ",
          MediaTypes.OCI_INDEX,
          MediaTypes.OCI_MANIFEST,
          MediaTypes.DOCKER_INDEX,
          MediaTypes.DOCKER_MANIFEST);

  /** Together they take at most six seconds. */
  private static final int LOOKS = 4;

  static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}");

  private final RegistryHost host;
  private final String name;
  private final String repository;
  private final Timeouts timeouts;
  private final Waiting waiting;
  private final Referrers referrers;

  /** Upload sessions that a refused mount opened. */
  private final Map<Digest, URI> sessions = new ConcurrentHashMap<>();

  /** Repositories that a mount from failed in a way that another will too. */
  private final Set<String> unmountable = ConcurrentHashMap.newKeySet();

  RegistryStore(
      RegistryHost host, String name, String repository, Timeouts timeouts, Waiting waiting) {
    this.host = host;
    this.name = name;
    this.repository = repository;
    this.timeouts = timeouts;
    this.waiting = waiting;
    this.referrers = new Referrers(host, this, repository, waiting);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<RawManifest> manifest(String tag) {
    return read(checked(tag));
  }

  @Override
  public Optional<RawManifest> manifest(Digest digest) {
    Optional<RawManifest> found = read(digest.toString());
    found
        .filter(manifest -> !manifest.digest().equals(digest))
        .ifPresent(
            other -> {
              throw new RefusedException(
                  "'"
                      + name
                      + "' answers with the manifest '"
                      + other.digest()
                      + "' where '"
                      + digest
                      + "' is asked for.",
                  "Do not use this registry: it, or something between it and us, hands out other"
                      + " images than are pinned.");
            });
    return found;
  }

  private Optional<RawManifest> read(String tagOrDigest) {
    Ask ask =
        Ask.get("/v2/" + repository + "/manifests/" + tagOrDigest, Access.pull(repository))
            .with("Accept", ACCEPT);
    String doing = "our request for the manifest '" + tagOrDigest + "'";
    Answer answer = host.document(ask);
    if (answer.status() == 404) {
      requireAbsent(answer, doing);
      return Optional.empty();
    }
    if (answer.status() != 200) {
      throw host.failures().unexpected(doing, ask.access(), answer);
    }
    return Optional.of(manifest(answer, doing));
  }

  /** Nothing is there where a registry says so; a page, or a door that is shut, does not tell. */
  private void requireAbsent(Answer answer, String doing) {
    boolean isPage = answer.isPage();
    Said said = host.failures().said(answer);
    if (isPage || said.hasCode("DENIED") || said.hasCode("UNAUTHORIZED")) {
      throw host.failures().unexpected(doing, answer, said);
    }
  }

  /** The body as a manifest: hashed, and held to what the answer's head says of it. */
  private RawManifest manifest(Answer answer, String doing) {
    return manifest(answer, bytes(answer), doing);
  }

  /** The whole body. */
  byte[] bytes(Answer answer) {
    try {
      return answer.bytes(StrictJson.MAX_BYTES, timeouts.answer());
    } catch (IOException e) {
      throw host.failures().unreachable(e);
    }
  }

  RawManifest manifest(Answer answer, byte[] bytes, String doing) {
    if (isForeign(answer, bytes)) {
      throw host.failures().foreign(doing, answer, bytes);
    }
    Digest digest = Digest.of(bytes);
    requireSameDigest(host, answer, digest);
    return new RawManifest(mediaType(answer, digest, bytes), bytes);
  }

  /** A page, or no JSON object where nothing says that it is a manifest. */
  private static boolean isForeign(Answer answer, byte[] bytes) {
    String text = new String(bytes, 0, Math.min(bytes.length, 512), StandardCharsets.UTF_8).strip();
    boolean isStated =
        MediaTypes.isManifest(answer.contentType()) || MediaTypes.isIndex(answer.contentType());
    return answer.isPage()
        || text.startsWith("<")
        || (!isStated && !text.isEmpty() && !text.startsWith("{") && !text.startsWith("\uFEFF{"));
  }

  /**
   * What the answer says it is, where that is a manifest's type. Storage and gateways say {@code
   * application/json}, {@code text/plain} or nothing: then the document itself tells, by its type
   * or by its parts.
   */
  private static String mediaType(Answer answer, Digest digest, byte[] bytes) {
    String stated = answer.contentType();
    if (stated.startsWith("application/vnd.oci.image.")
        || stated.startsWith("application/vnd.docker.distribution.")) {
      return stated;
    }
    JsonObject document = StrictJson.read("The manifest '" + digest + "'", bytes);
    return document
        .string("mediaType")
        .orElseGet(
            () ->
                document.has("manifests")
                    ? MediaTypes.OCI_INDEX
                    : document.has("config") ? MediaTypes.OCI_MANIFEST : stated);
  }

  /** Holds an answer to the digest its head states, if it states one. */
  static void requireSameDigest(RegistryHost host, Answer answer, Digest digest) {
    answer
        .header("Docker-Content-Digest")
        .filter(stated -> !stated.strip().equals(digest.toString()))
        .ifPresent(
            stated -> {
              throw new RefusedException(
                  host.failures().server()
                      + " says '"
                      + Printable.of(stated)
                      + "' of content that is '"
                      + digest
                      + "'.",
                  "Do not use this registry: it, or something between it and us, changes content.");
            });
  }

  @Override
  public byte[] blob(Descriptor descriptor) {
    if (descriptor.size() > StrictJson.MAX_BYTES) {
      throw VerifiedStream.refused(
          name,
          descriptor.digest(),
          "is said to have "
              + descriptor.size()
              + " bytes, where a config or statement has at most "
              + StrictJson.MAX_BYTES);
    }
    try (InputStream in = open(descriptor, Progress.SILENT)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw host.failures().unreachable(e);
    }
  }

  @Override
  public InputStream open(Descriptor descriptor, Progress progress) {
    Ask ask =
        Ask.get("/v2/" + repository + "/blobs/" + descriptor.digest(), Access.pull(repository));
    BlobDownload download = new BlobDownload(host, ask, name, descriptor, timeouts);
    return new VerifiedStream(name, descriptor, download, progress);
  }

  @Override
  public boolean has(Descriptor blob) {
    Ask ask =
        Ask.of(
            "HEAD",
            URI.create("/v2/" + repository + "/blobs/" + blob.digest()),
            Access.pull(repository));
    Answer answer;
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
  public boolean mount(Descriptor blob, ImageStore from) {
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
            "/v2/"
                + repository
                + "/blobs/uploads/?mount="
                + blob.digest()
                + "&from="
                + other.repository);
    Answer answer;
    try {
      answer = host.sendForAny(Ask.of("POST", target, access));
    } catch (GoldenException e) {
      // No token for both, or a registry that stumbles over mounts: the upload is the plain way,
      // and says what is wrong where that fails too.
      unmountable.add(other.repository);
      return false;
    }
    return mounted(blob, answer);
  }

  private boolean mounted(Descriptor blob, Answer answer) {
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
    require(putIfComplete(manifest), manifest);
  }

  @Override
  public void put(RawManifest manifest, String tag) {
    require(putIfComplete(manifest, tag), manifest);
  }

  private void require(boolean complete, RawManifest manifest) {
    if (!complete) {
      throw new UnavailableException(
          "'" + name + "' misses blobs of the manifest '" + manifest.digest() + "'.",
          "Run the build again; where it happens again, the registry loses what is pushed to it.");
    }
  }

  @Override
  public boolean putIfComplete(RawManifest manifest) {
    return write(manifest, manifest.digest().toString()).isPresent();
  }

  @Override
  public boolean putIfComplete(RawManifest manifest, String tag) {
    return write(manifest, checked(tag)).isPresent();
  }

  /** Stores a manifest by its digest and hands the answer's head out. */
  Answer pushed(RawManifest manifest) {
    Optional<Answer> answer = write(manifest, manifest.digest().toString());
    require(answer.isPresent(), manifest);
    return answer.orElseThrow();
  }

  /** The registry's answer; empty where it misses a blob. */
  private Optional<Answer> write(RawManifest manifest, String tagOrDigest) {
    Access access = Access.push(repository);
    URI target = URI.create("/v2/" + repository + "/manifests/" + tagOrDigest);
    Answer answer =
        host.send(
            Ask.of("PUT", target, access)
                .with("Content-Type", manifest.mediaType())
                .with(Payload.of(manifest.bytes())));
    if (answer.isSuccess() && !answer.isPage()) {
      answer.discard();
      requireSameDigest(host, answer, manifest.digest());
      return Optional.of(answer);
    }
    if (answer.status() != 400 && answer.status() != 404) {
      throw host.failures().unexpected(doing(manifest), access, answer);
    }
    Said said = host.failures().said(answer);
    if (said.hasCode("MANIFEST_BLOB_UNKNOWN")
        || said.hasCode("BLOB_UNKNOWN")
        || said.hasCode("NAME_UNKNOWN")
        || (manifest.isIndex() && said.hasCode("MANIFEST_UNKNOWN"))) {
      return Optional.empty();
    }
    throw host.failures().unexpected(doing(manifest), answer, said);
  }

  private static String doing(RawManifest manifest) {
    return "the upload of the manifest '" + manifest.digest() + "'";
  }

  private static String checked(String tag) {
    if (!TAG.matcher(tag).matches()) {
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
    return TagList.read(host, repository);
  }

  @Override
  public List<Descriptor> referrers(Digest subject) {
    return referrers.of(subject);
  }

  @Override
  public void attach(RawManifest manifest) {
    referrers.attach(manifest);
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
      host.once(Ask.of("DELETE", session, Access.push(repository))).discard();
    } catch (IOException | RuntimeException e) {
      // Only tidying up: the registry forgets the session by itself after a while.
    }
  }
}
