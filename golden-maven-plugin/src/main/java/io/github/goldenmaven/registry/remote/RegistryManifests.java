package io.github.goldenmaven.registry.remote;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.registry.errors.Said;
import io.github.goldenmaven.registry.http.Access;
import io.github.goldenmaven.registry.http.Payload;
import io.github.goldenmaven.registry.http.Request;
import io.github.goldenmaven.registry.http.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The manifests of one repository of a registry, read and written. */
final class RegistryManifests {

  private static final String ACCEPT =
      String.join(
          ", ",
          MediaTypes.OCI_INDEX,
          MediaTypes.OCI_MANIFEST,
          MediaTypes.DOCKER_INDEX,
          MediaTypes.DOCKER_MANIFEST);

  private final RegistryHost host;
  private final String name;
  private final String repository;

  RegistryManifests(RegistryHost host, String name, String repository) {
    this.host = host;
    this.name = name;
    this.repository = repository;
  }

  /** Of the repository, for messages. */
  String name() {
    return name;
  }

  /**
   * The manifest of a digest.
   *
   * @throws RefusedException where the registry answers with another
   */
  Optional<RawManifest> read(Digest digest) {
    Optional<RawManifest> found = read(digest.toString());
    found
        .filter(manifest -> !manifest.digest().equals(digest))
        .ifPresent(
            other -> {
              throw new RefusedException(
                  "'%s' answers with the manifest '%s' where '%s' is asked for."
                      .formatted(name, other.digest(), digest),
                  "Do not use this registry: it, or something between it and us, hands out other"
                      + " images than are pinned.");
            });
    return found;
  }

  /** Empty where there is none. */
  Optional<RawManifest> read(String tagOrDigest) {
    return read(tagOrDigest, false);
  }

  /**
   * Empty where there is none, also where the registry says so by "forbidden": some do, of a tag
   * that is not there in a repository that may be read.
   */
  Optional<RawManifest> readUnlessForbidden(String tag) {
    return read(tag, true);
  }

  private Optional<RawManifest> read(String tagOrDigest, boolean forbiddenIsAbsent) {
    Request ask =
        Request.get("/v2/" + repository + "/manifests/" + tagOrDigest, Access.pull(repository))
            .with("Accept", ACCEPT);
    String doing = "our request for the manifest '" + tagOrDigest + "'";
    Response answer = host.documentForAny(ask);
    if (forbiddenIsAbsent && answer.status() == 403 && !answer.isPage()) {
      answer.discard();
      return Optional.empty();
    }
    host.admitted(ask, answer);
    if (answer.status() == 404) {
      requireAbsent(answer, doing);
      return Optional.empty();
    }
    if (answer.status() != 200) {
      throw host.failures().unexpected(doing, ask.access(), answer);
    }
    return Optional.of(manifest(answer, host.bytes(answer), doing));
  }

  /** Nothing is there where a registry says so; a page, or a door that is shut, does not tell. */
  private void requireAbsent(Response answer, String doing) {
    boolean isPage = answer.isPage();
    Said said = host.failures().said(answer);
    if (isPage || said.hasCode("DENIED") || said.hasCode("UNAUTHORIZED")) {
      throw host.failures().unexpected(doing, answer, said);
    }
  }

  /** The body as a manifest: hashed, and checked against what the answer's head says of it. */
  RawManifest manifest(Response answer, byte[] bytes, String doing) {
    if (isForeign(answer, bytes)) {
      throw host.failures().foreign(doing, answer, bytes);
    }
    Digest digest = Digest.of(bytes);
    requireSameDigest(host, answer, digest);
    return new RawManifest(mediaType(answer, digest, bytes), bytes);
  }

  /** A page, or no JSON object where nothing says that it is a manifest. */
  private static boolean isForeign(Response answer, byte[] bytes) {
    String text = new String(bytes, 0, Math.min(bytes.length, 512), StandardCharsets.UTF_8).strip();
    boolean isStated =
        MediaTypes.isManifest(answer.contentType()) || MediaTypes.isIndex(answer.contentType());
    return answer.isPage()
        || text.isEmpty()
        || text.startsWith("<")
        || (!isStated && !text.startsWith("{") && !text.startsWith("\uFEFF{"));
  }

  /**
   * What the answer says it is, where that is a manifest's type. Storage and gateways say {@code
   * application/json}, {@code text/plain} or nothing: then the document itself tells, by its type
   * or by its parts.
   */
  private static String mediaType(Response answer, Digest digest, byte[] bytes) {
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

  /** Holds an answer to the digest its head states; another word there is none of ours. */
  static void requireSameDigest(RegistryHost host, Response answer, Digest digest) {
    answer
        .header("Docker-Content-Digest")
        .map(String::strip)
        .filter(stated -> stated.matches("sha256:[0-9a-f]{64}"))
        .filter(stated -> !stated.equals(digest.toString()))
        .ifPresent(
            stated -> {
              throw new RefusedException(
                  "%s says '%s' of content that is '%s'."
                      .formatted(host.failures().server(), stated, digest),
                  "Do not use this registry: it, or something between it and us, changes content.");
            });
  }

  /** Refuses a manifest that was not taken for the blobs it names. */
  void require(boolean complete, RawManifest manifest) {
    if (!complete) {
      throw new UnavailableException(
          "'" + name + "' misses blobs of the manifest '" + manifest.digest() + "'.",
          "Run the build again; where it happens again, the registry loses what is pushed to it.");
    }
  }

  /** Stores a manifest by its digest and hands the answer's head out. */
  Response pushed(RawManifest manifest) {
    Optional<Response> answer = write(manifest, manifest.digest().toString());
    require(answer.isPresent(), manifest);
    return answer.orElseThrow();
  }

  /** The registry's answer; empty where it misses a blob. */
  Optional<Response> write(RawManifest manifest, String tagOrDigest) {
    Access access = Access.push(repository);
    URI target = URI.create("/v2/" + repository + "/manifests/" + tagOrDigest);
    Response answer =
        host.send(
            Request.of("PUT", target, access)
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
}
