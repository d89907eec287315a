package io.github.goldenmaven.registry.remote;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.registry.errors.Retries;
import io.github.goldenmaven.registry.errors.Said;
import io.github.goldenmaven.registry.http.Access;
import io.github.goldenmaven.registry.http.Payload;
import io.github.goldenmaven.registry.http.Request;
import io.github.goldenmaven.registry.http.Response;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Pushes one blob: a session, then all bytes in one request. After a broken connection the registry
 * is asked how far it got, and the rest is sent. To a registry that takes no bytes with the closing
 * PUT they go by PATCH before it.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#pushing-blobs">OCI
 *     distribution spec, pushing blobs</a>
 */
final class BlobUpload {

  private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-([0-9]{1,18})");

  /** What docker-registry and nginx answer when they believe that nobody is there any more. */
  private static final int CLIENT_GONE = 499;

  /** Codes that speak of the blob, the account or the repository: PATCH changes nothing there. */
  private static final Set<String> OF_THE_BLOB =
      Set.of(
          "DENIED",
          "UNAUTHORIZED",
          "TOOMANYREQUESTS",
          "DIGEST_INVALID",
          "SIZE_INVALID",
          "NAME_INVALID",
          "NAME_UNKNOWN");

  private final RegistryHost host;
  private final String repository;
  private final Blob blob;
  private final Progress progress;
  private final Access access;

  private @Nullable URI session;
  private long offset;
  private boolean patches;

  /** Why the bytes were not taken with the PUT, for where PATCH does not help. */
  private @Nullable GoldenException refusal;

  /**
   * @param session one that the registry opened already; {@code null} to open one
   */
  BlobUpload(
      RegistryHost host, String repository, Blob blob, Progress progress, @Nullable URI session) {
    this.host = host;
    this.repository = repository;
    this.blob = blob;
    this.progress = progress;
    this.access = Access.push(repository);
    this.session = session;
    this.patches = host.takesPatchesOnly();
  }

  void push() {
    for (int attempt = 1; !pushed(attempt); attempt++) {
      if (!resumed()) {
        return;
      }
    }
  }

  /** One attempt; false where it failed in a way that another may not. */
  private boolean pushed(int attempt) {
    URI target = session == null ? open() : session;
    session = target;
    Payload payload = new Payload(blob, offset, progress);
    try {
      Response answer = patches ? patched(target, payload) : host.once(put(target, payload));
      if (isStored(answer)) {
        answer.discard();
        RegistryManifests.requireSameDigest(host, answer, blob.digest());
        if (patches) {
          host.tookPatchOnly();
        }
        return true;
      }
      failed(attempt, answer, payload);
    } catch (IOException e) {
      payload.takeBack();
      Exception local = payload.localFault();
      if (local instanceof GoldenException refused) {
        throw refused;
      }
      if (local != null) {
        throw unreadable(local);
      }
      host.retries().pause(attempt, e);
    }
    return false;
  }

  private static boolean isStored(Response answer) {
    int status = answer.status();
    return status == 201 || status == 204 || (status == 200 && !answer.isPage());
  }

  /** All bytes, then the closing request without any. */
  private Response patched(URI target, Payload payload) throws IOException {
    Request patch =
        Request.of("PATCH", target, access)
            .with("Content-Type", "application/octet-stream")
            .with(payload);
    Response answer =
        host.once(
            offset == 0 ? patch : patch.with("Content-Range", offset + "-" + (blob.size() - 1)));
    if (!answer.isSuccess()) {
      return answer;
    }
    answer.discard();
    URI next = answer.location().map(to -> host.resolve(answer, to)).orElse(target);
    session = next;
    return host.once(Request.of("PUT", closing(next), access));
  }

  /** Whether a refusal may be of the way the bytes came, and not of the bytes. */
  private boolean mayPatch(int attempt, int status, Said said) {
    boolean isOfTheWay =
        status == 500
            ? attempt > 1
            : status == 501
                || (status >= 400 && status < 500 && !Set.of(401, 403, 413, 429).contains(status));
    return !patches && isOfTheWay && OF_THE_BLOB.stream().noneMatch(said::hasCode);
  }

  private void failed(int attempt, Response answer, Payload payload) {
    payload.takeBack();
    int status = answer.status();
    if (status == CLIENT_GONE) {
      answer.discard();
      host.retries().pause(attempt, new IOException("the registry lost us"));
      return;
    }
    boolean stale = status == 404 || status == 416 || (status == 400 && offset > 0);
    if (Retries.isPassing(answer) && !(status == 500 && attempt > 1 && !patches)) {
      host.retries().pause(attempt, answer);
    } else if (stale && attempt < (patches ? Retries.ATTEMPTS : 2)) {
      answer.discard();
      startOver();
    } else {
      refused(attempt, answer);
    }
  }

  private void refused(int attempt, Response answer) {
    int status = answer.status();
    if (status == 401 || status == 403 || status == 413) {
      throw host.failures().unexpected(what(), access, answer);
    }
    Said said = host.failures().said(answer);
    GoldenException first = refusal;
    GoldenException now = host.failures().unexpected(what(), answer, said);
    if (!mayPatch(attempt, status, said)) {
      throw first == null ? now : first;
    }
    refusal = now;
    patches = true;
    startOver();
  }

  private Request put(URI target, Payload payload) {
    Request put =
        Request.of("PUT", closing(target), access)
            .with("Content-Type", "application/octet-stream")
            .with(payload);
    return offset == 0 ? put : put.with("Content-Range", offset + "-" + (blob.size() - 1));
  }

  private URI closing(URI target) {
    return URI.create(
        target + (target.getRawQuery() == null ? "?" : "&") + "digest=" + blob.digest());
  }

  private URI open() {
    Response answer =
        host.send(Request.of("POST", URI.create("/v2/" + repository + "/blobs/uploads/"), access));
    if (answer.status() == 404) {
      answer.discard();
      throw new RefusedException(
          host.failures().server() + " has no repository '" + repository + "'.",
          "Create it there first, or name another in <image> (-Dgolden.image) or 'to' of"
              + " golden.yaml.");
    }
    Optional<String> location = answer.location();
    if (answer.status() != 202 || location.isEmpty()) {
      throw host.failures().unexpected(what(), access, answer);
    }
    answer.discard();
    return host.resolve(answer, location.get());
  }

  /** Finds out how far the registry got; false where it has the blob already. */
  private boolean resumed() {
    URI at = session;
    if (at == null) {
      return true;
    }
    if (arrived(at)) {
      return true;
    }
    startOver();
    if (!isThere()) {
      return true;
    }
    progress.advanced(blob.size());
    return false;
  }

  /** Whether the registry tells how much of the blob it has: then the rest is sent. */
  private boolean arrived(URI at) {
    Response status;
    try {
      status = host.sendForAny(Request.of("GET", at, access));
    } catch (UnavailableException e) {
      return false;
    }
    status.discard();
    Optional<String> location = status.location();
    Matcher range = RANGE.matcher(status.header("Range").orElse(""));
    if (status.status() != 204 || location.isEmpty() || !range.matches()) {
      return false;
    }
    long last = Long.parseLong(range.group(1));
    if (last <= 0 || last >= blob.size() - 1) {
      return false;
    }
    session = host.resolve(status, location.get());
    progress.advanced(last + 1 - offset);
    offset = last + 1;
    return true;
  }

  private boolean isThere() {
    try {
      Response head =
          host.sendForAny(
              Request.of(
                  "HEAD", URI.create("/v2/" + repository + "/blobs/" + blob.digest()), access));
      head.discard();
      return head.status() == 200;
    } catch (UnavailableException e) {
      return false;
    }
  }

  private void startOver() {
    session = null;
    progress.advanced(-offset);
    offset = 0;
  }

  private String what() {
    return "the upload of the blob '" + blob.digest() + "'";
  }

  private UnavailableException unreadable(Exception fault) {
    return new UnavailableException(
        "The blob '%s' cannot be read on this machine: %s."
            .formatted(blob.digest(), Printable.of(String.valueOf(fault.getMessage()))),
        "Run the build again, after 'mvn clean' where it happens again.",
        fault);
  }
}
