package io.github.goldenmaven.concurrent;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Work that was begun while other work goes on. What it fails with comes when its result is asked
 * for, so that the user hears first of what is first in order.
 */
public final class BackgroundTask<T> {

  private final CompletableFuture<T> result = new CompletableFuture<>();

  private BackgroundTask() {}

  /** Begins work on a thread of its own, which does not keep Maven from ending. */
  public static <T> BackgroundTask<T> inBackground(Supplier<T> work) {
    BackgroundTask<T> begun = new BackgroundTask<>();
    Thread thread = new Thread(() -> begun.complete(work), "golden-background");
    thread.setDaemon(true);
    thread.start();
    return begun;
  }

  /** Does work on this thread, at once. */
  public static <T> BackgroundTask<T> here(Supplier<T> work) {
    BackgroundTask<T> begun = new BackgroundTask<>();
    begun.complete(work);
    return begun;
  }

  private void complete(Supplier<T> work) {
    try {
      result.complete(work.get());
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }

  /** Waits for the result, or throws what the work threw. */
  public T result() {
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }
}
