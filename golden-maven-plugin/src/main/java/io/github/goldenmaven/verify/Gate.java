package io.github.goldenmaven.verify;

import io.github.goldenmaven.NoImageException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.cache.Cache;
import io.github.goldenmaven.cache.DocumentCache;
import io.github.goldenmaven.concurrent.Workers;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.registry.ImageSource;
import io.github.goldenmaven.verify.report.Audit;
import io.github.goldenmaven.verify.report.GateReport;
import io.github.goldenmaven.verify.report.ImageReport;
import io.github.goldenmaven.verify.report.MadeBy;
import io.github.goldenmaven.verify.rules.Rules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The release gate: holds images to their labels, labels to the layers, and all of it to the
 * policy. Several images at once; a golden and a layer that several share are read once.
 */
public final class Gate {

  private static final int AT_ONCE = 4;

  private final GateRequest request;

  private final Function<ImageReference, ImageSource> opening;
  private final Console console;

  /**
   * @param opening opens the store of a reference
   */
  public Gate(GateRequest request, Function<ImageReference, ImageSource> opening, Console console) {
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
    Map<String, ImageSource> stores = new ConcurrentHashMap<>();
    try {
      return check(
          reference -> stores.computeIfAbsent(reference.name(), name -> opening.apply(reference)),
          unfinished);
    } finally {
      stores.values().forEach(ImageSource::close);
      new Cache(request.cache()).tidyUp(Instant.now());
    }
  }

  private GateReport check(
      Function<ImageReference, ImageSource> stores, Consumer<GateReport> unfinished) {
    DocumentCache cache = new Cache(request.cache()).documents();
    Goldens goldens = new Goldens(request.policy(), request.goldens(), stores, cache);
    ImageCheck check =
        new ImageCheck(
            request,
            stores,
            cache,
            goldens,
            new ScannedLayers(request.scans(), request.policy().application().paths(), console));
    try (Underway underway =
        new Underway(request.images(), told -> unfinished.accept(report(told)))) {
      List<Supplier<Optional<ImageReport>>> checks = new ArrayList<>();
      for (ImageReference image : request.images()) {
        int at = checks.size();
        checks.add(() -> judged(check, image, at, underway));
      }
      List<ImageReport> images =
          Workers.all("golden-verify", AT_ONCE, "it checked images", checks).stream()
              .flatMap(Optional::stream)
              .toList();
      if (images.isEmpty()) {
        throw new RefusedException(
            "Nothing that the fleet's patterns lead to is a container image.",
            "Name repositories of images in <fleet> (-Dgolden.fleet).");
      }
      return report(images);
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
        Audit.of(request.policy(), request.now(), MadeBy.UNKNOWN));
  }
}
