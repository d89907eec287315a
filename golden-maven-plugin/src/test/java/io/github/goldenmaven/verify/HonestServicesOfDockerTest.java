package io.github.goldenmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.peers.BuiltImages;
import io.github.goldenmaven.peers.DockerEngine;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.verify.layers.GoldenContents;
import io.github.goldenmaven.verify.layers.ServiceLayers;
import io.github.goldenmaven.verify.layers.ServiceLayersAsRuntimesApplyThemTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a service built by Docker does in places of its own is nothing that the gate suspects. */
@NeedsPeer("dockerd")
class HonestServicesOfDockerTest {

  private static final String SERVICE =
      """
      RUN mkdir /app
      COPY x /app/x
      WORKDIR /app/work
      COPY --chown=1000:1000 dir /app/dir
      RUN rm -rf /app/dir/sub && mkdir /app/dir/sub && echo > /app/dir/sub/n
      RUN mv /app/dir /app/dir2 && ln -s dir2 /app/dir && echo > /app/dir/through
      COPY x /app/dir/copied
      RUN rm /app/dir && mkdir /app/dir && echo > /app/dir/n && chmod -R g+w /app/dir2
      RUN rm -rf /app/dir2 && echo > /app/dir2 && ln /app/dir2 /app/hard
      RUN rm /app/dir2 && mkdir -p /app/dir2/x/y && echo > /app/dir2/x/y/z
      RUN mv /app/dir2/x /app/x2 && rm -rf /app/dir2 && chown -R 1000:1000 /app
      ADD a.tar /opt/service/
      ADD b.tgz /srv/data/
      RUN cp -a /app /app3 && rm -rf /app && mv /app3 /app
      RUN ln -s /dev/stdout /app/log && echo > /tmp/junk && rm /tmp/junk
      VOLUME /data
      USER 1000
      """;

  @TempDir Path folder;

  @Test
  @Timeout(300)
  void areNotSuspected() throws IOException {
    try (DockerEngine engine = DockerEngine.start()) {
      BuiltImages built = BuiltImages.in(engine, folder);
      for (boolean buildKit : built.hasBuildKit() ? List.of(false, true) : List.of(false)) {
        List<byte[]> layers = built.build("FROM " + BuiltImages.BASE + "\n" + SERVICE, buildKit);
        ServiceLayers upper =
            new ServiceLayers(
                new GoldenContents(
                    List.of(ServiceLayersAsRuntimesApplyThemTest.scanned(layers.get(0))),
                    ServiceLayersAsRuntimesApplyThemTest.config(),
                    List.of()));
        for (byte[] layer : layers.subList(1, layers.size())) {
          upper.add(ServiceLayersAsRuntimesApplyThemTest.scanned(layer));
        }
        assertThat(upper.suspicions()).as("BuildKit: " + buildKit).isEmpty();
        assertThat(upper.files().paths()).contains("app/x", "app/hard", "opt/service/dir/1");
      }
    }
  }
}
