package io.github.goldenmaven.peers;

import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Makes the images that take minutes while the first tests with peers run, which need none of them:
 * in CI, where all tests run and nothing is kept from the day before.
 */
public final class BasesAhead implements TestExecutionListener {

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    long withPeers =
        plan.countTestIdentifiers(
            test -> test.isTest() && test.getTags().contains(TestTag.create("peer")));
    if (withPeers > 200 && Boolean.parseBoolean(System.getenv("CI"))) {
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
