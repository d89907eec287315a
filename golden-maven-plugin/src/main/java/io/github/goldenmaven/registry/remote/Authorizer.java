package io.github.goldenmaven.registry.remote;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.registry.Admission;
import io.github.goldenmaven.registry.credentials.Credentials;
import io.github.goldenmaven.registry.errors.RegistryErrors;
import io.github.goldenmaven.registry.errors.Retries;
import io.github.goldenmaven.registry.errors.Said;
import io.github.goldenmaven.registry.http.Access;
import io.github.goldenmaven.registry.http.Backoff;
import io.github.goldenmaven.registry.http.Challenge;
import io.github.goldenmaven.registry.http.HttpTransport;
import io.github.goldenmaven.registry.http.Location;
import io.github.goldenmaven.registry.http.Origin;
import io.github.goldenmaven.registry.http.Payload;
import io.github.goldenmaven.registry.http.Proxies;
import io.github.goldenmaven.registry.http.RegistryAccess;
import io.github.goldenmaven.registry.http.Request;
import io.github.goldenmaven.registry.http.Response;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets us into one registry: remembers how it asks, asks for credentials only then, and keeps its
 * tokens for all stores.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">distribution, token
 *     authentication</a>
 * @see <a href="https://distribution.github.io/distribution/spec/auth/oauth/">distribution, OAuth
 *     2</a>
 */
final class Authorizer {

  private static final int MAX_TOKEN_ANSWER = 1024 * 1024;

  /** What a token server that names no time means. */
  private static final long DEFAULT_SECONDS = 60;

  private static final Duration MARGIN = Duration.ofSeconds(10);

  private final String host;
  private final HttpTransport wire;
  private final RegistryAccess access;
  private final Backoff waiting;
  private final RegistryErrors failures;
  private final Admission known;

  Authorizer(
      String host, HttpTransport wire, RegistryAccess access, Backoff waiting, Admission known) {
    this.host = host;
    this.known = known;
    this.wire = wire;
    this.access = access;
    this.waiting = waiting;
    this.failures = RegistryErrors.of(host, access, wire.sent());
  }

  /** Learns how the registry asks; false where it asks in no way we know. */
  boolean learn(Response unauthorized) {
    Optional<Challenge> asked =
        Challenge.strongest(unauthorized.headers().allValues("WWW-Authenticate"));
    asked.ifPresent(challenge -> known.challenge = challenge);
    return asked.isPresent();
  }

  /** Whether credentials were found for a request, as far as the registry ever asked. */
  boolean hasCredentials(Access wanted) {
    synchronized (known) {
      return !known.accounts.isEmpty() && credentials(wanted).isPresent();
    }
  }

  /** Whether the registry takes tokens of a token server. */
  boolean isBearer() {
    Challenge asked = known.challenge;
    return asked != null && asked.isBearer();
  }

  /**
   * The header that lets a request in; {@code null} where the registry never asked, or nothing was
   * found.
   */
  @Nullable String header(Origin registry, Access wanted) {
    Challenge asked = known.challenge;
    if (asked == null) {
      return null;
    }
    return asked.isBearer()
        ? bearer(registry, asked, wanted)
        : credentials(wanted).map(Proxies::basic).orElse(null);
  }

  /** Throws a header away that the registry did not accept. */
  void forget(String header) {
    synchronized (known) {
      known.tokens.values().removeIf(token -> token.header().equals(header));
    }
  }

  /** Notes that the registry let a header in. */
  void accepted(String header) {
    synchronized (known) {
      known.accepted.add(header);
    }
  }

  /** Whether a header is known to be good: a token was bought with a login, or it opened. */
  boolean isAccepted(String header) {
    synchronized (known) {
      return header.startsWith("Bearer ") || known.accepted.contains(header);
    }
  }

  private Optional<Credentials> credentials(Access wanted) {
    synchronized (known) {
      return known.accounts.computeIfAbsent(
          access.credentials().account(host, wanted.repository()), access.credentials()::find);
    }
  }

  private String bearer(Origin registry, Challenge asked, Access wanted) {
    synchronized (known) {
      Instant now = waiting.clock().instant();
      known.tokens.values().removeIf(token -> !token.end().isAfter(now));
      for (Map.Entry<Access, Admission.Token> entry : known.tokens.entrySet()) {
        if (entry.getKey().covers(wanted)) {
          return entry.getValue().header();
        }
      }
      Admission.Token fresh = fetch(registry, asked, wanted, now);
      known.tokens.put(wanted, fresh);
      return fresh.header();
    }
  }

  private Admission.Token fetch(Origin registry, Challenge asked, Access wanted, Instant now) {
    URI realm = realm(registry, asked.parameter("realm").orElseThrow());
    Origin server = Origin.of(realm);
    if (server == null) {
      throw notARealm(realm.toString());
    }
    RegistryErrors atServer = failures.ofTokenServer(server);
    boolean own = isOwn(registry, server);
    Optional<Credentials> shown = own ? credentials(wanted) : Optional.empty();
    Retries retries = new Retries(waiting, atServer);
    Response answer =
        retries.send(
            () ->
                ask(realm, server, asked, wanted, shown.orElse(null))
                    .whole(MAX_TOKEN_ANSWER, access.timeouts().answer()));
    if (answer.status() == 401 || answer.status() == 403 || answer.status() == 400) {
      throw !own
          ? keptBack(server, answer)
          : answer.status() == 403
              ? atServer.denials().notAllowed(wanted, answer)
              : atServer.denials().notAuthenticated(wanted, shown.isPresent(), answer);
    }
    if (!answer.isSuccess()) {
      throw atServer.unexpected("our request for a token", wanted, answer);
    }
    try {
      byte[] body = answer.bytes(MAX_TOKEN_ANSWER, access.timeouts().answer());
      return token(document(atServer, answer, body), now);
    } catch (IOException e) {
      throw atServer.unreachable(e);
    }
  }

  /**
   * Whether credentials may go there: on the registry's own host, over TLS in its domain, or where
   * the user named the server. Those stored for the token server itself are never used: the token
   * they buy goes to the registry, and any registry can name any token server and any service.
   */
  private boolean isOwn(Origin registry, Origin server) {
    return access.allowsTokensFrom(server)
        || server.host().equals(registry.host())
        || (server.isSecure() && server.sharesSiteWith(registry));
  }

  private Response ask(
      URI realm, Origin server, Challenge asked, Access wanted, @Nullable Credentials shown)
      throws IOException {
    StringBuilder query = new StringBuilder();
    asked.parameter("service").ifPresent(service -> add(query, "service", service));
    if (shown != null && shown.user().equals("<token>")) {
      add(query, "grant_type", "refresh_token");
      add(query, "client_id", "golden-maven");
      add(query, "scope", String.join(" ", wanted.sorted()));
      add(query, "refresh_token", shown.secret());
      wire.sent().secret(shown.secret());
      Request form =
          Request.of("POST", realm, wanted)
              .with("Content-Type", "application/x-www-form-urlencoded")
              .with(Payload.of(query.toString().getBytes(StandardCharsets.UTF_8)));
      return wire.sendHere(form);
    }
    wanted.sorted().forEach(scope -> add(query, "scope", scope));
    String address = realm.toString();
    URI uri = URI.create(address + (address.contains("?") ? "&" : "?") + query);
    return wire.send(
        Request.of("GET", uri, wanted),
        shown == null ? null : new HttpTransport.Credential(server, Proxies.basic(shown)));
  }

  private static void add(StringBuilder query, String name, String value) {
    query
        .append(query.isEmpty() ? "" : "&")
        .append(name)
        .append('=')
        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  private URI realm(Origin registry, String realm) {
    URI from = registry.resolve(URI.create("/"));
    try {
      URI named = Location.resolved(from, realm);
      if (Origin.of(named) == null || named.getRawFragment() != null) {
        throw notARealm(realm);
      }
    } catch (URISyntaxException e) {
      // Its message holds the whole address.
      throw notARealm(realm);
    }
    return wire.resolve(from, realm);
  }

  /** Any JSON object will do: what is in it may be a token, and no more. */
  private static JsonObject document(RegistryErrors atServer, Response answer, byte[] body) {
    try {
      return StrictJson.readLeniently("The token answer", body);
    } catch (RefusedException e) {
      throw atServer.foreign("our request for a token", answer, body);
    }
  }

  private Admission.Token token(JsonObject json, Instant now) {
    String token =
        Optional.of(text(json, "token"))
            .filter(text -> !text.isEmpty())
            .or(() -> Optional.of(text(json, "access_token")))
            .filter(text -> text.matches("[!-~]+"))
            .orElseThrow(
                () ->
                    new RefusedException(
                        "The token server of '"
                            + host
                            + "' answers without a token."
                            + Said.words(json, wire.sent()),
                        "Look at the registry's token configuration."));
    wire.sent().secret(token);
    long seconds = seconds(json.fields().get("expires_in"));
    Duration life = Duration.ofSeconds(Math.max(0, Math.min(seconds, 86_400)));
    Duration margin = life.compareTo(MARGIN.multipliedBy(2)) > 0 ? MARGIN : Duration.ZERO;
    return new Admission.Token("Bearer " + token, now.plus(life).minus(margin));
  }

  /** Empty where it is no text. */
  private static String text(JsonObject json, String key) {
    return json.fields().get(key) instanceof JsonValue.Text text ? text.value() : "";
  }

  /** A number, or a number as text; what cannot be read is as if it were not there. */
  private static long seconds(@Nullable JsonValue life) {
    String text =
        life instanceof JsonValue.Numeral number
            ? number.literal()
            : life instanceof JsonValue.Text words ? words.value().strip() : "";
    return text.matches("[0-9]{1,12}([.][0-9]*)?")
        ? Long.parseLong(text.split("[.]", 2)[0])
        : text.startsWith("-") ? 0 : DEFAULT_SECONDS;
  }

  private RefusedException keptBack(Origin server, Response answer) {
    return new RefusedException(
        "The registry '"
            + host
            + "' sends us to the token server '"
            + Printable.of(server.hostAndPort())
            + "', which is not its own by name and did not let us in without credentials."
            + failures.ofTokenServer(server).said(answer).sentence(),
        "Credentials go to a registry's own token server only: where this one is right, name it in"
            + " <tokenServers> (-Dgolden.tokenServers="
            + Printable.of(server.hostAndPort())
            + "); else have the registry name one on its own host, or over HTTPS in its own"
            + " domain.");
  }

  private RefusedException notARealm(String realm) {
    return new RefusedException(
        "The registry '%s' names a token server by an address that is none: '%s'."
            .formatted(host, Printable.of(wire.sent().hidden(realm), 200)),
        "Look at the registry's token configuration.");
  }
}
