package io.github.goldenmaven.bench;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What one build took.
 *
 * @param goalMillis between Maven's line that the goal begins and its line that the build is done
 * @param wallMillis of the whole Maven process
 * @param requests that the registry answered
 * @param bytesDown in the bodies of its answers
 */
record Measurement(long goalMillis, long wallMillis, long requests, long bytesDown) {

  /** The median of each figure by itself. */
  static Measurement median(List<Measurement> runs) {
    return new Measurement(
        median(runs, Measurement::goalMillis),
        median(runs, Measurement::wallMillis),
        median(runs, Measurement::requests),
        median(runs, Measurement::bytesDown));
  }

  private static long median(List<Measurement> runs, ToLongFunction<Measurement> figure) {
    long[] sorted = runs.stream().mapToLong(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
