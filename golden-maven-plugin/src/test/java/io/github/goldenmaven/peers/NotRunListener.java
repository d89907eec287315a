package io.github.goldenmaven.peers;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Names at the end of a run every test that was left out, and why. */
public final class NotRunListener implements TestExecutionListener {

  private final List<String> lines = new CopyOnWriteArrayList<>();

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    lines.add(line(test, reason));
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
      lines.add(
          line(
              test,
              result.getThrowable().map(e -> String.valueOf(e.getMessage())).orElse("it said so")));
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    lines.forEach(System.out::println);
    lines.clear();
  }

  private static String line(TestIdentifier test, String reason) {
    String name = test.getSource().map(NotRunListener::name).orElse(test.getDisplayName());
    return "[peers] Not run on this machine: " + name + " because " + reason;
  }

  private static String name(TestSource source) {
    if (source instanceof MethodSource method) {
      return method.getClassName() + "." + method.getMethodName();
    }
    return source instanceof ClassSource type ? type.getClassName() : source.toString();
  }
}
