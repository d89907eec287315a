package io.github.goldenmaven.verify;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.NoImageException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.cache.DocumentCache;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.contents.LayerContentsCache;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.verify.report.Audit;
import io.github.goldenmaven.verify.report.GateReport;
import io.github.goldenmaven.verify.report.ImageReport;
import io.github.goldenmaven.verify.rules.Rules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The release gate: holds images to their labels, labels to the layers, and all of it to the
 * policy. Several images at once; a golden and a layer that several share are read once.
 */
public final class Gate {

  private static final int AT_ONCE = 4;

  /** As long as builds keep theirs: what is older is read again. */
  private static final Duration KEPT = Duration.ofDays(30);

  private final GateRequest request;
  private final Function<ImageReference, ImageStore> opening;
  private final Console console;

  /**
   * @param opening opens the store of a reference
   */
  public Gate(GateRequest request, Function<ImageReference, ImageStore> opening, Console console) {
    this.request = request;
    this.opening = opening;
    this.console = console;
  }

  /**
   * Checks all images.
   *
   * @throws io.github.goldenmaven.RefusedException when the policy names a rule that is none
   */
  public GateReport check() {
    return check(unfinished -> {});
  }

  /**
   * Checks all images.
   *
   * @param unfinished is told, of several images, what is known of them as long as that is not all:
   *     those that were not looked at are {@code unknown}. What it throws ends nothing
   * @throws io.github.goldenmaven.RefusedException when the policy names a rule that is none
   */
  public GateReport check(Consumer<GateReport> unfinished) {
    Rules.requireKnown(request.policy(), request.now());
    Map<String, ImageStore> stores = new ConcurrentHashMap<>();
    try {
      return check(
          reference -> stores.computeIfAbsent(reference.name(), name -> opening.apply(reference)),
          unfinished);
    } finally {
      stores.values().forEach(ImageStore::close);
      tidyUp();
    }
  }

  private void tidyUp() {
    Instant oldest = request.now().minus(KEPT);
    new DocumentCache(request.cache().resolve("documents")).prune(oldest);
    new LayerContentsCache(request.scans(), Clock.systemUTC()).prune(oldest);
  }

  private GateReport check(
      Function<ImageReference, ImageStore> stores, Consumer<GateReport> unfinished) {
    DocumentCache cache = new DocumentCache(request.cache().resolve("documents"));
    Goldens goldens = new Goldens(request.policy(), request.goldens(), stores, cache);
    ImageCheck check =
        new ImageCheck(
            request,
            stores,
            cache,
            goldens,
            new ScannedLayers(request.scans(), request.policy().application().paths(), console));
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, Gate::daemon);
    try (Underway underway =
        new Underway(request.images(), told -> unfinished.accept(report(told)))) {
      List<Future<Optional<ImageReport>>> reports = new ArrayList<>();
      for (ImageReference image : request.images()) {
        int at = reports.size();
        reports.add(threads.submit(() -> judged(check, image, at, underway)));
      }
      List<ImageReport> images = new ArrayList<>();
      for (Future<Optional<ImageReport>> report : reports) {
        ended(report).ifPresent(images::add);
      }
      if (images.isEmpty()) {
        throw new RefusedException(
            "Nothing that the fleet's patterns lead to is a container image.",
            "Name repositories of images in <fleet> (-Dgolden.fleet).");
      }
      return report(images);
    } finally {
      threads.shutdownNow();
    }
  }

  private Optional<ImageReport> judged(
      ImageCheck check, ImageReference image, int at, Underway underway) {
    Optional<ImageReport> report = Optional.empty();
    try {
      report = Optional.of(check.of(image));
    } catch (NoImageException e) {
      console.info(e.problem() + " It is left out.");
    }
    underway.judged(at, report);
    return report;
  }

  private GateReport report(List<ImageReport> images) {
    return new GateReport(
        request.policy().file().toString(),
        images,
        request.policy().waivers(),
        Audit.of(request.policy(), request.now()));
  }

  private static <T> T ended(Future<T> report) {
    try {
      return report.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while checking", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GoldenException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "golden-verify");
    thread.setDaemon(true);
    return thread;
  }
}
