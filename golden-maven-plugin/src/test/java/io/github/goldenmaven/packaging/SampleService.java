package io.github.goldenmaven.packaging;

import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.layer.Compression;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.packaging.container.ServiceContainer;
import io.github.goldenmaven.packaging.layers.PackagedService;
import io.github.goldenmaven.packaging.layers.ServiceLayer;
import io.github.goldenmaven.provenance.Coordinates;
import io.github.goldenmaven.provenance.ProjectFacts;
import io.github.goldenmaven.provenance.git.GitFacts;
import io.github.goldenmaven.provenance.git.GitFacts.WorkTree;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A service of four small layers. */
final class SampleService {

  private SampleService() {}

  /** A request to build it, from a clean commit and without a policy. */
  static BuildRequest on(String base, String target, Path cache) {
    return new BuildRequest(
        ImageReference.parse(base),
        ImageReference.parse(target),
        null,
        List.of(),
        new ProjectFacts(
            new Coordinates("com.example", "orders", "1.4.2"),
            "Orders",
            null,
            null,
            null,
            null,
            List.of(),
            "2026-11-23T00:00:00Z"),
        List.of(),
        () -> new GitFacts("a".repeat(40), WorkTree.CLEAN, null, null, List.of()),
        () -> of("v1", Map.of()),
        cache,
        false,
        false);
  }

  /**
   * As the layers of a jar project are.
   *
   * @param classes the content of its one class
   */
  static PackagedService of(String classes, Map<String, String> environment) {
    return new PackagedService(
        List.of(
            layer("dependencies", "app/libs/a.jar", "jar"),
            layer("resources", "app/resources/a.txt", "text"),
            layer("classes", "app/classes/Main.class", classes),
            layer("jvm arg files", "app/jib-classpath-file", "/app/classes")),
        new ServiceContainer(
            List.of("java", "Main"),
            null,
            "Main",
            null,
            null,
            environment,
            Map.of(),
            List.of(),
            List.of(),
            null,
            null));
  }

  private static ServiceLayer layer(String name, String path, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    LayerEntry file =
        new LayerEntry.File(
            path,
            bytes.length,
            () -> new ByteArrayInputStream(bytes),
            0644,
            LayerEntry.Owner.ROOT,
            Instant.ofEpochSecond(1));
    return new ServiceLayer(name, List.of(file), Compression.DEFLATED);
  }
}
