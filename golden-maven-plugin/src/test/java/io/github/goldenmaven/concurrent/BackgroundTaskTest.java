package io.github.goldenmaven.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BackgroundTaskTest {

  @Test
  void whatItFailsWithComesWhenItsResultIsAskedFor() {
    BackgroundTask<String> failing =
        BackgroundTask.here(
            () -> {
              throw new RefusedException("It is wrong.", "Right it.");
            });

    assertThat(failing.isDone()).isTrue();
    assertThatThrownBy(() -> failing.result("it worked"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("It is wrong. Right it.");
  }

  @Test
  void itRunsOnADaemonThatFindsTheClassesOfTheWork() {
    Thread thread = BackgroundTask.start("worker", Thread::currentThread).result("it worked");

    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.getName()).isEqualTo("worker");
    assertThat(thread.getContextClassLoader()).isEqualTo(getClass().getClassLoader());
  }

  @Test
  void workThatIsWaitedForNoLongerIsStopped() throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    BackgroundTask<String> endless =
        BackgroundTask.start(
            "worker",
            () -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                stopped.countDown();
              }
              return "never heard";
            });

    assertThat(endless.result(Duration.ofMillis(50), "it worked")).isEmpty();
    stopped.await();
  }

  @Test
  void anInterruptionIsTold() {
    CountDownLatch end = new CountDownLatch(1);
    BackgroundTask<Boolean> endless =
        BackgroundTask.start(
            "worker",
            () -> {
              try {
                end.await();
                return true;
              } catch (InterruptedException e) {
                return false;
              }
            });
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> endless.result("it worked"))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("The goal was interrupted while it worked. Run the goal again.");
    assertThat(Thread.interrupted()).isTrue();
    end.countDown();
  }
}
