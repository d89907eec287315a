package io.github.goldenmaven.registry;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.Progress;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Blob;
import io.github.goldenmaven.oci.Printable;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Pushes one blob: a session, then all bytes in one request. After a broken connection the registry
 * is asked how far it got, and the rest is sent.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#pushing-blobs">OCI
 *     distribution spec, pushing blobs</a>
 */
final class BlobUpload {

  private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-([0-9]{1,18})");

  /** What docker-registry and nginx answer when they believe that nobody is there any more. */
  private static final int CLIENT_GONE = 499;

  private final RegistryHost host;
  private final String repository;
  private final Blob blob;
  private final Progress progress;
  private final Access access;

  private @Nullable URI session;
  private long offset;

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
      Answer answer = host.once(put(target, payload));
      if (answer.status() == 201 || answer.status() == 204) {
        answer.discard();
        RegistryStore.requireSameDigest(host, answer, blob.digest());
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

  private void failed(int attempt, Answer answer, Payload payload) {
    payload.takeBack();
    int status = answer.status();
    if (status == CLIENT_GONE) {
      answer.discard();
      host.retries().pause(attempt, new IOException("the registry lost us"));
      return;
    }
    boolean stale = status == 404 || status == 416 || (status == 400 && offset > 0);
    if (Retries.isPassing(answer)) {
      host.retries().pause(attempt, answer);
    } else if (stale && attempt < Retries.ATTEMPTS) {
      answer.discard();
      startOver();
    } else {
      throw host.failures().unexpected(what(), access, answer);
    }
  }

  private Ask put(URI target, Payload payload) {
    String address = target.toString();
    URI closing =
        URI.create(
            address + (target.getRawQuery() == null ? "?" : "&") + "digest=" + blob.digest());
    Ask put =
        Ask.of("PUT", closing, access)
            .with("Content-Type", "application/octet-stream")
            .with(payload);
    return offset == 0 ? put : put.with("Content-Range", offset + "-" + (blob.size() - 1));
  }

  private URI open() {
    Answer answer =
        host.send(Ask.of("POST", URI.create("/v2/" + repository + "/blobs/uploads/"), access));
    if (answer.status() == 404) {
      answer.discard();
      throw new RefusedException(
          host.failures().server() + " has no repository '" + repository + "'.",
          "Create it there first, or name another in <image> (-Dgolden.image) or 'to' of"
              + " golden.yaml.");
    }
    return session(host, answer, what(), access);
  }

  /** The session an answer opened. */
  static URI session(RegistryHost host, Answer answer, String what, Access access) {
    Optional<String> location = answer.header("Location");
    if (answer.status() != 202 || location.isEmpty()) {
      throw host.failures().unexpected(what, access, answer);
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
    Answer status = host.sendForAny(Ask.of("GET", at, access));
    status.discard();
    Optional<String> location = status.header("Location");
    Matcher range = RANGE.matcher(status.header("Range").orElse(""));
    if (status.status() == 204 && location.isPresent() && range.matches()) {
      long last = Long.parseLong(range.group(1));
      if (last > 0 && last < blob.size() - 1) {
        session = host.resolve(status, location.get());
        progress.advanced(last + 1 - offset);
        offset = last + 1;
        return true;
      }
    }
    startOver();
    Answer head =
        host.send(
            Ask.of("HEAD", URI.create("/v2/" + repository + "/blobs/" + blob.digest()), access));
    head.discard();
    if (head.status() == 200) {
      progress.advanced(blob.size());
      return false;
    }
    return true;
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
        "The blob '"
            + blob.digest()
            + "' cannot be read on this machine: "
            + Printable.of(String.valueOf(fault.getMessage()))
            + ".",
        "Run the build again, after 'mvn clean' where it happens again.",
        fault);
  }
}
