package io.github.goldenmaven.peers;

import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.json.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A headless Chromium with one page, told what to do over its DevTools protocol.
 *
 * @see <a href="https://chromedevtools.github.io/devtools-protocol/">Chrome DevTools Protocol</a>
 */
public final class Chromium implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final WebSocket socket;
  private final Messages messages;
  private long asked;

  private Chromium(Process process, WebSocket socket, Messages messages) {
    this.process = process;
    this.socket = socket;
    this.messages = messages;
  }

  /**
   * Starts it with an empty page.
   *
   * @param folder of its own, for its profile
   */
  public static Chromium start(Path folder) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Machine.require("chromium").toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--remote-debugging-port=0",
                "--user-data-dir=" + folder,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("console.txt").toFile())
            .start();
    try {
      HttpClient http = HttpClient.newHttpClient();
      Messages messages = new Messages();
      WebSocket socket =
          http.newWebSocketBuilder()
              .buildAsync(page(http, port(folder, process)), messages)
              .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
              .join();
      Chromium chromium = new Chromium(process, socket, messages);
      chromium.call("Page.enable", JsonObject.EMPTY);
      return chromium;
    } catch (IOException | InterruptedException | RuntimeException e) {
      end(process);
      throw e;
    }
  }

  /** Shows the page and waits until all of it is there. */
  public void open(URI address) throws InterruptedException {
    messages.loaded.clear();
    call("Page.navigate", JsonObject.EMPTY.with("url", address.toString()));
    if (messages.loaded.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS) == null) {
      throw new IllegalStateException("'" + address + "' was not loaded in " + PATIENCE + ".");
    }
  }

  /**
   * How the page is looked at from now on.
   *
   * @param medium {@code screen} or {@code print}
   * @param scheme {@code light} or {@code dark}
   * @param width in CSS pixels
   */
  public void look(String medium, String scheme, int width) throws InterruptedException {
    JsonObject feature =
        JsonObject.EMPTY.with("name", "prefers-color-scheme").with("value", scheme);
    call(
        "Emulation.setEmulatedMedia",
        JsonObject.EMPTY
            .with("media", medium)
            .with("features", new JsonValue.Array(List.of(JsonValue.of(feature)))));
    call(
        "Emulation.setDeviceMetricsOverride",
        JsonObject.EMPTY
            .with("width", width)
            .with("height", 900)
            .with("deviceScaleFactor", 1)
            .with("mobile", new JsonValue.Bool(false)));
  }

  /** What a JavaScript expression, evaluated in the page, gives as text. */
  public String evaluate(String expression) throws InterruptedException {
    JsonObject answer =
        call("Runtime.evaluate", JsonObject.EMPTY.with("expression", "String(" + expression + ")"));
    return answer
        .object("result")
        .flatMap(result -> result.string("value"))
        .orElseThrow(() -> new IllegalStateException(answer.toString()));
  }

  /** The page as it would leave a printer, base64. */
  public String pdf() throws InterruptedException {
    return call("Page.printToPDF", JsonObject.EMPTY).string("data").orElseThrow();
  }

  /** The page as it is seen, a PNG, base64. */
  public String picture() throws InterruptedException {
    return call("Page.captureScreenshot", JsonObject.EMPTY).string("data").orElseThrow();
  }

  private JsonObject call(String method, JsonObject parameters) throws InterruptedException {
    long id = ++asked;
    JsonObject question =
        JsonObject.EMPTY.with("id", id).with("method", method).with("params", parameters);
    socket.sendText(question.toString(), true).join();
    while (true) {
      JsonObject answer = messages.answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (answer == null || answer.has("error")) {
        throw new IllegalStateException("Chromium answers " + method + " with " + answer);
      }
      if (answer.integer("id").filter(of -> of == id).isPresent()) {
        return answer.object("result").orElseThrow();
      }
    }
  }

  @Override
  public void close() {
    socket.abort();
    end(process);
  }

  /** With its children, which would outlive it. */
  private static void end(Process process) {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(handle -> handle.onExit().orTimeout(10, TimeUnit.SECONDS).join());
  }

  /** Chromium writes the port it took into its profile. */
  private static int port(Path folder, Process process) throws IOException, InterruptedException {
    Path file = folder.resolve("DevToolsActivePort");
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(file) || Files.size(file) == 0) {
      if (!process.isAlive() || System.nanoTime() > until) {
        throw new IllegalStateException(
            "Chromium does not start: " + Files.readString(folder.resolve("console.txt")));
      }
      Thread.sleep(50);
    }
    return Integer.parseInt(Files.readAllLines(file).get(0));
  }

  private static URI page(HttpClient http, int port) throws IOException, InterruptedException {
    String list =
        http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    return StrictJson.read("targets", bytes("{\"targets\":" + list + "}"))
        .objects("targets")
        .stream()
        .filter(target -> target.string("type").filter("page"::equals).isPresent())
        .map(target -> URI.create(target.string("webSocketDebuggerUrl").orElseThrow()))
        .findFirst()
        .orElseThrow();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Answers as they come, and one mark for each page that was loaded. */
  private static final class Messages implements WebSocket.Listener {

    private final BlockingQueue<JsonObject> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> loaded = new LinkedBlockingQueue<>();
    private final StringBuilder parts = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket webSocket, CharSequence part, boolean last) {
      parts.append(part);
      if (last) {
        take(parts.toString());
        parts.setLength(0);
      }
      webSocket.request(1);
      return null;
    }

    private void take(String text) {
      JsonObject message = StrictJson.read("message", bytes(text));
      if (message.has("id")) {
        answers.add(message);
      } else {
        message.string("method").filter("Page.loadEventFired"::equals).ifPresent(loaded::add);
      }
    }
  }
}
