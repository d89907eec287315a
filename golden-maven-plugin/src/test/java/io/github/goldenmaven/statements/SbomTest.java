package io.github.goldenmaven.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.Schemas;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.registry.SmallImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bill of materials of cyclonedx-maven-plugin, said of an image. */
class SbomTest {

  private static final String REMEDY =
      "Let cyclonedx-maven-plugin write it, with <schemaVersion>1.6</schemaVersion>; the image is"
          + " built without a statement of it.";

  @TempDir Path folder;

  static JsonObject bom(String serial, String time) {
    return StrictJson.read(
        "bom",
        SmallImage.utf8(
            """
            {"bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": "urn:uuid:%s",
             "metadata": {"timestamp": "%s"}, "formulation": [{"bom-ref": "theirs"}]}\
            """
                .formatted(serial, time)));
  }

  @Test
  void namesTheGoldenImageAsTheBaseBesideWhatItSaysAlready() {
    StatedImage image =
        StatedImages.application(
            "registry.company.example/apps/orders", StatedImages.manifest("orders"));

    Statement statement = Sbom.of(image, bom("1", "2026-12-01T10:00:00Z"));
    assertThat(Schemas.faults("sbom", statement.toJson())).isEmpty();

    assertThat(statement.subjects()).isEqualTo(image.subjects());
    assertThat(statement.predicateType()).isEqualTo("https://cyclonedx.org/bom");
    List<JsonObject> formulation = statement.predicate().objects("formulation");
    assertThat(formulation.get(0).string("bom-ref")).hasValue("theirs");
    assertThat(formulation.get(1).toString())
        .isEqualTo(
            """
            {"components":[{"type":"container","name":"registry.company.example/golden/java:21",\
            "purl":"pkg:oci/java@sha256%%3A%1$s?repository_url=registry.company.example/golden/java&tag=21",\
            "hashes":[{"alg":"SHA-256","content":"%1$s"}],\
            "properties":[{"name":"konflux:container:is_base_image","value":"true"}]}]}\
            """
                .formatted(StatedImages.GOLDEN.hex()));
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    JsonObject bom = bom("1", "2026-12-01T10:00:00Z");

    assertThat(Sbom.read(file(bom.toString()))).isEqualTo(bom);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"bomFormat":"CycloneDX","specVersion":"1.4"} | CycloneDX | 1.4
          {"bomFormat":"CycloneDX","specVersion":"2.0"} | CycloneDX | 2.0
          {"spdxVersion":"SPDX-2.3"}                    | ``        | ``
          """)
  void refusesWhatCannotNameABase(String json, String format, String version) throws IOException {
    Path file = file(json);

    assertThatThrownBy(() -> Sbom.read(file))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The SBOM '%s' is '%s' of the version '%s', where CycloneDX from 1.5 on is signed. %s",
            file, format, version, REMEDY);
  }

  @Test
  void refusesOneThatIsTooLarge() throws IOException {
    Path file = file(" ".repeat(2 * 1024 * 1024 + 1));

    assertThatThrownBy(() -> Sbom.read(file))
        .isInstanceOf(RefusedException.class)
        .hasMessage("The SBOM '%s' has more than 2097152 bytes. %s", file, REMEDY);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("bom.json"), text);
  }
}
