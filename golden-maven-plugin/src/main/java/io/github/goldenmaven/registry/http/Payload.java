package io.github.goldenmaven.registry.http;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.layer.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A request's body, which can be sent again from any of its bytes on, and counts what was sent. */
public final class Payload {

  private final Blob blob;
  private final long from;
  private final Progress progress;

  private final AtomicLong sent = new AtomicLong();
  private volatile long lastMoved = System.nanoTime();
  private volatile @Nullable Exception localFault;

  /** The stream whose bytes count: a request that failed may still read a few of its own. */
  private @Nullable Counted live;

  public Payload(Blob blob, long from, Progress progress) {
    this.blob = blob;
    this.from = from;
    this.progress = progress;
  }

  public static Payload of(byte[] bytes) {
    return new Payload(Blob.of(bytes), 0, Progress.SILENT);
  }

  /** Bytes to send. */
  long length() {
    return blob.size() - from;
  }

  boolean isAllSent() {
    return sent.get() >= length();
  }

  /** When the last byte went out, as {@link System#nanoTime} tells it. */
  long lastMoved() {
    return lastMoved;
  }

  /** Why our own bytes could not be read, or were refused; {@code null} where they could. */
  public @Nullable Exception localFault() {
    return localFault;
  }

  public InputStream open() throws IOException {
    takeBack();
    lastMoved = System.nanoTime();
    try {
      InputStream content = blob.open();
      content.skipNBytes(from);
      Counted counted = new Counted(content);
      synchronized (this) {
        live = counted;
      }
      return counted;
    } catch (IOException e) {
      localFault = e;
      throw e;
    }
  }

  /** Counts nothing as sent, for the request failed. */
  public synchronized void takeBack() {
    live = null;
    progress.advanced(-sent.getAndSet(0));
  }

  private synchronized void moved(Counted stream, int read) {
    if (stream == live) {
      sent.addAndGet(read);
      lastMoved = System.nanoTime();
      progress.advanced(read);
    }
  }

  /** Only while the stream is open: that a closed one cannot be read is no fault. */
  private synchronized void failed(Counted stream, Exception fault) {
    if (stream == live) {
      localFault = fault;
    }
  }

  private synchronized void ended(Counted stream) {
    if (stream == live) {
      live = null;
    }
  }

  /** The bytes as they leave. */
  private final class Counted extends BlockInputStream {

    private final InputStream content;
    private long left = length();

    Counted(InputStream content) {
      this.content = content;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        int read = content.read(target, offset, (int) Math.min(length, Math.max(left, 1)));
        if (read < 0 ? left > 0 : read > left) {
          throw new IOException("it has not the " + blob.size() + " bytes it had");
        }
        left -= Math.max(read, 0);
        moved(this, Math.max(read, 0));
        return read;
      } catch (IOException | GoldenException e) {
        failed(this, e);
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      ended(this);
      content.close();
    }
  }
}
