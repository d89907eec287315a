package io.github.goldenmaven.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.Compression;
import io.github.goldenmaven.oci.LayerEntry;
import io.github.goldenmaven.oci.LayerEntry.Owner;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceLayerTest {

  private static LayerEntry file(String path, long size) {
    return new LayerEntry.File(
        path, size, InputStream::nullInputStream, 0644, Owner.ROOT, Instant.EPOCH);
  }

  private static LayerEntry folder(String path) {
    return new LayerEntry.Directory(path, 0755, Owner.ROOT, Instant.EPOCH);
  }

  @Test
  void jarsAreStoredAndClassesDeflated() {
    assertThat(ServiceLayer.of("x", List.of(file("a.jar", 10), file("b.txt", 9))).compression())
        .isEqualTo(Compression.STORED);
    assertThat(ServiceLayer.of("x", List.of(file("A.JAR", 10), file("b.txt", 10))).compression())
        .isEqualTo(Compression.DEFLATED);
    assertThat(ServiceLayer.of("x", List.of(file("A.class", 10))).compression())
        .isEqualTo(Compression.DEFLATED);
    assertThat(ServiceLayer.of("x", List.of(folder("jar"))).compression())
        .isEqualTo(Compression.DEFLATED);
  }

  @Test
  void entriesAreSortedAndTheFirstOfAPathStays() {
    LayerEntry first = file("app/a.txt", 1);
    assertThat(
            ServiceLayer.of(
                    "x",
                    List.of(
                        file("app/b", 1),
                        first,
                        folder("app"),
                        file("app/a.txt", 2),
                        file("app-x", 1)))
                .entries())
        .extracting(LayerEntry::path)
        .containsExactly("app-x", "app", "app/a.txt", "app/b");
    assertThat(ServiceLayer.of("x", List.of(first, file("app/a.txt", 2))).entries())
        .containsExactly(first);
  }

  @Test
  void aServiceHasNoEmptyLayers() {
    ServiceLayer empty = ServiceLayer.of("empty", List.of());
    ServiceLayer full = ServiceLayer.of("full", List.of(file("a", 1)));
    ServiceContainer container = ServiceContainer.of(ContainerSettings.NONE, null, null);
    assertThat(new PackagedService(List.of(empty, full), container).layers()).containsExactly(full);
  }
}
