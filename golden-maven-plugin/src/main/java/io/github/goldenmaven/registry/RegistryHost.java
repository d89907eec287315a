package io.github.goldenmaven.registry;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.JsonObject;
import io.github.goldenmaven.oci.StrictJson;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One registry and what was learnt of it: its scheme, how it asks for credentials, its tokens. The
 * first request is sent alone, so that no other has to learn the same again.
 */
final class RegistryHost {

  private final HttpWire wire;
  private final Authorizer authorizer;
  private final Failures failures;
  private final Timeouts timeouts;
  private final Retries retries;
  private final Origin secure;
  private final boolean mayBePlain;
  private final ReentrantLock meeting = new ReentrantLock();

  private final Admission known;

  private volatile Origin origin;
  private volatile boolean met;
  private volatile boolean takesPatchesOnly;

  RegistryHost(
      String host, HttpWire wire, RegistryAccess access, Waiting waiting, Admission known) {
    this.wire = wire;
    this.known = known;
    this.authorizer = new Authorizer(host, wire, access, waiting, known);
    this.failures = Failures.of(host, access, wire.sent());
    this.timeouts = access.timeouts();
    this.retries = new Retries(waiting, failures);
    this.secure = Origin.of("https", Origin.api(host));
    this.mayBePlain = access.allowsPlainHttp(host);
    Origin answered = known.origin;
    this.origin = answered != null ? answered : mayBePlain ? Origin.of("http", host) : secure;
    wire.prepare(origin);
  }

  Failures failures() {
    return failures;
  }

  Retries retries() {
    return retries;
  }

  /**
   * An address this registry handed out, made absolute and found allowed. One of its own host
   * without a port was written by a registry that does not know the port it is reached by.
   */
  URI resolve(Answer from, String address) {
    URI uri = wire.resolve(from.from(), address);
    Origin own = Origin.of(from.from());
    if (own == null
        || uri.getPort() >= 0
        || !own.host().equalsIgnoreCase(uri.getHost())
        || !String.valueOf(uri.getRawPath()).startsWith("/v2/")) {
      return uri;
    }
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return own.resolve(URI.create(uri.getRawPath() + query));
  }

  /** Whether an answer came from the registry itself, and from nowhere a redirect led to. */
  boolean isOwn(Answer answer) {
    return origin.equals(Origin.of(answer.from()));
  }

  /** Whether it was seen to take bytes by PATCH alone. */
  boolean takesPatchesOnly() {
    return takesPatchesOnly;
  }

  void tookPatchOnly() {
    takesPatchesOnly = true;
  }

  /**
   * Sends a request until its answer is no passing trouble; never returns 401 or 403.
   *
   * @throws io.github.goldenmaven.GoldenException where no such answer comes
   */
  Answer send(Ask ask) {
    return admitted(ask, retries.send(() -> once(ask)));
  }

  /** The same, for a caller that knows what to do with every answer. */
  Answer sendForAny(Ask ask) {
    return retries.send(() -> once(ask));
  }

  /** The same for a question whose answer is a document: it is whole, or asked for again. */
  Answer document(Ask ask) {
    return admitted(ask, documentForAny(ask));
  }

  /** The same, for a caller that knows what to do with every answer. */
  Answer documentForAny(Ask ask) {
    return retries.send(() -> once(ask).whole(StrictJson.MAX_BYTES, timeouts.answer()));
  }

  /** The names in a list, which nothing else is believed of; errors with a success are no list. */
  List<String> names(Answer answer, String doing, String key) {
    byte[] bytes;
    try {
      bytes = answer.bytes(StrictJson.MAX_BYTES, timeouts.answer());
    } catch (IOException e) {
      throw failures.unreachable(e);
    }
    try {
      JsonObject list = StrictJson.readLeniently("The list", bytes);
      if (list.has(key) || !list.has("errors")) {
        return list.strings(key);
      }
    } catch (RefusedException e) {
      // Told like every other answer that is none.
    }
    throw failures.foreign(doing, answer, bytes);
  }

  /** An answer that is neither 401 nor 403. */
  Answer admitted(Ask ask, Answer answer) {
    if (answer.status() == 401) {
      throw failures.notAuthenticated(
          ask.access(), authorizer.hasCredentials(ask.access()), answer);
    }
    if (answer.status() == 403) {
      throw failures.notAllowed(ask.access(), answer);
    }
    return answer;
  }

  /**
   * Demands that the registry takes the login that a later request will need, as far as that can be
   * told now. No request is added where it was read from already: a token is asked for earlier, and
   * a password that it let in is known to be good. Else there is one.
   *
   * @throws io.github.goldenmaven.GoldenException where the login is rejected, or the registry
   *     cannot be reached; whatever else it says is for the request itself to hear
   */
  void requireAdmission(Access wanted) {
    try {
      String header = met ? authorizer.header(origin, wanted) : null;
      if (met && (header == null || authorizer.isAccepted(header))) {
        return;
      }
    } catch (UnavailableException e) {
      // The token server is in trouble now, and may be out of it when the image is sent.
      return;
    }
    lookIn(Ask.get("/v2/", wanted))
        .ifPresent(
            answer -> {
              if (answer.status() == 401) {
                admitted(Ask.get("/v2/", wanted), answer);
              }
              answer.discard();
            });
  }

  /** What a registry answers who it is, told of nothing but its absence; empty for trouble. */
  private Optional<Answer> lookIn(Ask ask) {
    for (int attempt = 1; ; attempt++) {
      try {
        return Optional.of(once(ask));
      } catch (UnavailableException e) {
        return Optional.empty();
      } catch (IOException e) {
        retries.pause(attempt, e);
      }
    }
  }

  /** Sends a request once, and once more where the registry asks who we are. */
  Answer once(Ask ask) throws IOException {
    if (met) {
      return asked(ask);
    }
    meeting.lock();
    try {
      Answer answer = asked(ask);
      known.origin = origin;
      met = true;
      return answer;
    } finally {
      meeting.unlock();
    }
  }

  private Answer asked(Ask ask) throws IOException {
    String header = authorizer.header(origin, ask.access());
    Answer answer = met ? direct(ask, header) : first(ask, header);
    if (answer.status() != 401 || !isOwn(answer)) {
      return noted(header, answer);
    }
    if (header != null) {
      authorizer.forget(header);
    }
    if (!authorizer.learn(answer)) {
      return answer;
    }
    String other = authorizer.header(origin, ask.access());
    if (other == null || other.equals(header)) {
      return answer;
    }
    answer.discard();
    return noted(other, direct(ask, other));
  }

  /** A header that the registry itself did not reject is a good one. */
  private Answer noted(@Nullable String header, Answer answer) {
    if (header != null && answer.status() < 400 && isOwn(answer)) {
      authorizer.accepted(header);
    }
    return answer;
  }

  private Answer direct(Ask ask, @Nullable String header) throws IOException {
    Origin now = origin;
    return wire.send(
        ask.at(now.resolve(ask.target())),
        header == null ? null : new HttpWire.Credential(now, header));
  }

  /**
   * Over plain HTTP where that is allowed, for it costs nothing when it is right; over TLS when the
   * answer is not one of an HTTP registry.
   */
  private Answer first(Ask ask, @Nullable String header) throws IOException {
    if (!mayBePlain || origin.equals(secure)) {
      return direct(ask, header);
    }
    Origin plain = origin;
    Answer answer = null;
    IOException fault = null;
    try {
      answer = direct(ask, header);
      if (!maySpeakTls(answer)) {
        return answer;
      }
    } catch (IOException e) {
      if (NoAnswer.has(e, ConnectException.class) || NoAnswer.has(e, HttpTimeoutException.class)) {
        throw e;
      }
      fault = e;
    }
    try {
      origin = secure;
      return direct(ask, header);
    } catch (IOException e) {
      if (NoAnswer.isDistrust(e) || NoAnswer.alert(e).isPresent()) {
        throw e;
      }
      origin = plain;
    }
    if (answer == null) {
      throw fault == null ? new IOException("no answer") : fault;
    }
    return answer;
  }

  /** Servers for TLS answer plain HTTP with 400, and in no registry's form. */
  private static boolean maySpeakTls(Answer answer) {
    return answer.status() == 400
        && answer.header("Docker-Distribution-Api-Version").isEmpty()
        && answer.header("Content-Type").filter(type -> type.contains("json")).isEmpty();
  }
}
