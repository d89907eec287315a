package io.github.goldenmaven.laboratory;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.goldenmaven.peers.DockerRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A real registry behind a door that plays habits, and counts which of them it played. */
public final class Laboratory implements AutoCloseable {

  public static final String USER = "builder";
  public static final String PASSWORD = "open:sesame 9";

  private static final Set<String> PASSED_ON =
      Set.of("Accept", "Content-Type", "Content-Range", "Range");
  private static final Set<String> PASSED_BACK =
      Set.of("Content-Type", "Docker-Content-Digest", "Location", "Range", "Content-Range", "Link");
  private static final byte[] PAGE =
      "<!DOCTYPE html><title>Packages</title>".getBytes(StandardCharsets.UTF_8);

  private final DockerRegistry registry;
  private final Set<Habit> habits;
  private final Set<Habit> played = Collections.synchronizedSet(EnumSet.noneOf(Habit.class));
  private final Set<String> late = Collections.synchronizedSet(new HashSet<>());
  private final Map<String, Boolean> patched = new ConcurrentHashMap<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public Laboratory(DockerRegistry registry, Set<Habit> habits) {
    this.registry = registry;
    this.habits = habits;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            answer(exchange);
          }
        });
    server.start();
  }

  public String host() {
    return "localhost:" + server.getAddress().getPort();
  }

  /** The same door by another name. */
  public String otherHost() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Those that somebody met. */
  public Set<Habit> played() {
    return Set.copyOf(played);
  }

  private boolean plays(Habit habit) {
    if (habits.contains(habit)) {
      played.add(habit);
      return true;
    }
    return false;
  }

  private boolean hasTokens() {
    return habits.contains(Habit.ONE_TOKEN_ONE_REPOSITORY)
        || habits.contains(Habit.TOKENS_ELSEWHERE)
        || habits.contains(Habit.TOKENS_IN_WORDS);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String shown = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    if (path.startsWith("/web")) {
      say(exchange, 200, PAGE, "Content-Type", "text/html");
    } else if (path.startsWith("/storage")) {
      forward(exchange, "binary/octet-stream");
    } else if (path.equals("/token")) {
      token(exchange, shown);
    } else if (hasTokens() && !shown.startsWith("Bearer ")) {
      String realm = plays(Habit.TOKENS_ELSEWHERE) ? otherHost() : host();
      say(
          exchange,
          401,
          new byte[0],
          "WWW-Authenticate",
          "Bearer realm=\"http://" + realm + "/token\",service=\"laboratory\"");
    } else if (!plays(exchange, path)) {
      forward(exchange, null);
    }
  }

  private void token(HttpExchange exchange, String shown) throws IOException {
    String query = String.valueOf(exchange.getRequestURI().getRawQuery());
    boolean two = query.indexOf("scope=") != query.lastIndexOf("scope=");
    if (!shown.startsWith("Basic ")) {
      say(exchange, 401, new byte[0]);
    } else if (two && plays(Habit.ONE_TOKEN_ONE_REPOSITORY)) {
      say(exchange, 403, new byte[0]);
    } else {
      String life = plays(Habit.TOKENS_IN_WORDS) ? "\"300\"" : "300";
      say(exchange, 200, utf8("{\"token\":\"t\",\"expires_in\":" + life + "}"));
    }
  }

  /** Whether a habit answered. */
  private boolean plays(HttpExchange exchange, String path) throws IOException {
    String method = exchange.getRequestMethod();
    if (path.contains("/referrers/")) {
      return referrers(exchange);
    }
    if (path.contains("/blobs/uploads/")) {
      return uploads(exchange, method);
    }
    if (path.contains("/blobs/") && method.equals("HEAD")) {
      return plays(Habit.BLOBS_ARE_NOT_ASKED_FOR) && say(exchange, 403, new byte[0]);
    }
    if (path.contains("/manifests/") && method.equals("GET")) {
      if (late.remove(path) && plays(Habit.TAGS_COME_LATE)) {
        return say(exchange, 404, new byte[0]);
      }
      if (habits.contains(Habit.MANIFESTS_LIE_IN_STORAGE)) {
        String storage = "http://" + otherHost() + "/storage" + path;
        return plays(Habit.MANIFESTS_LIE_IN_STORAGE)
            && say(exchange, 307, new byte[0], "Location", storage);
      }
    }
    if (path.contains("/manifests/") && method.equals("PUT") && !path.contains("sha256")) {
      late.add(path);
    }
    return false;
  }

  private boolean referrers(HttpExchange exchange) throws IOException {
    if (plays(Habit.REFERRERS_LEAD_TO_A_WEB_PAGE)) {
      return say(exchange, 303, new byte[0], "Location", "http://" + otherHost() + "/web");
    }
    if (plays(Habit.REFERRERS_ARE_A_BAD_REQUEST)) {
      return say(exchange, 400, utf8("{\"errors\":[{\"code\":\"UNSUPPORTED\"}]}"));
    }
    if (plays(Habit.REFERRERS_ARE_NOT_IMPLEMENTED)) {
      return say(exchange, 501, new byte[0]);
    }
    return plays(Habit.REFERRERS_ARE_A_PAGE)
        && say(exchange, 200, PAGE, "Content-Type", "text/html");
  }

  private boolean uploads(HttpExchange exchange, String method) throws IOException {
    boolean mount = String.valueOf(exchange.getRequestURI().getQuery()).startsWith("mount=");
    if (mount && plays(Habit.MOUNTS_FAIL)) {
      return say(exchange, 500, new byte[0]);
    }
    if (mount && plays(Habit.MOUNTS_ARE_NOT_ALLOWED)) {
      return say(exchange, 405, new byte[0]);
    }
    if (mount && plays(Habit.MOUNTS_ARE_ACCEPTED_NOWHERE)) {
      return say(exchange, 202, new byte[0]);
    }
    if (mount && plays(Habit.MOUNTS_ARE_SAID_AND_NOT_DONE)) {
      return say(exchange, 201, new byte[0]);
    }
    if (method.equals("PATCH")) {
      patched.put(exchange.getRequestURI().getPath(), true);
    }
    boolean bytes =
        method.equals("PUT")
            && !"0".equals(exchange.getRequestHeaders().getFirst("Content-Length"));
    return bytes && plays(Habit.BYTES_BY_PATCH) && say(exchange, 405, new byte[0]);
  }

  /** Asks the registry itself. */
  private void forward(HttpExchange exchange, @Nullable String type) throws IOException {
    String raw = exchange.getRequestURI().toString().replaceFirst("^/storage", "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create(registry.uri() + raw.replaceAll("([?&])gap=[^&]*&?", "$1")));
    for (String name : PASSED_ON) {
      List<String> values = exchange.getRequestHeaders().getOrDefault(name, List.of());
      values.forEach(value -> request.header(name, value));
    }
    request.method(
        exchange.getRequestMethod(),
        BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    try {
      back(exchange, client.send(request.build(), BodyHandlers.ofByteArray()), type);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private void back(HttpExchange exchange, HttpResponse<byte[]> answer, @Nullable String type)
      throws IOException {
    for (String name : PASSED_BACK) {
      answer
          .headers()
          .firstValue(name)
          .ifPresent(value -> exchange.getResponseHeaders().set(name, changed(name, value)));
    }
    boolean manifest = exchange.getRequestURI().getPath().contains("/manifests/");
    String generic =
        type != null
            ? type
            : manifest && plays(Habit.MANIFESTS_ARE_JSON)
                ? "application/json"
                : manifest && plays(Habit.MANIFESTS_ARE_TEXT) ? "text/plain; charset=utf-8" : null;
    if (generic != null && answer.statusCode() == 200) {
      exchange.getResponseHeaders().set("Content-Type", generic);
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      answer
          .headers()
          .firstValue("Content-Length")
          .ifPresent(length -> exchange.getResponseHeaders().set("Content-Length", length));
      exchange.sendResponseHeaders(answer.statusCode(), -1);
      return;
    }
    say(exchange, answer.statusCode(), answer.body());
  }

  private String changed(String name, String value) {
    if (!name.equals("Location")) {
      return value;
    }
    String location = value.replace(registry.host(), host());
    if (location.contains("/blobs/uploads/") && plays(Habit.ADDRESSES_WITH_BRACES)) {
      location = location.replace("?", "?gap={a b}&");
    }
    return location.contains("/blobs/uploads/") && plays(Habit.ADDRESSES_WITHOUT_PORT)
        ? location.replace(host(), "localhost")
        : location;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean say(HttpExchange exchange, int status, byte[] body, String... headers)
      throws IOException {
    exchange.getRequestBody().readAllBytes();
    for (int at = 0; at < headers.length; at += 2) {
      exchange.getResponseHeaders().set(headers[at], headers[at + 1]);
    }
    boolean none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, none ? -1 : body.length);
    if (!none) {
      exchange.getResponseBody().write(body);
    }
    return true;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
