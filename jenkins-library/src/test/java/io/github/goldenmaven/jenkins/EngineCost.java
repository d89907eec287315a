package io.github.goldenmaven.jenkins;

import java.util.Arrays;

/**
 * Measures what each scenario and a restart in it cost: {@code main} prints medians of several
 * runs.
 */
final class EngineCost {

  private static final int RUNS = 7;

  private EngineCost() {}

  public static void main(String[] arguments) {
    for (String name : GoldenPipelineTest.NAMES) {
      for (boolean trusted : new boolean[] {true, false}) {
        long plain = median(name, Restarts.NONE, trusted);
        long restarted = median(name, Restarts.EVERY, trusted);
        int steps =
            GoldenPipelineTest.run(GoldenPipelineTest.scenario(name), Restarts.NONE, trusted)
                .steps()
                .size();
        System.out.printf(
            "%s, trusted %s: %d steps %d ms, with a restart at each %d ms, so %d ms a restart%n",
            name, trusted, steps, plain, restarted, (restarted - plain) / steps);
      }
    }
  }

  private static long median(String name, Restarts restarts, boolean trusted) {
    long[] times = new long[RUNS];
    for (int run = 0; run < RUNS; run++) {
      long start = System.nanoTime();
      GoldenPipelineTest.run(GoldenPipelineTest.scenario(name), restarts, trusted);
      times[run] = (System.nanoTime() - start) / 1_000_000;
    }
    Arrays.sort(times);
    return times[RUNS / 2];
  }
}
