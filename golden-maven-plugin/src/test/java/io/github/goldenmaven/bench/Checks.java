package io.github.goldenmaven.bench;

import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.Machine;
import io.github.goldenmaven.provenance.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Checks a hundred images of one golden image, beside skopeo that only reads their documents. */
final class Checks {

  private static final String GOAL =
      "io.github.goldenmaven:golden-maven-plugin:0.1.0-SNAPSHOT:verify";
  private static final String HEAP = "-Xmx128m";
  private static final int IMAGES = 100;

  private final Path work;
  private final Stopwatch stopwatch;
  private final DockerRegistry registry;
  private final int runs;
  private String cache = "check-cache";

  Checks(Path work, Stopwatch stopwatch, int runs) {
    this.work = work;
    this.stopwatch = stopwatch;
    this.registry = stopwatch.registry();
    this.runs = runs;
  }

  /**
   * Measures, and tells it in paragraphs.
   *
   * @param golden layout with the golden image that the registry has
   * @param name its name there
   */
  List<String> measure(LayoutFolder golden, String tag, String name) throws IOException {
    Path folder = Files.createDirectories(work.resolve("checks"));
    Files.writeString(
        folder.resolve("golden-policy.yaml"), "golden: [" + registry.host() + "/golden/*]\n");
    List<String> images = new ArrayList<>();
    LayoutFolder layout = LayoutFolder.at(folder.resolve("layout"));
    for (int number = 0; number < IMAGES; number++) {
      ApplicationFixture.on(golden, tag, name)
          .label(Label.DESCRIPTION, "number " + number)
          .writeTo(layout, "n" + number);
      registry.push(layout, "n" + number, "fleet/service" + number, "1");
      images.add(registry.host() + "/fleet/service" + number + ":1");
    }
    Files.write(folder.resolve("fleet.txt"), images);
    Measurement first = check(folder, images.get(0));
    List<Measurement> all = new ArrayList<>();
    List<Long> skopeo = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      cache = "check-cache-" + run;
      check(folder, images.get(0));
      all.add(check(folder, ""));
      skopeo.add(skopeo(images));
    }
    Measurement median = Measurement.median(all);
    long peer = skopeo.stream().sorted().skip(skopeo.size() / 2).findFirst().orElseThrow();
    return List.of(
        String.format(
            Locale.ROOT,
            "## Checking images%n%n%d images of one golden image, each in a repository of its own,"
                + " checked in one run of `golden:verify` with `MAVEN_OPTS=%s`, golden and layers"
                + " known: %d requests (to reach: at most %d and a constant), goal %d ms, wall %.1f s."
                + " `skopeo inspect --raw` and `--config` of the same images, one after the other,"
                + " which checks nothing: %.1f s. The first check on the machine, one image, layers"
                + " read: %d requests, %.1f MB, goal %d ms. Medians of %d.",
            IMAGES,
            HEAP,
            median.requests(),
            2 * IMAGES,
            median.goalMillis(),
            median.wallMillis() / 1000.0,
            peer / 1000.0,
            first.requests(),
            first.bytesDown() / 1_000_000.0,
            first.goalMillis(),
            runs));
  }

  /** One image, or the fleet where none is named. */
  private Measurement check(Path folder, String image) {
    List<String> goals =
        new ArrayList<>(
            List.of(
                GOAL,
                "-Dgolden.policy=" + folder.resolve("golden-policy.yaml"),
                "-Dgolden.cache=" + work.resolve(cache)));
    goals.add(
        image.isEmpty()
            ? "-Dgolden.fleet=" + folder.resolve("fleet.txt")
            : "-Dgolden.image=" + image);
    return stopwatch.goals(folder, HEAP, Map.of(), goals);
  }

  private static long skopeo(List<String> images) {
    String skopeo = Machine.require("skopeo").toString();
    long begin = System.nanoTime();
    for (String image : images) {
      for (String what : List.of("--raw", "--config")) {
        Command.of(skopeo, "inspect", what, "--tls-verify=false", "docker://" + image).run();
      }
    }
    return Duration.ofNanos(System.nanoTime() - begin).toMillis();
  }
}
