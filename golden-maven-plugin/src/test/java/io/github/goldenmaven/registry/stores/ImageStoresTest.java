package io.github.goldenmaven.registry.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.DaemonReference;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.SmallImage;
import io.github.goldenmaven.registry.layout.LayoutStore;
import io.github.goldenmaven.registry.remote.RegistryStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageStoresTest {

  @TempDir Path folder;

  private static ImageStore noEngine(DaemonReference reference) {
    throw new AssertionError("nobody asked for an engine: " + reference);
  }

  @Test
  void opensTheStoreOfEachTransport() {
    List<DaemonReference> opened = new ArrayList<>();
    LayoutStore engine = new LayoutStore(folder);
    ImageStores stores =
        AccessOfTests.stores(
            AccessOfTests.ANONYMOUS,
            reference -> {
              opened.add(reference);
              return engine;
            });

    assertThat(stores.open(ImageReference.parse("oci:" + folder + ":1")))
        .isInstanceOf(LayoutStore.class)
        .extracting(ImageStore::name)
        .isEqualTo("oci:" + folder);
    assertThat(stores.open(ImageReference.parse("registry.example/apps/orders:1")))
        .isInstanceOf(RegistryStore.class)
        .extracting(ImageStore::name)
        .isEqualTo("registry.example/apps/orders");
    assertThat(opened).isEmpty();
    ImageReference daemon = ImageReference.parse("docker-daemon:apps/orders:1");
    assertThat(stores.open(daemon)).isSameAs(engine);
    assertThat(opened).containsExactly((DaemonReference) daemon);
  }

  @Test
  void refusesRegistriesOfflineAndNothingElse() {
    ImageStores stores =
        AccessOfTests.stores(
            AccessOfTests.anonymous().withOffline(true).access(), ImageStoresTest::noEngine);

    assertThat(stores.open(ImageReference.parse("oci:" + folder))).isNotNull();
    assertThatThrownBy(() -> stores.open(ImageReference.parse("registry.example/golden/java:21")))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'registry.example/golden/java:21' is in a registry, and Maven is offline. Leave '-o'"
                + " out, or name images in OCI layouts, 'oci:PATH:TAG', in <base> (-Dgolden.base)"
                + " and <image> (-Dgolden.image), or in golden.yaml.");
  }

  /** Opens a layout and reads from it. */
  static final class Reader {

    private Reader() {}

    public static void main(String[] arguments) {
      ImageReference reference = ImageReference.parse("oci:" + arguments[0]);
      ImageStores stores = AccessOfTests.stores(AccessOfTests.ANONYMOUS, ImageStoresTest::noEngine);
      System.out.println(stores.open(reference).manifest(reference).isPresent());
    }
  }

  @Test
  void loadsNoHttpClientForALayout() {
    SmallImage.named("quick").put(new LayoutStore(folder.resolve("image")), "1");

    String out =
        Command.java("-Xlog:class+load")
            .with(Reader.class.getName(), folder.resolve("image").toString())
            .run();

    assertThat(out.lines()).contains("true");
    assertThat(out)
        .doesNotContain("java.net.http.")
        .doesNotContain("com.google.cloud.tools.jib")
        .doesNotContain("com.github.dockerjava");
  }
}
