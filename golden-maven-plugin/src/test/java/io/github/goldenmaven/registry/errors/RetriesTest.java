package io.github.goldenmaven.registry.errors;

import static io.github.goldenmaven.registry.LyingRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.LyingRegistry;
import io.github.goldenmaven.registry.SmallImage;
import io.github.goldenmaven.registry.remote.FakeTime;
import io.github.goldenmaven.registry.remote.RegistryStore;
import io.github.goldenmaven.registry.remote.RegistryStoreTest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@NeedsPeer
class RetriesTest {

  private static final SmallImage IMAGE = SmallImage.named("golden");

  private final FakeTime time = new FakeTime();
  private final AtomicInteger asked = new AtomicInteger();

  private RegistryStore store(LyingRegistry registry) {
    return AccessOfTests.client(AccessOfTests.ANONYMOUS, time.waiting())
        .store(registry.reference());
  }

  /** Fails a number of times, then serves the image's manifest. */
  private LyingRegistry failing(int times, int status, String... headers) {
    return LyingRegistry.telling(
        exchange -> {
          if (asked.incrementAndGet() <= times) {
            answer(exchange, status, headers);
          } else {
            answer(
                exchange, 200, IMAGE.manifest().bytes(), "Content-Type", MediaTypes.OCI_MANIFEST);
          }
        });
  }

  @Test
  void triesAgainWhatMayPassAndWaitsLongerEachTime() {
    for (int status : new int[] {429, 500, 502, 503, 504}) {
      asked.set(0);
      try (LyingRegistry registry = failing(3, status)) {
        assertThat(store(registry).manifest("1")).contains(IMAGE.manifest());
        assertThat(registry.asked()).hasSize(4);
      }
    }
    assertThat(time.sleeps().subList(0, 3))
        .containsExactly(Duration.ofMillis(800), Duration.ofMillis(1600), Duration.ofMillis(3200));
  }

  @Test
  void countsARegistryThatKeepsStumblingAsUnavailable() {
    try (LyingRegistry registry = failing(9, 503)) {
      assertThatThrownBy(() -> store(registry).manifest("1"))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "The registry '"
                  + registry.host()
                  + "' answered 503 4 times. Run the build again when it is well; its log says what"
                  + " is wrong.");
      assertThat(registry.asked()).hasSize(4);
    }
  }

  @Test
  void neverRepeatsWhatWasRefused() {
    for (int status : new int[] {400, 403, 409, 418, 422}) {
      try (LyingRegistry registry =
          failing(9, status, "Content-Type", "application/json; charset=utf-8")) {
        assertThatThrownBy(() -> store(registry).put(IMAGE.layer(), Progress.SILENT))
            .isInstanceOf(GoldenException.class);
        assertThat(registry.asked()).hasSize(1);
      }
    }
    assertThat(time.sleeps()).isEmpty();
  }

  @Test
  void waitsAsLongAsARegistryAsks() {
    try (LyingRegistry registry = failing(1, 429, "Retry-After", "7")) {
      assertThat(store(registry).manifest("1")).isPresent();
    }
    asked.set(0);
    try (LyingRegistry registry = failing(1, 503, "Retry-After", "Mon, 23 Nov 2026 12:00:42 GMT")) {
      assertThat(store(registry).manifest("1")).isPresent();
    }
    asked.set(0);
    try (LyingRegistry registry = failing(1, 503, "Retry-After", "soon")) {
      assertThat(store(registry).manifest("1")).isPresent();
    }

    assertThat(time.sleeps())
        .containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(35), Duration.ofMillis(800));
  }

  @Test
  void waitsNoYear() {
    for (String year : new String[] {"31536000", "Tue, 23 Nov 2027 12:00:00 GMT"}) {
      try (LyingRegistry registry = failing(9, 429, "Retry-After", year)) {
        assertThatThrownBy(() -> store(registry).manifest("1"))
            .isInstanceOf(UnavailableException.class)
            .hasMessage(
                "The registry '"
                    + registry.host()
                    + "' answers 429 and asks to wait 365 days. Its limit is reached: run the build"
                    + " later, or log in where that raises the limit.");
        assertThat(registry.asked()).hasSize(1);
      }
    }
    assertThat(time.sleeps()).isEmpty();
  }

  @Test
  void asksTheReferrersAgainAndThenCannotTell() {
    try (LyingRegistry registry = failing(9, 500)) {
      assertThatThrownBy(() -> store(registry).referrers(IMAGE.manifest().digest()))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "The registry '"
                  + registry.host()
                  + "' answered 500 4 times. Run the build again when it is well; its log says what"
                  + " is wrong.");
    }
  }

  @Test
  void saysThatNothingListens() throws Exception {
    LyingRegistry registry = failing(0, 200);
    registry.close();

    assertThatThrownBy(() -> store(registry).manifest("1"))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "The registry '"
                + registry.host()
                + "' refuses connections. Look whether it runs, and whether its port is right in"
                + " <base> (-Dgolden.base), <image> (-Dgolden.image), or 'from' or 'to' of"
                + " golden.yaml.");
    assertThat(time.sleeps()).isEmpty();
  }

  @Test
  void saysThatAHostIsUnknown() {
    RegistryStore store =
        AccessOfTests.client(AccessOfTests.ANONYMOUS, time.waiting())
            .store(RegistryStoreTest.reference("registry.invalid/apps/orders:1"));

    assertThatThrownBy(() -> store.manifest("1"))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "The registry 'registry.invalid' has no address: its name is not known here. Check"
                + " <base> (-Dgolden.base), <image> (-Dgolden.image), or 'from' or 'to' of"
                + " golden.yaml for a typo, and this machine's DNS and proxy settings.");
    assertThat(time.sleeps()).isEmpty();
  }
}
