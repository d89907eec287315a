package io.github.goldenmaven.jenkins;

import java.io.Serializable;

/**
 * What the {@code junit} steps of a build counted together.
 *
 * @param total test cases, those that were skipped among them
 * @param failed those with a failure or an error
 * @param skipped those that did not run
 */
public record TestCounts(int total, int failed, int skipped) implements Serializable {

  /** Of a build that published no report. */
  public static final TestCounts NONE = new TestCounts(0, 0, 0);

  /** Both together. */
  public TestCounts plus(TestCounts more) {
    return new TestCounts(total + more.total, failed + more.failed, skipped + more.skipped);
  }

  /** Those that ran and did not fail. */
  public int passed() {
    return total - failed - skipped;
  }
}
