package io.github.goldenmaven.registry.remote;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers each request with the same bytes and ends the connection; knows CONNECT as well. */
final class RawServer implements AutoCloseable {

  private final ServerSocket socket;
  private final String answer;
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  private RawServer(String answer) {
    try {
      this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.answer = answer;
    Thread thread = new Thread(this::serve, "raw server");
    thread.setDaemon(true);
    thread.start();
  }

  /** An answer's head and body. */
  static RawServer answering(String status, String type, String body, String... headers) {
    StringBuilder text = new StringBuilder("HTTP/1.1 " + status + "\r\nConnection: close\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    if (!type.isEmpty()) {
      text.append("Content-Type: ").append(type).append("\r\n");
    }
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    text.append("Content-Length: ").append(length).append("\r\n\r\n").append(body);
    return new RawServer(text.toString());
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Request lines. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        @Nullable String line = in.readLine();
        asked.add(String.valueOf(line));
        while (line != null && !line.isEmpty()) {
          line = in.readLine();
        }
        client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
      } catch (IOException e) {
        // The next one may be better.
      }
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
