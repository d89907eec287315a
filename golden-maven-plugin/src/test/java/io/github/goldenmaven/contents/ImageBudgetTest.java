package io.github.goldenmaven.contents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.layer.RawTar;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageBudgetTest {

  private static final String REMEDY =
      " Name another official image in 'from' of golden.yaml: one of this size is more than a bake"
          + " reads.";
  private static final String KEPT =
      "The layers of the official image have more than 67108864 bytes of trust stores and the like"
          + " together."
          + REMEDY;

  @TempDir Path folder;

  @Test
  void isOneForAllLayers() {
    ImageBudget budget = new ImageBudget(3, 100, 100);
    read("d a\nf a/b 1", budget);
    read("f a/c 1", budget);

    assertRefused("f .wh.b", budget, "more than 3 entries");
  }

  @Test
  void countsNamesAndWhatLinksPointTo() {
    ImageBudget budget = new ImageBudget(100, 10, 100);
    read("l abc 1234567", budget);

    assertRefused("f a 1", budget, "names of more than 10 characters");
  }

  @Test
  void countsTheBytesOfRetainedFilesAlone() {
    ImageBudget budget = new ImageBudget(100, 100, 10);
    read("f a/cacerts 12345\nf a/other 1234567890\nf b/cacerts 12345", budget);

    assertRefused("f c/cacerts 1", budget, "more than 10 bytes of trust stores and the like");
  }

  @Test
  void countsLayersThatWereReadBefore() {
    ImageBudget budget = new ImageBudget(100, 100, 10);
    LayerContents layer = read("f a/cacerts 123456", new ImageBudget());
    layer.entries().forEach(budget::spend);

    assertThatThrownBy(() -> layer.entries().forEach(budget::spend))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void refusesAnImageOfManyLayersBeforeOneIsRead() {
    byte[] tar = LayerStack.tar("f a 1");
    LayerStack most = LayerStack.of(Collections.nCopies(500, tar));
    LayerStack more = LayerStack.of(Collections.nCopies(501, tar));

    assertThat(layers(most)).hasSize(500);
    assertThatThrownBy(() -> layers(more))
        .isInstanceOf(RefusedException.class)
        .hasMessage("The official image has 501 layers, more than 500." + REMEDY);
    assertThat(more.store().calls).isEmpty();
  }

  @Test
  void anImageWithoutLayersHasNothingToRead() {
    assertThat(layers(LayerStack.of(List.of()))).isEmpty();
  }

  @Test
  @Tag("sweep")
  void refusesAnImageThatWouldFillTheMemory() {
    LayerStack stack = LayerStack.of(List.of(stores("a"), stores("b"), stores("c")));

    for (String time : List.of("read now", "two from the cache")) {
      assertThatThrownBy(() -> layers(stack))
          .as(time)
          .isInstanceOf(RefusedException.class)
          .hasMessage(KEPT);
    }
  }

  @Test
  @Tag("sweep")
  void countsALayerAsOftenAsItIsThere() {
    byte[] stores = stores("a");

    assertThat(layers(LayerStack.of(List.of(stores, stores)))).hasSize(2);
    assertThatThrownBy(() -> layers(LayerStack.of(List.of(stores, stores, stores))))
        .isInstanceOf(RefusedException.class)
        .hasMessage(KEPT);
  }

  /** 24 MiB of them. */
  private static byte[] stores(String folder) {
    RawTar tar = new RawTar();
    for (int at = 0; at < 3; at++) {
      tar.file(folder + "/" + at + "/cacerts", "x".repeat((int) RetainedFiles.MAX_BYTES));
    }
    return tar.end();
  }

  private List<LayerContents> layers(LayerStack stack) {
    return new OfficialLayers(
            stack.store(),
            new LayerScanner(
                new LayerContentsCache(folder, Clock.systemUTC()), new RecordingConsole()))
        .read(stack.image());
  }

  private static void assertRefused(String layer, ImageBudget budget, String tooMuch) {
    assertThatThrownBy(() -> read(layer, budget))
        .isInstanceOf(RefusedException.class)
        .hasMessage("The layers of the official image have " + tooMuch + " together." + REMEDY);
  }

  private static LayerContents read(String layer, ImageBudget budget) {
    LayerContents read =
        ReadLayers.read("The layer", new ByteArrayInputStream(LayerStack.tar(layer)));
    read.entries().forEach(budget::spend);
    return read;
  }
}
