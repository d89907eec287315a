package io.github.goldenmaven.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageManifestTest {

  private static final long TIB = 1L << 40;
  private static final Digest DIGEST = Digest.of(new byte[] {'a'});

  private static RawManifest ofSizes(long... sizes) {
    List<JsonObject> layers =
        LongStream.of(sizes)
            .mapToObj(size -> Descriptor.of(MediaTypes.OCI_LAYER, DIGEST, size).json())
            .toList();
    return RawManifest.of(manifest().with("layers", JsonValue.ofObjects(layers)));
  }

  private static JsonObject manifest() {
    return JsonObject.EMPTY
        .with("schemaVersion", 2)
        .with("mediaType", MediaTypes.OCI_MANIFEST)
        .with("config", config());
  }

  private static JsonObject config() {
    return Descriptor.of(MediaTypes.OCI_CONFIG, DIGEST, 1).json();
  }

  @Test
  void refusesLayersThatNoImageHas() {
    assertThat(new ImageManifest(ofSizes(TIB - 1, 1)).layers()).hasSize(2);
    for (RawManifest raw :
        List.of(
            ofSizes(Long.MAX_VALUE), ofSizes(TIB, 1), ofSizes(Long.MAX_VALUE, Long.MAX_VALUE))) {
      assertThatThrownBy(() -> new ImageManifest(raw))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "The manifest '"
                  + raw.digest()
                  + "' states layers of more than 1 TiB. No image is that large: have it pushed"
                  + " again by the tool that built it.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"schemaVersion", "artifactType", "subject", "annotations"})
  void refusesAFieldThatOnlyAnotherReaderWouldRead(String field) {
    JsonObject manifest = field.equals("schemaVersion") ? manifest().without(field) : manifest();
    String written = field.toUpperCase(java.util.Locale.ROOT);
    assertThatThrownBy(() -> new ImageManifest(RawManifest.of(manifest.with(written, config()))))
        .isInstanceOf(RefusedException.class)
        .hasMessage(spelled(written, field));
    JsonObject index =
        (field.equals("schemaVersion")
                ? JsonObject.EMPTY
                : JsonObject.EMPTY.with("schemaVersion", 2))
            .with("mediaType", MediaTypes.OCI_INDEX);
    assertThatThrownBy(() -> new ImageIndex(RawManifest.of(index.with(written, config()))))
        .isInstanceOf(RefusedException.class)
        .hasMessage(spelled(written, field));
  }

  @ParameterizedTest
  @ValueSource(strings = {"urls", "data", "platform", "annotations", "artifactType"})
  void refusesADescriptorsFieldThatOnlyAnotherReaderWouldRead(String field) {
    String written = field.toUpperCase(java.util.Locale.ROOT);
    assertThatThrownBy(() -> new Descriptor(config().with(written, "x")))
        .isInstanceOf(RefusedException.class)
        .hasMessage(spelled(written, field));
  }

  @ParameterizedTest
  @ValueSource(strings = {"architecture", "os", "os.version", "variant"})
  void refusesAPlatformsFieldThatOnlyAnotherReaderWouldRead(String field) {
    String written = field.toUpperCase(java.util.Locale.ROOT);
    assertThatThrownBy(
            () -> new Descriptor(config().with("platform", JsonObject.EMPTY.with(written, "x"))))
        .isInstanceOf(RefusedException.class)
        .hasMessage(spelled(written, field));
  }

  private static String spelled(String written, String meant) {
    return "A JSON object has the key '"
        + written
        + "' where '"
        + meant
        + "' is meant. Such a document means one thing to one reader and another to the next; have"
        + " it written again by the tool that made it.";
  }
}
