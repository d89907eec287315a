package io.github.goldenmaven.verify;

import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What the tests of this subject share, one class after the other. */
@ResourceLock("GateGoldenFixture")
abstract class GateGoldenFixture {

  @TempDir static Path shared;
  static GateFixture fixture;

  @BeforeAll
  static void open() {
    fixture = new GateFixture(shared);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  static JsonValue bent(JsonObject manifest, int layer, String key) {
    return changed(
        manifest,
        layer,
        one ->
            switch (key) {
              case "size" -> one.with("size", 7);
              default -> one.with("mediaType", "application/vnd.oci.image.layer.v1.tar+encrypted");
            });
  }

  static JsonValue changed(JsonObject manifest, int layer, UnaryOperator<JsonObject> change) {
    List<JsonObject> layers = new ArrayList<>(manifest.objects("layers"));
    layers.set(layer, change.apply(layers.get(layer)));
    return JsonValue.ofObjects(layers);
  }
}
