package io.github.goldenmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubjectImagesTest {

  private static final String DIGEST = "sha256:" + "a".repeat(64);

  @TempDir private Path folder;

  private ResultFiles built(String module) {
    ResultFiles results = new ResultFiles(folder.resolve(module));
    results.write(
        "image.json",
        JsonObject.EMPTY
            .with("reference", "registry.example/apps/" + module + ":1")
            .with("digest", DIGEST));
    return results;
  }

  private static List<String> names(SubjectImages images) {
    return images.references().stream().map(ImageReference::toString).toList();
  }

  @Test
  void areWhatWasBuiltHere() {
    ResultFiles own = built("orders");

    assertThat(names(new SubjectImages(own, List.of(built("stock"), own), null, null)))
        .containsExactly("registry.example/apps/orders:1@" + DIGEST);
  }

  @Test
  void areTheModulesWhereTheProjectHasNoneOfItsOwn() {
    ResultFiles root = new ResultFiles(folder.resolve("root"));

    assertThat(
            names(
                new SubjectImages(
                    root, List.of(root, built("orders"), built("stock")), null, null)))
        .containsExactly(
            "registry.example/apps/orders:1@" + DIGEST, "registry.example/apps/stock:1@" + DIGEST);
  }

  @Test
  void areRefusedWhereNoneWasBuilt() {
    ResultFiles root = new ResultFiles(folder.resolve("root"));

    assertThatThrownBy(() -> new SubjectImages(root, List.of(root), null, null).references())
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "No image is named, and none was built here. Name one with -Dgolden.image, or run"
                + " golden:build first.");
  }
}
