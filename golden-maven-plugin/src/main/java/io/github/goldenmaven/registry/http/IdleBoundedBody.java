package io.github.goldenmaven.registry.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A response body as a stream that gives up when no byte comes for a while; the JDK's own waits for
 * ever.
 */
final class IdleBoundedBody implements BodySubscriber<InputStream> {

  private final Duration idle;
  private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
  private final CompletableFuture<InputStream> stream = new CompletableFuture<>();

  private volatile Flow.@Nullable Subscription subscription;

  /** Bytes, or the end with or without a fault. */
  private record Part(List<ByteBuffer> bytes, boolean last, @Nullable Throwable fault) {}

  IdleBoundedBody(Duration idle) {
    this.idle = idle;
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return stream;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    stream.complete(new Body());
    given.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> bytes) {
    parts.add(new Part(bytes, false, null));
  }

  @Override
  public void onError(Throwable fault) {
    parts.add(new Part(List.of(), true, fault));
  }

  @Override
  public void onComplete() {
    parts.add(new Part(List.of(), true, null));
  }

  /** The reader's side. */
  private final class Body extends BlockInputStream {

    private final Deque<ByteBuffer> current = new ArrayDeque<>();
    private boolean ended;

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, target.length);
      if (length == 0) {
        return 0;
      }
      while (true) {
        ByteBuffer first = current.peek();
        if (first == null) {
          if (ended || !next()) {
            return -1;
          }
        } else if (first.hasRemaining()) {
          int count = Math.min(length, first.remaining());
          first.get(target, offset, count);
          return count;
        } else {
          current.remove();
        }
      }
    }

    private boolean next() throws IOException {
      Part part = await();
      if (part.last()) {
        ended = true;
        if (part.fault() != null) {
          throw new IOException("the connection broke: " + part.fault().getMessage(), part.fault());
        }
        return false;
      }
      current.addAll(part.bytes());
      Flow.Subscription from = subscription;
      if (from != null) {
        from.request(1);
      }
      return true;
    }

    private Part await() throws IOException {
      try {
        Part part = parts.poll(idle.toNanos(), TimeUnit.NANOSECONDS);
        if (part == null) {
          close();
          throw new HttpTimeoutException("no byte for " + idle.toSeconds() + " s");
        }
        return part;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        close();
        InterruptedIOException interrupted = new InterruptedIOException("interrupted");
        interrupted.initCause(e);
        throw interrupted;
      }
    }

    @Override
    public void close() {
      Flow.Subscription from = subscription;
      if (!ended && from != null) {
        from.cancel();
      }
      ended = true;
      current.clear();
    }
  }
}
