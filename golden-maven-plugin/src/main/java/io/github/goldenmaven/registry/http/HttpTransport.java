package io.github.goldenmaven.registry.http;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.concurrent.BackgroundTask;
import io.github.goldenmaven.text.Printable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Requests and answers on the wire: each bounded in time, redirects followed by hand. The JDK's
 * client would carry a credential to whatever host a redirect names.
 */
public final class HttpTransport {

  private static final int MAX_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final RegistryAccess access;
  private final Proxies proxies;
  private final SecretRedactor sent = new SecretRedactor();

  private @Nullable HttpClient secure;
  private @Nullable HttpClient plain;

  public HttpTransport(RegistryAccess access) {
    this.access = access;
    this.proxies = new Proxies(access.proxies());
  }

  /** What was shown to any server. */
  public SecretRedactor sent() {
    return sent;
  }

  /** Makes a client in the background: loading its classes takes longer than a request. */
  public void prepare(Origin origin) {
    // What fails the first request will say to the user.
    BackgroundTask<HttpClient> unused =
        BackgroundTask.start("golden-http", () -> client(origin.isSecure()));
  }

  /** One for plain HTTP knows nothing of TLS, whose classes are most of what a client loads. */
  private synchronized HttpClient client(boolean overTls) {
    HttpClient ready = overTls ? secure : plain;
    if (ready != null) {
      return ready;
    }
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(access.timeouts().connect())
            .proxy(proxies);
    if (overTls) {
      secure = builder.sslContext(CompositeTrustManager.context(access.caCertificates())).build();
      return secure;
    }
    plain = builder.sslContext(DisabledTls.context()).sslParameters(new SSLParameters()).build();
    return plain;
  }

  /** A credential and the only origin that may see it. */
  public record Credential(Origin origin, String header) {}

  /**
   * Sends one request to an absolute address and follows where it leads.
   *
   * @throws RefusedException when it leads to where we do not go
   */
  public Response send(Request ask, @Nullable Credential credential) throws IOException {
    URI uri = ask.target();
    for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
      Response answer = exchange(ask.at(uri), credential);
      Optional<String> location = answer.location();
      if (!REDIRECTS.contains(answer.status()) || location.isEmpty()) {
        return answer;
      }
      answer.discard();
      if (ask.optional() && hop == MAX_REDIRECTS) {
        return answer;
      }
      try {
        uri = redirected(ask, uri, location.get(), answer.status());
      } catch (RefusedException e) {
        if (ask.optional()) {
          return answer;
        }
        throw e;
      }
    }
    throw new RefusedException(
        party(uri) + " redirects more than " + MAX_REDIRECTS + " times.",
        "Look at the registry's configuration, or at what stands between it and us.");
  }

  /** Sends one request and follows nothing: its body is for this server alone. */
  public Response sendHere(Request ask) throws IOException {
    return exchange(ask, null);
  }

  private URI redirected(Request ask, URI from, String location, int status) {
    boolean keepsMethod = status == 307 || status == 308;
    if (!keepsMethod && !ask.method().equals("GET") && !ask.method().equals("HEAD")) {
      throw new RefusedException(
          party(from) + " answers an upload with a redirect (" + status + ").",
          "Name the registry by the host that takes uploads, in <image> (-Dgolden.image) or 'to' of"
              + " golden.yaml.");
    }
    return resolve(from, location);
  }

  /**
   * An address that a server handed out, made absolute.
   *
   * @throws RefusedException when it is none, or plain HTTP where we do not speak that
   */
  public URI resolve(URI from, String address) {
    URI uri;
    try {
      uri = Location.resolved(from, address);
    } catch (java.net.URISyntaxException e) {
      // Its message holds the whole address, which may be signed.
      throw misled(from, "an address that is none");
    }
    Origin origin = Origin.of(uri);
    if (origin == null) {
      throw misled(from, "an address that is not a registry's");
    }
    Origin own = Origin.of(from);
    if (!origin.isSecure() && own != null && own.isSecure() && own.host().equals(origin.host())) {
      // A registry behind a TLS proxy that does not know it is: same host, so keep to TLS.
      return own.resolve(URI.create(pathAndQuery(uri)));
    }
    if (RegistryAccess.isLoopback(origin.host())
        && own != null
        && !RegistryAccess.isLoopback(own.host())) {
      throw misled(from, "this machine itself");
    }
    if (!origin.isSecure() && !access.allowsPlainHttp(origin.hostAndPort())) {
      throw misled(from, "'" + Printable.of(origin.hostAndPort()) + "' over plain HTTP");
    }
    return uri;
  }

  private static String pathAndQuery(URI uri) {
    return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
  }

  private RefusedException misled(URI from, String where) {
    return new RefusedException(
        party(from) + " sends us to " + where + ".",
        "Look at the registry's configuration; where plain HTTP is meant, name the host in"
            + " <insecureRegistries> (-Dgolden.insecureRegistries).");
  }

  /** Who is spoken to at an address. */
  private Party party(URI uri) {
    return new Party(uri, proxies.proxyFor(uri).orElse(null));
  }

  private Response exchange(Request ask, @Nullable Credential credential) throws IOException {
    URI uri = ask.target();
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    ask.headers().forEach(request::setHeader);
    request.setHeader("User-Agent", access.userAgent());
    if (credential != null && credential.origin().equals(Origin.of(uri))) {
      sent.header(credential.header());
      request.setHeader("Authorization", credential.header());
    }
    Optional<String> proxy = proxies.authorization(uri);
    proxy.ifPresent(sent::header);
    proxy.ifPresent(value -> request.setHeader("Proxy-Authorization", value));
    Party party = party(uri);
    try {
      return party.admitted(sent(request, ask.method(), ask.payload(), party));
    } catch (IOException e) {
      throw new UnreachedException(party, e);
    }
  }

  private Response sent(
      HttpRequest.Builder request, String method, @Nullable Payload payload, Party party)
      throws IOException {
    if (payload == null || payload.length() == 0) {
      return await(request.method(method, BodyPublishers.noBody()).build(), null, party);
    }
    try (InputStream content = payload.open()) {
      BodyPublisher body =
          BodyPublishers.fromPublisher(
              BodyPublishers.ofInputStream(() -> content), payload.length());
      return await(request.method(method, body).build(), payload, party);
    }
  }

  private Response await(HttpRequest request, @Nullable Payload payload, Party party)
      throws IOException {
    Duration idle = access.timeouts().idle();
    CompletableFuture<HttpResponse<InputStream>> future =
        client("https".equals(request.uri().getScheme()))
            .sendAsync(request, head -> new IdleBoundedBody(idle));
    long begun = System.nanoTime();
    try {
      while (true) {
        long left = deadline(begun, payload) - System.nanoTime();
        if (left <= 0) {
          throw new HttpTimeoutException("no answer");
        }
        try {
          return answer(future.get(left, TimeUnit.NANOSECONDS), party);
        } catch (TimeoutException e) {
          // Bytes may have moved meanwhile: the deadline is looked at again.
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("interrupted");
      interrupted.initCause(e);
      throw interrupted;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } finally {
      if (!future.isDone()) {
        future.cancel(true);
      }
    }
  }

  private static Response answer(HttpResponse<InputStream> response, Party party) {
    InputStream body = response.body();
    // The JDK hands out no body of a proxy that does not open the way.
    return new Response(
        party,
        response.statusCode(),
        response.headers(),
        body == null ? InputStream.nullInputStream() : new BufferedInputStream(body));
  }

  private long deadline(long begun, @Nullable Payload payload) {
    Timeouts timeouts = access.timeouts();
    if (payload == null) {
      return begun + timeouts.answer().toNanos();
    }
    Duration patience = payload.isAllSent() ? timeouts.commit() : timeouts.idle();
    return payload.lastMoved() + patience.toNanos();
  }
}
