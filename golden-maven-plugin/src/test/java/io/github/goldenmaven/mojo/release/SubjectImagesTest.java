package io.github.goldenmaven.mojo.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.mojo.ResultFiles;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.LyingRegistry;
import io.github.goldenmaven.registry.stores.ImageStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class SubjectImagesTest {

  private static final String DIGEST = "sha256:" + "a".repeat(64);

  @TempDir static Path shared;
  @TempDir Path folder;
  private static DockerRegistry registry;
  private final ImageStores stores =
      AccessOfTests.stores(
          AccessOfTests.ANONYMOUS,
          daemon -> {
            throw new AssertionError(daemon);
          });

  @BeforeAll
  static void open() {
    registry = DockerRegistry.start();
    LayoutFolder image = TinyBase.writeTo(shared.resolve("image"));
    for (String name : List.of("apps/orders", "apps/team/carts", "golden/java")) {
      registry.push(image, TinyBase.TAG, name, "1.0");
      registry.push(image, TinyBase.TAG, name, "1.1");
    }
    registry.push(image, TinyBase.TAG, "apps/orders", "sha256-" + "a".repeat(64));
  }

  @AfterAll
  static void close() {
    registry.close();
  }

  @Test
  void aStarIsAllTagsOfAllRepositoriesThatTheRegistryLists() throws IOException {
    String host = registry.host();

    assertThat(fleet("# ours\n" + host + "/apps/*\n\n" + host + "/golden/java:1.1\n"))
        .containsExactlyInAnyOrder(
            host + "/apps/orders:1.0",
            host + "/apps/orders:1.1",
            host + "/apps/team/carts:1.0",
            host + "/apps/team/carts:1.1",
            host + "/golden/java:1.1");
  }

  @Test
  void aStarWithATagIsThatTagOfEach() throws IOException {
    assertThat(fleet(registry.host() + "/*/java:1.0\n" + registry.host() + "/apps/o*:1.0\n"))
        .containsExactly(
            registry.host() + "/golden/java:1.0", registry.host() + "/apps/orders:1.0");
  }

  @Test
  void refusesAStarThatIsNoImage() {
    String line = registry.host() + "/nobody/*";

    assertThatThrownBy(() -> fleet(line))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'"
                + line
                + "' is no image. Fix the line in <fleet> or -Dgolden.fleet, or push the images"
                + " first.");
  }

  @Test
  void refusesAStarInARegistryThatListsNothing() {
    try (LyingRegistry lying =
        LyingRegistry.telling(exchange -> LyingRegistry.answer(exchange, 404))) {
      assertThatThrownBy(() -> fleet(lying.host() + "/apps/*"))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "The registry '"
                  + lying.host()
                  + "' does not list its repositories. Write each repository in <fleet> or"
                  + " -Dgolden.fleet, without '*' in its path.");
    }
  }

  private List<String> fleet(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("fleet.txt"), text);
    return new SubjectImages(new ResultFiles(folder), List.of(), List.of(), file.toFile(), stores)
        .references().stream().map(ImageReference::toString).toList();
  }

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

    assertThat(names(new SubjectImages(own, List.of(built("stock"), own), null, null, stores)))
        .containsExactly("registry.example/apps/orders:1@" + DIGEST);
  }

  @Test
  void areTheModulesWhereTheProjectHasNoneOfItsOwn() {
    ResultFiles root = new ResultFiles(folder.resolve("root"));

    assertThat(
            names(
                new SubjectImages(
                    root, List.of(root, built("orders"), built("stock")), null, null, stores)))
        .containsExactly(
            "registry.example/apps/orders:1@" + DIGEST, "registry.example/apps/stock:1@" + DIGEST);
  }

  @Test
  void areRefusedWhereNoneWasBuilt() {
    ResultFiles root = new ResultFiles(folder.resolve("root"));

    assertThatThrownBy(
            () -> new SubjectImages(root, List.of(root), null, null, stores).references())
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "No image is named, and none was built here. Name one with -Dgolden.image, or run"
                + " golden:build first.");
  }
}
