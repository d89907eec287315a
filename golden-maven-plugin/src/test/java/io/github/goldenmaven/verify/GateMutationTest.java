package io.github.goldenmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.peers.Command;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Thousands of single changes to a good image, before gates that run in JVMs of their own with 256
 * MiB: none crashes one, none holds one up, and whatever passes is harmless.
 */
@Tag("sweep")
@Tag("longest")
class GateMutationTest {

  private static final Duration BOUND = Duration.ofMinutes(4);

  @Test
  void theGoodImagesThemselvesPass() {
    try (GoodImages images = new GoodImages()) {
      assertThat(images.check("good").images().get(0).findings()).isEmpty();
      assertThat(images.check("many", "good").images().get(0).findings()).isEmpty();
    }
  }

  @Test
  void changedBytesAreRefusedOrHarmless() {
    assertThat(run(ByteMutations.class)).endsWith("7 properties hold\n");
  }

  @Test
  void changedFieldsAreRefusedOrHarmless() {
    assertThat(run(FieldMutations.class)).endsWith("3 properties hold\n");
  }

  @Test
  void entriesOfALayerAreRefusedOrHarmless() {
    assertThat(run(EntryMutations.class)).endsWith("1 properties hold\n");
  }

  private static String run(Class<?> properties) {
    return Command.briefJava("-Xmx256m", "-Dfile.encoding=UTF-8")
        .with(Child.class.getName(), properties.getName())
        .timeout(BOUND)
        .run();
  }

  /** Runs the properties of a class and fails as they do. */
  static final class Child {

    private Child() {}

    public static void main(String... arguments) {
      SummaryGeneratingListener listener = new SummaryGeneratingListener();
      LauncherFactory.create()
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(DiscoverySelectors.selectClass(arguments[0]))
                  .build(),
              listener);
      TestExecutionSummary summary = listener.getSummary();
      for (TestExecutionSummary.Failure failure : summary.getFailures()) {
        System.err.println(
            failure.getTestIdentifier().getDisplayName() + ": " + failure.getException());
      }
      System.out.println(summary.getTestsSucceededCount() + " properties hold");
      System.exit(summary.getTotalFailureCount() == 0 ? 0 : 1);
    }
  }
}
