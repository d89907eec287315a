package io.github.goldenmaven.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.RegistryReference;
import io.github.goldenmaven.registry.http.RegistryAccess;
import io.github.goldenmaven.registry.remote.FakeTime;
import io.github.goldenmaven.registry.remote.RegistryClient;
import io.github.goldenmaven.registry.remote.RegistryStore;
import io.github.goldenmaven.registry.remote.RegistryStoreTest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Answers what a real registry never would, and remembers what it was asked and shown. */
public final class LyingRegistry implements AutoCloseable {

  /** One answer. */
  @FunctionalInterface
  public interface Lie {
    void tell(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final RegistryClient client =
      AccessOfTests.client(AccessOfTests.ANONYMOUS, new FakeTime().waiting());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<String> shown = Collections.synchronizedList(new ArrayList<>());

  private final List<String> proxied = Collections.synchronizedList(new ArrayList<>());

  private LyingRegistry(Lie lie) {
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
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            shown.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            proxied.add(
                String.valueOf(exchange.getRequestHeaders().getFirst("Proxy-Authorization")));
            lie.tell(exchange);
          }
        });
    server.start();
  }

  public static LyingRegistry telling(Lie lie) {
    return new LyingRegistry(lie);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String host() {
    return "localhost:" + port();
  }

  /** The same server by another name: another origin. */
  public String otherHost() {
    return "127.0.0.1:" + port();
  }

  public RegistryReference reference() {
    return RegistryStoreTest.reference(host() + "/apps/orders");
  }

  public RegistryStore store(RegistryAccess access) {
    return AccessOfTests.client(access, new FakeTime().waiting()).store(reference());
  }

  /** Opens any repository so; waiting takes no time. */
  public static Function<ImageReference, ImageStore> opening(RegistryAccess access) {
    RegistryClient client = AccessOfTests.client(access, new FakeTime().waiting());
    return reference -> client.store((RegistryReference) reference);
  }

  /** Opens any repository of it; waiting takes no time. */
  public ImageStore open(ImageReference reference) {
    return client.store((RegistryReference) reference);
  }

  public RegistryStore store() {
    return store(AccessOfTests.ANONYMOUS);
  }

  /** {@code GET /v2/…}, in the order they came. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /** The Authorization of each, {@code null} where there was none. */
  public List<String> shown() {
    return List.copyOf(shown);
  }

  /** The Proxy-Authorization of each, {@code null} where there was none. */
  public List<String> proxied() {
    return List.copyOf(proxied);
  }

  /** Answers with headers given as {@code name, value, name, value}. */
  public static void answer(HttpExchange exchange, int status, byte[] body, String... headers)
      throws IOException {
    exchange.getRequestBody().readAllBytes();
    for (int at = 0; at < headers.length; at += 2) {
      exchange.getResponseHeaders().add(headers[at], headers[at + 1]);
    }
    boolean none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, none ? -1 : body.length);
    if (!none) {
      exchange.getResponseBody().write(body);
    }
  }

  public static void answer(HttpExchange exchange, int status, String... headers)
      throws IOException {
    answer(exchange, status, new byte[0], headers);
  }

  /** No answer, for as long as the registry is there. */
  public static void never(HttpExchange exchange) throws IOException {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException closed) {
      throw new InterruptedIOException(exchange.getRequestURI() + " was not answered");
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
