package io.github.goldenmaven.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {

  @Test
  void givesTheResultsInTheOrderOfThePieces() {
    CountDownLatch second = new CountDownLatch(1);
    Supplier<String> first =
        () -> {
          await(second);
          return "first";
        };

    assertThat(
            all(
                first,
                () -> {
                  second.countDown();
                  return "second";
                }))
        .containsExactly("first", "second");
    assertThat(Workers.all("test", 4, "it worked", List.<Supplier<String>>of())).isEmpty();
  }

  @Test
  void theFirstThatFailsStopsTheOthers() {
    AtomicBoolean stopped = new AtomicBoolean();
    CountDownLatch running = new CountDownLatch(1);

    assertThatThrownBy(
            () ->
                all(
                    () -> {
                      running.countDown();
                      stopped.set(!await(new CountDownLatch(1)));
                      return "late";
                    },
                    () -> {
                      await(running);
                      throw new RefusedException("It is wrong.", "Right it.");
                    }))
        .isInstanceOf(RefusedException.class)
        .hasMessage("It is wrong. Right it.");
    assertThat(stopped).isTrue();
  }

  @Test
  void anErrorStaysAnError() {
    assertThatThrownBy(
            () ->
                all(
                    () -> {
                      throw new StackOverflowError("deep");
                    }))
        .isInstanceOf(StackOverflowError.class);
  }

  @Test
  void anInterruptionIsTold() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> all(() -> "never heard"))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("The goal was interrupted while it worked. Run the goal again.");
    assertThat(Thread.interrupted()).isTrue();
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // Read alone.
  private static List<String> all(Supplier<String>... pieces) {
    return Workers.all("test", 2, "it worked", List.of(pieces));
  }

  /** False where the thread was interrupted. */
  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
