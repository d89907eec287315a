package io.github.goldenmaven.concurrent;

import io.github.goldenmaven.UnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Work that was begun while other work goes on. What it fails with comes when its result is asked
 * for, so that the user hears first of what is first in order.
 */
public final class BackgroundTask<T> {

  private final FutureTask<T> task;

  private BackgroundTask(Supplier<T> work) {
    this.task = new FutureTask<>(work::get);
  }

  /** Begins work on a thread of its own, which finds the classes that the work finds. */
  public static <T> BackgroundTask<T> start(String name, Supplier<T> work) {
    BackgroundTask<T> begun = new BackgroundTask<>(work);
    Thread thread = daemon(name, begun.task);
    thread.setContextClassLoader(work.getClass().getClassLoader());
    thread.start();
    return begun;
  }

  /** Does work on this thread, at once. */
  public static <T> BackgroundTask<T> here(Supplier<T> work) {
    BackgroundTask<T> begun = new BackgroundTask<>(work);
    begun.task.run();
    return begun;
  }

  /** A thread that does not keep Maven from ending; it does not run yet. */
  public static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Waits for the result, or throws what the work threw.
   *
   * @param meanwhile for the message of an interruption: {@code it asked the registry}
   */
  public T result(String meanwhile) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw failure(e);
    } catch (InterruptedException e) {
      throw interrupted(meanwhile, e);
    }
  }

  /** The same with patience; where the result is not there then, the work is stopped. */
  public Optional<T> result(Duration patience, String meanwhile) {
    try {
      return Optional.of(task.get(patience.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      task.cancel(true);
      return Optional.empty();
    } catch (ExecutionException e) {
      throw failure(e);
    } catch (InterruptedException e) {
      throw interrupted(meanwhile, e);
    }
  }

  /** Whether {@link #result} need not wait. */
  public boolean isDone() {
    return task.isDone();
  }

  /** What work threw, to be thrown again; an error is thrown at once. */
  static RuntimeException failure(ExecutionException failed) {
    if (failed.getCause() instanceof Error error) {
      throw error;
    }
    return failed.getCause() instanceof RuntimeException failure
        ? failure
        : new IllegalStateException(failed.getCause());
  }

  static UnavailableException interrupted(String meanwhile, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new UnavailableException(
        "The goal was interrupted while " + meanwhile + ".", "Run the goal again.", e);
  }
}
