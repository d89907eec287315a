package io.github.goldenmaven.peers;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Makes the images that take minutes while the first tests run, which need none of them: in CI,
 * where all tests run and nothing is kept from the day before.
 */
public final class BasesAhead implements TestExecutionListener {

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    boolean everything = plan.countTestIdentifiers(test -> test.isTest()) > 500;
    if (everything && Boolean.parseBoolean(System.getenv("CI"))) {
      Thread thread = new Thread(BasesAhead::make, "bases-ahead");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void make() {
    try {
      RealBase.layout();
      NginxBase.layout();
    } catch (RuntimeException failed) {
      // The tests that need them will say the same.
      System.out.println("[peers] No bases ahead of their tests: " + failed.getMessage());
    }
  }
}
