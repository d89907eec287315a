package io.github.goldenmaven.verify;

import io.github.goldenmaven.concurrent.BackgroundTask;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.verify.report.ImageReport;
import io.github.goldenmaven.verify.rules.image.ImageAvailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What is known of several images while the others are looked at, for a report that outlives a run
 * that is killed. What comes is told within two seconds at first and within eight later, so that a
 * short run writes no report twice, and a long one not for each of a thousand images.
 */
final class Underway implements AutoCloseable {

  private static final Duration MAX_PAUSE = Duration.ofSeconds(8);

  private final List<ImageReference> images;
  private final Consumer<List<ImageReport>> teller;
  private final ScheduledExecutorService clock =
      new ScheduledThreadPoolExecutor(
          1,
          work -> BackgroundTask.daemon("golden-verify", work),
          new ThreadPoolExecutor.DiscardPolicy());
  private final Map<Integer, Optional<ImageReport>> judged = new HashMap<>();
  private boolean planned;
  private Duration pause = Duration.ofSeconds(2);

  /** Held while it is told, so that nobody who reports an image waits for a disk. */
  private final Object telling = new Object();

  private boolean closed;

  /**
   * @param images of the run
   * @param teller is told of all of them, those too that nobody has looked at yet; never at the
   *     same time as before, never of one image alone, and of nothing once this is closed
   */
  Underway(List<ImageReference> images, Consumer<List<ImageReport>> teller) {
    this.images = images;
    this.teller = teller;
  }

  /**
   * One more is known.
   *
   * @param at its place in the run
   * @param report empty where it is left out of the report
   */
  synchronized void judged(int at, Optional<ImageReport> report) {
    judged.put(at, report);
    if (!planned && judged.size() < images.size()) {
      planned = true;
      ScheduledFuture<?> unused =
          clock.schedule(this::tell, pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void tell() {
    List<ImageReport> known = known();
    synchronized (telling) {
      if (!closed) {
        teller.accept(known);
      }
    }
  }

  private synchronized List<ImageReport> known() {
    planned = false;
    Duration twice = pause.multipliedBy(2);
    pause = twice.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : twice;
    List<ImageReport> known = new ArrayList<>();
    for (int at = 0; at < images.size(); at++) {
      Optional<ImageReport> report = judged.get(at);
      if (report == null) {
        known.add(waiting(images.get(at)));
      } else {
        report.ifPresent(known::add);
      }
    }
    return known;
  }

  private static ImageReport waiting(ImageReference image) {
    return new ImageReport(
        image.toString(),
        null,
        ImageReport.Line.NONE,
        List.of(ImageAvailable.ABOUT.id()),
        List.of(ImageAvailable.waiting(image.toString())));
  }

  /** What is being told is told to its end. */
  @Override
  public void close() {
    synchronized (telling) {
      closed = true;
    }
    clock.shutdown();
  }
}
