package io.github.goldenmaven.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawManifestTest {

  private static final String CONFIG =
      "\"config\":{\"mediaType\":\"c/d\",\"digest\":\"%s\",\"size\":2}"
          .formatted(Digest.of("{}".getBytes(StandardCharsets.UTF_8)));

  @Test
  void keepsTheVeryBytesThatWereHashed() {
    byte[] bytes =
        "{ \"schemaVersion\": 2,\n \"layers\": [], %s }"
            .formatted(CONFIG)
            .getBytes(StandardCharsets.UTF_8);
    byte[] copy = bytes.clone();

    RawManifest manifest = new RawManifest(MediaTypes.OCI_MANIFEST, bytes);
    bytes[0] = 'x';
    manifest.bytes()[0] = 'y';

    assertThat(manifest.bytes()).isEqualTo(copy);
    assertThat(manifest.digest()).isEqualTo(Digest.of(copy));
    assertThat(manifest.size()).isEqualTo(copy.length);
    assertThat(manifest.descriptor())
        .isEqualTo(Descriptor.of(MediaTypes.OCI_MANIFEST, Digest.of(copy), copy.length));
    assertThat(manifest).isEqualTo(new RawManifest(MediaTypes.OCI_MANIFEST, copy));
    assertThat(manifest).hasSameHashCodeAs(new RawManifest(MediaTypes.OCI_MANIFEST, copy));
    assertThat(manifest).isNotEqualTo(new RawManifest(MediaTypes.DOCKER_MANIFEST, copy));
    assertThat(manifest).hasToString(Digest.of(copy).toString());
  }

  @Test
  void isAnIndexOrAManifestByItsType() {
    assertThat(raw(MediaTypes.OCI_INDEX, "{\"manifests\":[]}").isIndex()).isTrue();
    assertThat(raw(MediaTypes.DOCKER_INDEX, "{\"manifests\":[]}").isIndex()).isTrue();
    assertThat(raw(MediaTypes.OCI_MANIFEST, "{" + CONFIG + "}").isIndex()).isFalse();
    assertThat(raw(MediaTypes.DOCKER_MANIFEST, "{" + CONFIG + "}").isIndex()).isFalse();
  }

  @Test
  void ourOwnDocumentSaysItsType() {
    JsonObject json = JsonObject.EMPTY.with("mediaType", MediaTypes.OCI_INDEX);

    assertThat(RawManifest.of(json).mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
    assertThat(RawManifest.of(json).bytes()).isEqualTo(json.toBytes());
  }

  @Test
  void refusesATypeThatIsNotTheOneItWasServedAs() {
    String text = "{\"mediaType\":\"%s\",\"manifests\":[]}".formatted(MediaTypes.OCI_INDEX);

    assertRefused(
        MediaTypes.OCI_MANIFEST,
        text,
        "says it is '"
            + MediaTypes.OCI_INDEX
            + "' but was served as '"
            + MediaTypes.OCI_MANIFEST
            + "'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "index;{\"manifests\":[],\"layers\":[]}",
        "index;{\"manifests\":[],\"config\":{}}",
        "index;{\"layers\":[]}",
        "index;{\"config\":{}}",
        "manifest;{\"manifests\":[],\"layers\":[],\"config\":{}}",
        "manifest;{\"manifests\":[]}"
      })
  void refusesADocumentThatOneReaderTakesForAManifestAndAnotherForAnIndex(
      String kind, String text) {
    assertRefused(
        kind.equals("index") ? MediaTypes.OCI_INDEX : MediaTypes.OCI_MANIFEST,
        text,
        "is a manifest and an index at once");
  }

  @Test
  void refusesALookAlikeOfTheDecidingKeys() {
    assertThatThrownBy(() -> raw(MediaTypes.OCI_INDEX, "{\"manifests\":[],\"Layers\":[]}"))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("A JSON object has the key 'Layers' where 'layers' is meant.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/vnd.docker.distribution.manifest.v1+prettyjws",
        "application/json",
        "text/html",
        ""
      })
  void refusesEveryOtherType(String mediaType) {
    assertRefused(mediaType, "{}", "is of the type '" + mediaType + "'");
  }

  @Test
  void escapesAForeignType() {
    assertRefused("a\n\u001b[2Jb", "{}", "is of the type 'a\\u000A\\u001B[2Jb'");
  }

  @Test
  void isReadStrictly() {
    byte[] bytes = "{\"a\":1,\"A\":2}".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> new RawManifest(MediaTypes.OCI_MANIFEST, bytes))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The manifest '"
                + Digest.of(bytes)
                + "' has the keys 'a' and 'A', which some readers take for one. Readers would"
                + " disagree on what it says; have it written again by the tool that made it.");
  }

  @Test
  void aManifestHasItsConfigItsLayersAndItsSubject() {
    Descriptor layer = Descriptor.of("l/1", Digest.of(new byte[] {1}), 1);
    Descriptor subject = Descriptor.of("s/1", Digest.of(new byte[] {2}), 1);
    ImageManifest manifest =
        new ImageManifest(
            raw(
                MediaTypes.OCI_MANIFEST,
                "{%s,\"layers\":[%s],\"subject\":%s,\"annotations\":{\"k\":\"v\"}}"
                    .formatted(CONFIG, layer.json(), subject.json())));

    assertThat(manifest.config().size()).isEqualTo(2);
    assertThat(manifest.layers()).containsExactly(layer);
    assertThat(manifest.subject()).contains(subject);
    assertThat(manifest.annotations()).containsEntry("k", "v");
    assertThat(manifest.digest()).isEqualTo(manifest.raw().digest());
  }

  @Test
  void anIndexHasItsEntriesAndKnowsWhichCouldRun() {
    Descriptor image =
        Descriptor.of("m/1", Digest.of(new byte[] {1}), 1)
            .withPlatform(JsonObject.EMPTY.with("os", "linux").with("architecture", "amd64"));
    Descriptor attestation =
        Descriptor.of("m/1", Digest.of(new byte[] {2}), 1)
            .withPlatform(JsonObject.EMPTY.with("os", "unknown").with("architecture", "unknown"));
    Descriptor foreign = Descriptor.of("m/1", Digest.of(new byte[] {3}), 1);
    ImageIndex index =
        new ImageIndex(
            raw(
                MediaTypes.OCI_INDEX,
                "{\"manifests\":[%s,%s,%s]}"
                    .formatted(image.json(), attestation.json(), foreign.json())));

    assertThat(index.manifests()).containsExactly(image, attestation, foreign);
    assertThat(index.runnable()).containsExactly(image);
  }

  @Test
  void anIndexIsNoManifestAndTheReverse() {
    RawManifest index = raw(MediaTypes.OCI_INDEX, "{\"manifests\":[]}");
    RawManifest manifest = raw(MediaTypes.OCI_MANIFEST, "{" + CONFIG + "}");

    assertThatThrownBy(() -> new ImageManifest(index))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("A JSON object is an index where a manifest is meant.");
    assertThatThrownBy(() -> new ImageIndex(manifest))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("A JSON object is a manifest where an index is meant.");
    assertThatThrownBy(() -> new ImageManifest(raw(MediaTypes.OCI_MANIFEST, "{}")))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("A JSON object has no 'config'.");
  }

  private static RawManifest raw(String mediaType, String text) {
    return new RawManifest(mediaType, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(String mediaType, String text, String fault) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> new RawManifest(mediaType, bytes))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The manifest '"
                + Digest.of(bytes)
                + "' "
                + fault
                + ". Have the image pushed again by a tool that writes OCI or Docker schema 2"
                + " manifests.");
  }
}
