package io.github.goldenmaven.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ReadAheadInputTest {

  private static final LayerFault FAULT = new LayerFault("The layer");
  private static final int THREAD_FROM = 16 * 64 * 1024;

  @Property(tries = 60)
  void givesEveryByteInOrderHoweverManyThereAre(
      @ForAll @IntRange(max = 3_000_000) int length,
      @ForAll @IntRange(min = 1, max = 100_000) int step) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);

    assertThat(all(new ReadAheadInput(FAULT, new Source(bytes)), step)).isEqualTo(bytes);
  }

  @Test
  void aSmallLayerIsReadByItsReader() {
    Source source = new Source(new byte[THREAD_FROM - 64 * 1024]);

    all(new ReadAheadInput(FAULT, source), 5000);

    assertThat(source.threads).containsExactly(Thread.currentThread());
  }

  @Test
  void aLargeLayerIsDecompressedByAnotherThread() {
    Source source = new Source(new byte[4 * THREAD_FROM]);

    all(new ReadAheadInput(FAULT, source), 5000);

    assertThat(source.threads).hasSize(2);
  }

  @Test
  void whatFailsOnTheOtherThreadIsSaidToTheReaderAsItIs() {
    Source source = new Source(new byte[2 * THREAD_FROM]);
    source.failure = FAULT.truncated();
    ReadAheadInput input = new ReadAheadInput(FAULT, source);

    assertThatThrownBy(() -> all(input, 5000))
        .isInstanceOf(RefusedException.class)
        .isSameAs(source.failure);
    assertThat(input.read(new byte[1], 0, 1)).isEqualTo(-1);
  }

  @Test
  @Timeout(20)
  void aReaderThatStopsEndsTheOtherThread() throws InterruptedException {
    Source source = new Source(new byte[8 * THREAD_FROM]);
    ReadAheadInput input = new ReadAheadInput(FAULT, source);
    for (int read = 0; read < 2 * THREAD_FROM; ) {
      read += input.read(new byte[64 * 1024], 0, 64 * 1024);
    }

    input.close();

    assertThat(source.closed).isTrue();
    for (Thread thread : source.threads) {
      if (thread != Thread.currentThread()) {
        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }

  @Test
  @Timeout(20)
  void aReaderThatIsInterruptedSaysSo() throws InterruptedException {
    Source source = new Source(new byte[2 * THREAD_FROM]);
    source.stalls = true;
    ReadAheadInput input = new ReadAheadInput(FAULT, source);
    Thread reader = Thread.currentThread();
    Thread interrupter =
        new Thread(
            () -> {
              try {
                source.stalled.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              reader.interrupt();
            });
    interrupter.start();

    assertThatThrownBy(() -> all(input, 5000))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("The layer was not read to its end: the goal was interrupted.");
    assertThat(Thread.interrupted()).isTrue();
    interrupter.join();
    input.close();
  }

  private static byte[] all(ReadAheadInput input, int step) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[step];
    for (int read = input.read(buffer, 0, step); read >= 0; read = input.read(buffer, 0, step)) {
      assertThat(read).isPositive();
      out.write(buffer, 0, read);
    }
    return out.toByteArray();
  }

  /** Bytes, and then an end, a failure or nothing at all. */
  private static final class Source implements LayerInput {

    private final byte[] bytes;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stalled = new CountDownLatch(1);
    private @Nullable RuntimeException failure;
    private boolean stalls;
    private int at;
    private volatile boolean closed;

    Source(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      threads.add(Thread.currentThread());
      int part = Math.min(length, bytes.length - at);
      if (part > 0) {
        System.arraycopy(bytes, at, target, offset, part);
        at += part;
        return part;
      }
      if (failure != null) {
        throw failure;
      }
      if (stalls) {
        stall();
      }
      return -1;
    }

    private void stall() {
      stalled.countDown();
      try {
        TimeUnit.HOURS.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
