package io.github.goldenmaven.registry.docker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.TinyBase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThinImageLoadTest {

  @TempDir private Path folder;

  /** Told alike of a service's base and of a bake's official image. */
  @Test
  void refusesAConfigOfAnotherNumberOfLayers() {
    LayoutFolder layout = TinyBase.writeTo(folder);
    ImageManifest image = new ImageManifest(layout.manifest(TinyBase.TAG));
    byte[] config =
        layout.config(image).withLayers(List.of(image.config().digest()), List.of()).toBytes();

    try (Engine engine =
        new Engine(EngineAddress.of(Map.of("DOCKER_HOST", "unix:///none")), Duration.ZERO)) {
      assertThatThrownBy(
              () -> new ThinImageLoad(engine, image, "official.example/java", config, Map.of()))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "'official.example/java' has 2 layers, but its config names 3. Have the image in"
                  + " <base> (-Dgolden.base) or 'from' of golden.yaml pushed again by the tool that"
                  + " made it.");
    }
  }
}
