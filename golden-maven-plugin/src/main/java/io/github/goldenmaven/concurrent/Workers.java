package io.github.goldenmaven.concurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Several pieces of work at once, on threads that do not keep Maven from ending. */
public final class Workers {

  private static final int STOPPED_WITHIN_SECONDS = 10;

  private Workers() {}

  /**
   * Does all of it. The first piece that fails stops the others, and none runs on when this
   * returns: one that waits for somebody who is silent is left behind.
   *
   * @param meanwhile for the message of an interruption: {@code it pushed the image}
   * @return what came of it, in the order of the pieces
   */
  public static <T> List<T> all(
      String name, int atOnce, String meanwhile, List<? extends Supplier<T>> work) {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(atOnce, work.size())),
            running -> BackgroundTask.daemon(name, running));
    try {
      CompletionService<T> running = new ExecutorCompletionService<>(threads);
      List<Future<T>> begun = new ArrayList<>();
      work.forEach(piece -> begun.add(running.submit(piece::get)));
      for (int ended = 0; ended < begun.size(); ended++) {
        running.take().get();
      }
      List<T> results = new ArrayList<>();
      for (Future<T> piece : begun) {
        results.add(piece.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw BackgroundTask.failure(e);
    } catch (InterruptedException e) {
      throw BackgroundTask.interrupted(meanwhile, e);
    } finally {
      stop(threads);
    }
  }

  private static void stop(ExecutorService threads) {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(STOPPED_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        // They are daemons: they end with Maven.
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
