package io.github.goldenmaven.bake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.bake.BakeResult.Outcome;
import io.github.goldenmaven.laboratory.Laboratory;
import io.github.goldenmaven.laboratory.Personality;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.credentials.Credentials;
import io.github.goldenmaven.registry.http.RegistryAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A bake from and into a registry with the habits of each product. */
@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class BakeThroughRegistriesTest {

  @TempDir static Path shared;
  @TempDir Path folder;
  private static DockerRegistry registry;

  @BeforeAll
  static void startRegistry() {
    registry = DockerRegistry.start();
    registry.push(
        TinyBase.writeTo(shared.resolve("tiny")), TinyBase.TAG, "official/java", "17-jre");
  }

  @AfterAll
  static void stopRegistry() {
    registry.close();
  }

  @ParameterizedTest
  @EnumSource
  void bakes(Personality personality) throws IOException {
    String repository = "golden/" + personality.name().toLowerCase(java.util.Locale.ROOT);
    try (Laboratory laboratory = new Laboratory(registry, personality.habits())) {
      Path definition =
          Files.writeString(
              folder.resolve("golden.yaml"),
              """
              name: java
              from: %s/official/java:17-jre
              to: %s/%s
              line: "17"
              version: "17.0.1"
              """
                  .formatted(laboratory.host(), laboratory.host(), repository));
      RegistryAccess access =
          AccessOfTests.anonymous()
              .withCredentials(
                  host -> Optional.of(new Credentials(Laboratory.USER, Laboratory.PASSWORD)))
              .withTokenServers(Set.of(laboratory.otherHost()))
              .access();

      BakeResult first = TestBake.of(definition).withAccess(access).run();
      BakeResult second = TestBake.of(definition).withAccess(access).run();

      assertThat(first.outcome()).isEqualTo(Outcome.PUSHED);
      assertThat(second.outcome()).isEqualTo(Outcome.UNCHANGED);
      assertThat(registry.manifest(repository, "17").orElseThrow().digest())
          .isEqualTo(first.digest());
    }
  }
}
