package io.github.goldenmaven.packaging;

import static io.github.goldenmaven.registry.LyingRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.cache.PushMemory;
import io.github.goldenmaven.cache.PushMemory.Pushed;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.RegistryReference;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.registry.LyingRegistry;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the place of an image is asked for before the image is there. */
@NeedsPeer
@SuppressWarnings("NullAway.Init")
class BuildTargetTest {

  private static final Digest DIGEST = Digest.of(new byte[0]);

  @TempDir Path cache;

  private BuildRequest request(String target) {
    return SampleService.on("localhost:1/golden/java:21", target, cache);
  }

  private void check(LyingRegistry registry, BuildRequest request) {
    BuildTarget.requireAdmission(registry::open, request);
  }

  @Test
  void aTagThatThisMachineNeverPushedToIsAskedFor() {
    try (LyingRegistry registry = LyingRegistry.telling(exchange -> answer(exchange, 200))) {
      check(registry, request(registry.host() + "/apps/orders:1.4.2"));

      assertThat(registry.asked()).containsExactly("GET /v2/");
    }
  }

  @Test
  void aTagThatThisMachinePushedToBeforeCostsNoRequest() {
    try (LyingRegistry registry = LyingRegistry.telling(exchange -> answer(exchange, 200))) {
      String target = registry.host() + "/apps/orders:1.4.2";
      new PushMemory(cache.resolve("pushed"))
          .remember(
              ((RegistryReference) ImageReference.parse(target)).name(),
              "1.4.2",
              new Pushed(DIGEST, Set.of()));

      check(registry, request(target));

      assertThat(registry.asked()).isEmpty();
    }
  }

  @Test
  void aDryRunAndAFolderAskNobody() {
    try (LyingRegistry registry = LyingRegistry.telling(exchange -> answer(exchange, 500))) {
      BuildRequest real = request(registry.host() + "/apps/orders:1.4.2");
      BuildRequest dry =
          new BuildRequest(
              real.base(),
              real.target(),
              real.policy(),
              real.platforms(),
              real.project(),
              real.snapshots(),
              real.git(),
              real.service(),
              real.cache(),
              real.release(),
              true);
      check(registry, dry);
      check(registry, request("oci:" + cache + ":1.4.2"));

      assertThat(registry.asked()).isEmpty();
    }
  }
}
