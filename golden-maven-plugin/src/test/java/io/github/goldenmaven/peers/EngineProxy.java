package io.github.goldenmaven.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Stands between a client and a Docker Engine and counts what the client sends. */
public final class EngineProxy implements AutoCloseable {

  private final DockerEngine engine;
  private final ServerSocketChannel server;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicReference<@Nullable Trap> trap = new AtomicReference<>();

  private record Trap(long bytes, Runnable action) {}

  private EngineProxy(DockerEngine engine, ServerSocketChannel server) {
    this.engine = engine;
    this.server = server;
  }

  public static EngineProxy before(DockerEngine engine) {
    try {
      EngineProxy proxy =
          new EngineProxy(
              engine,
              ServerSocketChannel.open()
                  .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
      daemon(proxy::serve);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What DOCKER_HOST must be to pass through here. */
  public String host() {
    return "tcp://127.0.0.1:" + server.socket().getLocalPort();
  }

  /** How many bytes came from clients since the last call. */
  public long sent() {
    return sent.getAndSet(0);
  }

  /** Does something, once, when this many bytes have passed since {@link #sent()}. */
  public void after(long bytes, Runnable action) {
    trap.set(new Trap(bytes, action));
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve() {
    while (server.isOpen()) {
      try {
        SocketChannel client = server.accept();
        SocketChannel there = SocketChannel.open(UnixDomainSocketAddress.of(engine.socket()));
        daemon(
            () -> {
              pass(client, there, true);
              close(there::shutdownOutput);
            });
        daemon(
            () -> {
              pass(there, client, false);
              close(client::close);
              close(there::close);
            });
      } catch (IOException e) {
        // The engine is gone, or this proxy is: the next client learns it.
      }
    }
  }

  /** By the channels themselves: streams of one channel would wait for each other. */
  private void pass(SocketChannel from, SocketChannel to, boolean counted) {
    ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
    try {
      int read;
      while ((read = from.read(buffer.clear())) >= 0) {
        if (counted) {
          count(read);
        }
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
      }
    } catch (IOException e) {
      // One side hung up; closing tells the other.
    }
  }

  private void count(int read) {
    long passed = sent.addAndGet(read);
    Trap set = trap.get();
    if (set != null && passed >= set.bytes() && trap.compareAndSet(set, null)) {
      set.action().run();
    }
  }

  @FunctionalInterface
  private interface Closing {
    void close() throws IOException;
  }

  private static void close(Closing closing) {
    try {
      closing.close();
    } catch (IOException e) {
      // It was closed already.
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "engine-proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
