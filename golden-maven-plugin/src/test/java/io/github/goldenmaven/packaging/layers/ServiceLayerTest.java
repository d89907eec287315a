package io.github.goldenmaven.packaging.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.layer.Compression;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.packaging.container.ContainerSettings;
import io.github.goldenmaven.packaging.container.ServiceContainer;
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
  void entriesAreSortedAndAPathThatComesTwiceAlikeIsThereOnce() {
    LayerEntry first = file("app/a.txt", 1);
    assertThat(
            ServiceLayer.of(
                    "x",
                    List.of(
                        file("app/b", 1),
                        first,
                        folder("app"),
                        file("app/a.txt", 1),
                        folder("app"),
                        file("app-x", 1)))
                .entries())
        .extracting(LayerEntry::path)
        .containsExactly("app-x", "app", "app/a.txt", "app/b");
  }

  @Test
  void aPathOfALayerThatComesTwiceWithOtherContentIsRefused() {
    assertThatThrownBy(
            () -> ServiceLayer.of("x", List.of(file("app/a.txt", 1), file("app/a.txt", 2))))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'/app/a.txt' is there twice with different content: from golden:build itself (x) and"
                + " from golden:build itself (x). Remove one of the two, or move it to another"
                + " place: with <into> or <excludes> in <extraDirectories>, with"
                + " <container><appRoot>, or under another name in the project.");
  }

  /** Whichever of the two is seen first, and though no entry may name the folder. */
  @Test
  void aFileWhereAnotherLayerHasAFolderIsRefused() {
    ServiceLayer file = ServiceLayer.of("one", List.of(file("opt/tool", 1)));
    ServiceLayer inside = ServiceLayer.of("two", List.of(file("opt/tool/run.sh", 1)));
    ServiceContainer container = ServiceContainer.of(ContainerSettings.NONE, null, null);

    assertThatThrownBy(() -> new PackagedService(List.of(file, inside), container))
        .hasMessageStartingWith(
            "'/opt/tool' is there once as a file and once as a folder: from golden:build itself"
                + " (one) and from golden:build itself (two). Remove ");
    assertThatThrownBy(() -> new PackagedService(List.of(inside, file), container))
        .hasMessageStartingWith(
            "'/opt/tool' is there once as a file and once as a folder: from golden:build itself"
                + " (two) and from golden:build itself (one). Remove ");
  }

  @Test
  void aServiceHasNoEmptyLayers() {
    ServiceLayer empty = ServiceLayer.of("empty", List.of());
    ServiceLayer full = ServiceLayer.of("full", List.of(file("a", 1)));
    ServiceContainer container = ServiceContainer.of(ContainerSettings.NONE, null, null);
    assertThat(new PackagedService(List.of(empty, full), container).layers()).containsExactly(full);
  }
}
