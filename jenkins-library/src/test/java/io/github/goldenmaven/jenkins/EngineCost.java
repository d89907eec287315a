package io.github.goldenmaven.jenkins;

import java.util.Arrays;

/** Measures what a restart and a scenario cost: {@code main} prints medians of several runs. */
final class EngineCost {

  private static final int RUNS = 7;

  private EngineCost() {}

  public static void main(String[] arguments) {
    for (GoldenPipelineTest.Trust trusted : GoldenPipelineTest.Trust.values()) {
      long plain = median(Restarts.NONE, trusted);
      long restarted = median(Restarts.EVERY, trusted);
      int steps =
          GoldenPipelineTest.run(
                  GoldenPipelineTest.scenario("a release with its approval"),
                  Restarts.NONE,
                  trusted)
              .steps()
              .size();
      System.out.printf(
          "trusts %s: a release of %d steps %d ms, with a restart at each %d ms, so %d ms a"
              + " restart%n",
          trusted, steps, plain, restarted, (restarted - plain) / steps);
    }
  }

  private static long median(Restarts restarts, GoldenPipelineTest.Trust trusted) {
    long[] times = new long[RUNS];
    for (int run = 0; run < RUNS; run++) {
      long start = System.nanoTime();
      GoldenPipelineTest.run(
          GoldenPipelineTest.scenario("a release with its approval"), restarts, trusted);
      times[run] = (System.nanoTime() - start) / 1_000_000;
    }
    Arrays.sort(times);
    return times[RUNS / 2];
  }
}
