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
      for (GoldenPipelineTest.Trust trust : GoldenPipelineTest.Trust.values()) {
        long plain = median(name, Restarts.NONE, trust);
        long restarted = median(name, Restarts.EVERY, trust);
        int steps =
            GoldenPipelineTest.run(GoldenPipelineTest.scenario(name), Restarts.NONE, trust)
                .steps()
                .size();
        System.out.printf(
            "%s, trusts %s: %d steps %d ms, with a restart at each %d ms, so %d ms a restart%n",
            name, trust, steps, plain, restarted, (restarted - plain) / steps);
      }
    }
  }

  private static long median(String name, Restarts restarts, GoldenPipelineTest.Trust trusted) {
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
