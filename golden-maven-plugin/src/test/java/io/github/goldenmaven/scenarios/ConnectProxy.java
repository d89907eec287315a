package io.github.goldenmaven.scenarios;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A proxy on loopback that opens tunnels, all of them to one server whatever the host that was
 * asked for, and remembers each request line.
 */
public final class ConnectProxy implements AutoCloseable {

  private static final int MAX_HEAD = 8192;

  private final ServerSocket socket;
  private final int target;
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  private ConnectProxy(ServerSocket socket, int target) {
    this.socket = socket;
    this.target = target;
  }

  /**
   * Starts one.
   *
   * @param target the server's port on loopback
   */
  public static ConnectProxy to(int target) {
    try {
      ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      ConnectProxy proxy = new ConnectProxy(socket, target);
      start("accept", proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** {@code CONNECT outside.example:443 HTTP/1.1}, in the order they came. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, "connect proxy " + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        start("tunnel", () -> tunnel(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void tunnel(Socket client) {
    try (client) {
      String line = head(client.getInputStream()).lines().findFirst().orElse("");
      asked.add(line);
      boolean connect = line.startsWith("CONNECT ");
      String answer = connect ? "200 Connection established" : "405 Method Not Allowed";
      OutputStream out = client.getOutputStream();
      out.write(("HTTP/1.1 " + answer + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
      if (connect) {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
          start("down", () -> pump(server, client));
          pump(client, server);
        }
      }
    } catch (IOException e) {
      // One side went away; the test sees what came of it.
    }
  }

  /** Byte by byte: what follows the head is the tunnel's. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < MAX_HEAD && head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // The other direction ended.
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
