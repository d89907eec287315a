package io.github.goldenmaven.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.Schemas;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageIndex;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.stores.ImageStores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildResultTest {

  private static final Path DOCUMENT = Path.of("../docs/image-json.md");

  @TempDir Path folder;

  @Test
  void aBuildOfTwoPlatformsIsDescribedWhole() throws IOException {
    BuildResult result = build();

    LayoutFolder image = LayoutFolder.at(folder.resolve("image"));
    LayoutFolder base = LayoutFolder.at(folder.resolve("golden"));
    String expected =
        resource("image.json")
            .replace("FOLDER", folder.toString())
            .replace("CERTIFICATE", GoldenFixture.CERTIFICATE);
    LayoutFolder official = LayoutFolder.at(folder.resolve("both"));
    expected = filled(expected, "OFFICIAL", official, TinyBase.TAG);
    expected = filled(expected, "BASE", base, "21");
    expected = filled(expected, "IMAGE", image, "1.4.2");
    assertThat(result.toJson().toPrettyString() + "\n").isEqualTo(expected);
  }

  @Test
  void theFileIsAsItsSchemaSays() {
    assertThat(Schemas.faults("image", build().toJson())).isEmpty();
  }

  @Test
  void thePropertiesNameImageAndBase() {
    BuildResult result = build();

    String base = LayoutFolder.at(folder.resolve("golden")).manifest("21").digest().toString();
    assertThat(result.toProperties())
        .containsExactly(
            Map.entry("golden.image.1.reference", "oci:" + folder.resolve("image") + ":1.4.2"),
            Map.entry("golden.image.1.digest", result.digest().toString()),
            Map.entry(
                "golden.image.1.references",
                "oci:"
                    + folder.resolve("image")
                    + ":1.4.2,oci:"
                    + folder.resolve("image")
                    + ":latest"),
            Map.entry("golden.base.reference", "oci:" + folder.resolve("golden") + ":21"),
            Map.entry("golden.base.digest", base));
    assertThat(document())
        .contains(result.toProperties().keySet().stream().map(key -> "`" + key + "`").toList());
  }

  @Test
  void theKeysAreThoseOfTheDocument() {
    JsonObject json = build().toJson();

    List<String> rows = document().lines().filter(line -> line.matches("\\| `.*")).toList();
    assertThat(rows.stream().flatMap(row -> words(cell(row, 1)).stream()))
        .containsExactlyInAnyOrderElementsOf(json.fields().keySet());
    for (String row : rows) {
      String key = words(cell(row, 1)).get(0);
      List<JsonObject> inner =
          key.equals("base") ? List.of(json.object(key).orElseThrow()) : objects(json, key);
      for (JsonObject object : inner) {
        assertThat(object.fields().keySet())
            .containsExactlyInAnyOrderElementsOf(words(cell(row, 2)));
      }
    }
  }

  private static List<JsonObject> objects(JsonObject json, String key) {
    return List.of("layers", "platforms").contains(key) ? json.objects(key) : List.of();
  }

  private BuildResult build() {
    LayoutFolder both =
        TinyBase.writeTo(
            folder.resolve("both"), Platform.parse("linux/amd64"), Platform.parse("linux/arm64"));
    GoldenFixture.of(both).writeTo(folder.resolve("golden"));
    ImageStores stores =
        AccessOfTests.stores(
            AccessOfTests.ANONYMOUS,
            daemon -> {
              throw new IllegalStateException("no engine here");
            });
    String image = "oci:" + folder.resolve("image");
    BuildRequest request =
        SampleService.on(
                "oci:" + folder.resolve("golden") + ":21",
                image + ":1.4.2",
                folder.resolve("cache"))
            .also(List.of(ImageReference.parse(image + ":latest")));
    return new ImageBuild(request, stores::open, new RecordingConsole()).run();
  }

  /** What is stored says what the digests in the text have to be. */
  private static String filled(String text, String name, LayoutFolder layout, String tag) {
    RawManifest top = layout.manifest(tag);
    String filled = text.replace(name + "_DIGEST", top.digest().toString());
    for (Descriptor entry : new ImageIndex(top).runnable()) {
      String platform = name + "_" + entry.platform().orElseThrow().architecture();
      ImageManifest manifest = new ImageManifest(layout.manifest(entry));
      ImageConfig config = layout.config(manifest);
      filled =
          filled
              .replace(platform + "_MANIFEST", entry.digest().toString())
              .replace(platform + "_CONFIG", manifest.config().digest().toString())
              .replace(platform + "_CHAIN", ImageConfig.chainId(config.diffIds()).toString());
      for (int layer = 0; layer < manifest.layers().size(); layer++) {
        Descriptor stored = manifest.layers().get(layer);
        filled =
            filled
                .replace(name + "_LAYER_" + layer + "_SIZE", Long.toString(stored.size()))
                .replace(name + "_LAYER_" + layer + "_DIFF", config.diffIds().get(layer).toString())
                .replace(name + "_LAYER_" + layer, stored.digest().toString());
      }
    }
    return filled;
  }

  private static String cell(String row, int number) {
    return row.split("\\|", -1)[number];
  }

  private static List<String> words(String cell) {
    return Pattern.compile("`([A-Za-z]+)`")
        .matcher(cell)
        .results()
        .map(BuildResultTest::word)
        .toList();
  }

  private static String word(MatchResult match) {
    return match.group(1);
  }

  private static String document() {
    try {
      return Files.readString(DOCUMENT);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = BuildResultTest.class.getResourceAsStream(name)) {
      return new String(
          java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
