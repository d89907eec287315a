package io.github.goldenmaven.jenkins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** Measures what each scenario of {@code goldenPipeline()} and a restart in it cost. */
final class EngineCost {

  private static final int RUNS = 3;

  private EngineCost() {}

  /**
   * Writes a section of the benchmarks' page, unless another section alone is wanted.
   *
   * @param arguments the file
   */
  public static void main(String[] arguments) throws IOException {
    if (!System.getProperty("bench.only", "all").equals("all")) {
      return;
    }
    StringBuilder text = new StringBuilder();
    text.append(
        "## Pipelines under Jenkins' interpreter\n\n"
            + "Each scenario of `goldenPipeline()` with nothing trusted, in one JVM, without"
            + " Maven's time: as it is, and with a restart at every step. Medians of "
            + RUNS
            + ".\n\n| scenario | steps | no restart | a restart at each | a restart costs |\n"
            + "|---|---:|---:|---:|---:|\n");
    for (String name : PipelineScenario.NAMES) {
      long plain = median(name, Restarts.NONE);
      long restarted = median(name, Restarts.EVERY);
      int steps = run(name, Restarts.NONE).steps().size();
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %d ms | %.1f s | %d ms |%n",
              name,
              steps,
              plain,
              restarted / 1000.0,
              (restarted - plain) / steps));
    }
    Files.writeString(Path.of(arguments[0]), text);
  }

  private static Build run(String name, Restarts restarts) {
    return PipelineScenario.named(name).run(restarts, PipelineScenario.Trust.NOTHING);
  }

  private static long median(String name, Restarts restarts) {
    long[] times = new long[RUNS];
    for (int run = 0; run < RUNS; run++) {
      long start = System.nanoTime();
      run(name, restarts);
      times[run] = (System.nanoTime() - start) / 1_000_000;
    }
    Arrays.sort(times);
    return times[RUNS / 2];
  }
}
