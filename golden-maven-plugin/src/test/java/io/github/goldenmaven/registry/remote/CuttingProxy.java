package io.github.goldenmaven.registry.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Stands before a registry and breaks connections: each time so many bytes have passed one way. */
final class CuttingProxy implements AutoCloseable {

  private final ServerSocket socket;
  private final int target;
  private final AtomicLong upBudget;
  private final AtomicLong downBudget;
  private final AtomicInteger cutsLeft;
  private final long up;
  private final long down;

  private CuttingProxy(String address, int target, long up, long down, int cuts) {
    try {
      this.socket = new ServerSocket(0, 50, InetAddress.getByName(address));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.target = target;
    this.up = up;
    this.down = down;
    this.upBudget = new AtomicLong(up);
    this.downBudget = new AtomicLong(down);
    this.cutsLeft = new AtomicInteger(cuts);
    start("accept", this::accept);
  }

  /** Cuts after so many bytes on the way to the registry. */
  static CuttingProxy ofUploads(int target, long bytes, int cuts) {
    return new CuttingProxy("127.0.0.1", target, bytes, Long.MAX_VALUE, cuts);
  }

  /** Cuts after so many bytes on the way from the registry. */
  static CuttingProxy ofDownloads(int target, long bytes, int cuts) {
    return new CuttingProxy("127.0.0.1", target, Long.MAX_VALUE, bytes, cuts);
  }

  /** Cuts nothing, and stands at an address that no certificate of the tests names. */
  static CuttingProxy atAnotherAddress(int target) {
    return new CuttingProxy("127.0.0.2", target, Long.MAX_VALUE, Long.MAX_VALUE, 0);
  }

  int port() {
    return socket.getLocalPort();
  }

  String host() {
    return "localhost:" + socket.getLocalPort();
  }

  int cutsLeft() {
    return cutsLeft.get();
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, "cutting proxy " + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        start("up", () -> pump(client, server, upBudget, up));
        start("down", () -> pump(server, client, downBudget, down));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void pump(Socket from, Socket to, AtomicLong budget, long refill) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        boolean cut = cutsLeft.get() > 0 && budget.addAndGet(-read) < 0;
        out.write(buffer, 0, read);
        out.flush();
        if (cut && cutsLeft.getAndDecrement() > 0) {
          budget.set(refill);
          // The bytes that went through are to arrive before the end of the connection does.
          Thread.sleep(100);
          return;
        }
      }
    } catch (IOException e) {
      // The other direction was cut.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
