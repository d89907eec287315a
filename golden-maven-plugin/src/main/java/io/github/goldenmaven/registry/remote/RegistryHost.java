package io.github.goldenmaven.registry.remote;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.registry.Admission;
import io.github.goldenmaven.registry.errors.NoAnswer;
import io.github.goldenmaven.registry.errors.RegistryErrors;
import io.github.goldenmaven.registry.errors.Retries;
import io.github.goldenmaven.registry.http.Access;
import io.github.goldenmaven.registry.http.Backoff;
import io.github.goldenmaven.registry.http.HttpTransport;
import io.github.goldenmaven.registry.http.Origin;
import io.github.goldenmaven.registry.http.RegistryAccess;
import io.github.goldenmaven.registry.http.Request;
import io.github.goldenmaven.registry.http.Response;
import io.github.goldenmaven.registry.http.Timeouts;
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

  private final HttpTransport wire;
  private final Authorizer authorizer;
  private final RegistryErrors failures;
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
      String host, HttpTransport wire, RegistryAccess access, Backoff waiting, Admission known) {
    this.wire = wire;
    this.known = known;
    this.authorizer = new Authorizer(host, wire, access, waiting, known);
    this.failures = RegistryErrors.of(host, access, wire.sent());
    this.timeouts = access.timeouts();
    this.retries = new Retries(waiting, failures);
    this.secure = Origin.of("https", Origin.api(host));
    this.mayBePlain = access.allowsPlainHttp(host);
    Origin answered = known.origin;
    this.origin = answered != null ? answered : mayBePlain ? Origin.of("http", host) : secure;
    wire.prepare(origin);
  }

  RegistryErrors failures() {
    return failures;
  }

  Retries retries() {
    return retries;
  }

  /**
   * An address this registry handed out, made absolute and found allowed. One of its own host
   * without a port was written by a registry that does not know the port it is reached by.
   */
  URI resolve(Response from, String address) {
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
  boolean isOwn(Response answer) {
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
  Response send(Request ask) {
    return admitted(ask, retries.send(() -> once(ask)));
  }

  /** The same, for a caller that knows what to do with every answer. */
  Response sendForAny(Request ask) {
    return retries.send(() -> once(ask));
  }

  /** The same for a question whose answer is a document: it is whole, or asked for again. */
  Response document(Request ask) {
    return admitted(ask, documentForAny(ask));
  }

  /** The same, for a caller that knows what to do with every answer. */
  Response documentForAny(Request ask) {
    return retries.send(() -> once(ask).whole(StrictJson.MAX_BYTES, timeouts.answer()));
  }

  /** A document's whole body. */
  byte[] bytes(Response answer) {
    try {
      return answer.bytes(StrictJson.MAX_BYTES, timeouts.answer());
    } catch (IOException e) {
      throw failures.unreachable(e);
    }
  }

  /** The names in a list, which nothing else is believed of; errors with a success are no list. */
  List<String> names(Response answer, String doing, String key) {
    byte[] bytes = bytes(answer);
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
  Response admitted(Request ask, Response answer) {
    if (answer.status() == 401) {
      boolean known = authorizer.hasCredentials(ask.access());
      throw known && authorizer.isBearer()
          ? failures.denials().tokenNotEnough(ask.access(), answer)
          : failures.denials().notAuthenticated(ask.access(), known, answer);
    }
    if (answer.status() == 403) {
      throw failures.denials().notAllowed(ask.access(), answer);
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
    lookIn(Request.get("/v2/", wanted))
        .ifPresent(
            answer -> {
              if (answer.status() == 401) {
                admitted(Request.get("/v2/", wanted), answer);
              }
              answer.discard();
            });
  }

  /** What a registry answers who it is, told of nothing but its absence; empty for trouble. */
  private Optional<Response> lookIn(Request ask) {
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
  Response once(Request ask) throws IOException {
    if (met) {
      return asked(ask);
    }
    meeting.lock();
    try {
      Response answer = asked(ask);
      known.origin = origin;
      met = true;
      return answer;
    } finally {
      meeting.unlock();
    }
  }

  private Response asked(Request ask) throws IOException {
    String header = authorizer.header(origin, ask.access());
    Response answer = met ? direct(ask, header) : first(ask, header);
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
  private Response noted(@Nullable String header, Response answer) {
    if (header != null && answer.status() < 400 && isOwn(answer)) {
      authorizer.accepted(header);
    }
    return answer;
  }

  private Response direct(Request ask, @Nullable String header) throws IOException {
    Origin now = origin;
    return wire.send(
        ask.at(now.resolve(ask.target())),
        header == null ? null : new HttpTransport.Credential(now, header));
  }

  /**
   * Over plain HTTP where that is allowed, for it costs nothing when it is right; over TLS when the
   * answer is not one of an HTTP registry.
   */
  private Response first(Request ask, @Nullable String header) throws IOException {
    if (!mayBePlain || origin.equals(secure)) {
      return direct(ask, header);
    }
    Origin plain = origin;
    Response answer = null;
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
  private static boolean maySpeakTls(Response answer) {
    return answer.status() == 400
        && answer.header("Docker-Distribution-Api-Version").isEmpty()
        && answer.header("Content-Type").filter(type -> type.contains("json")).isEmpty();
  }
}
