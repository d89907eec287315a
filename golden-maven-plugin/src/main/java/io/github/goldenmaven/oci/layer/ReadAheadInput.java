package io.github.goldenmaven.oci.layer;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.concurrent.BackgroundTask;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses a large layer on a thread of its own, a little ahead of its reader: one processor
 * inflates while another hashes. A layer of one mebibyte or less needs no thread.
 */
final class ReadAheadInput implements LayerInput {

  private static final int CHUNK = 64 * 1024;

  /** At most half a mebibyte ahead, whatever a layer grows to. */
  private static final int AHEAD = 8;

  private static final int WITHOUT_THREAD = 16;

  /** Long enough for any thread that is not stuck in a connection, which closing then frees. */
  private static final long PATIENCE = 200;

  private final LayerFault fault;
  private final LayerInput source;
  private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(AHEAD);
  private Chunk current = new Chunk(new byte[0], 0, null);
  private int at;
  private int read;
  private @Nullable Thread thread;

  ReadAheadInput(LayerFault fault, LayerInput source) {
    this.fault = fault;
    this.source = source;
  }

  /** Some bytes; none at the end, or with what ended them. */
  private static final class Chunk {

    private final byte[] bytes;
    private final int length;
    private final @Nullable Throwable failure;

    Chunk(byte[] bytes, int length, @Nullable Throwable failure) {
      this.bytes = bytes;
      this.length = length;
      this.failure = failure;
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    if (at >= current.length && !advance()) {
      return -1;
    }
    int part = Math.min(length, current.length - at);
    System.arraycopy(current.bytes, at, bytes, offset, part);
    at += part;
    return part;
  }

  /** Whether there is more; the last chunk stays the current one for good. */
  private boolean advance() {
    if (current.length < 0) {
      return false;
    }
    current = read++ < WITHOUT_THREAD ? chunk() : take();
    at = 0;
    if (current.failure != null) {
      throw failed(current.failure);
    }
    if (current.length < 0) {
      return false;
    }
    if (read == WITHOUT_THREAD) {
      start();
    }
    return true;
  }

  private static RuntimeException failed(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof GoldenException golden
        ? golden
        : new IllegalStateException("a layer could not be decompressed", failure);
  }

  private Chunk chunk() {
    byte[] bytes = new byte[CHUNK];
    return new Chunk(bytes, source.read(bytes, 0, CHUNK), null);
  }

  private void start() {
    Thread ahead = BackgroundTask.daemon("layer-ahead", this::readAhead);
    thread = ahead;
    ahead.start();
  }

  private void readAhead() {
    try {
      Chunk next;
      do {
        next = next();
        chunks.put(next);
      } while (next.length >= 0);
    } catch (InterruptedException e) {
      // Nobody reads any more.
      Thread.currentThread().interrupt();
    }
  }

  /** Whatever happens is the reader's to hear. */
  private Chunk next() {
    try {
      return chunk();
    } catch (Throwable e) {
      return new Chunk(new byte[0], -1, e);
    }
  }

  private Chunk take() {
    try {
      return chunks.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException(
          fault.what() + " was not read to its end: the goal was interrupted.",
          "Run the goal again.",
          e);
    }
  }

  @Override
  public void close() {
    Thread ahead = thread;
    if (ahead != null) {
      ahead.interrupt();
      try {
        ahead.join(PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    source.close();
  }
}
