package io.github.goldenmaven.statements;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.files.RegularFile;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A bill of materials that another tool made of the application, said of the image, with the golden
 * image as what it stands on.
 *
 * @see <a href="https://cyclonedx.org/docs/1.6/json/#formulation">CycloneDX, formulation</a>
 */
public final class Sbom {

  public static final String PREDICATE_TYPE = "https://cyclonedx.org/bom";

  /** A bundle holds it in base64 and may have 4 MiB. */
  private static final int MAX_BYTES = 2 * 1024 * 1024;

  private static final String REMEDY =
      "Let cyclonedx-maven-plugin write it, with <schemaVersion>1.6</schemaVersion>; the image is"
          + " built without a statement of it.";

  private Sbom() {}

  /**
   * Reads CycloneDX in JSON.
   *
   * @throws RefusedException when it is none, too large, or older than 1.5, which knows no base
   */
  public static JsonObject read(Path file) {
    RegularFile.require(file, REMEDY);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new RefusedException(
            "The SBOM '%s' has more than %d bytes.".formatted(file, MAX_BYTES), REMEDY);
      }
      JsonObject bom = StrictJson.read("The SBOM '" + file + "'", bytes);
      String format = bom.string("bomFormat").orElse("");
      String version = bom.string("specVersion").orElse("");
      if (!format.equals("CycloneDX") || !version.matches("1\\.([5-9]|[1-9][0-9])")) {
        throw new RefusedException(
            "The SBOM '%s' is '%s' of the version '%s', where CycloneDX from 1.5 on is signed."
                .formatted(file, Printable.of(format), Printable.of(version)),
            REMEDY);
      }
      return bom;
    } catch (IOException e) {
      throw new RefusedException("The SBOM '" + file + "' cannot be read.", REMEDY, e);
    }
  }

  /** The statement that an image has these components, not signed yet. */
  public static Statement of(StatedImage image, JsonObject bom) {
    List<JsonObject> formulation = new ArrayList<>(bom.objects("formulation"));
    formulation.add(JsonObject.EMPTY.with("components", JsonValue.ofObjects(List.of(base(image)))));
    return new Statement(
        image.subjects(),
        PREDICATE_TYPE,
        bom.with("formulation", JsonValue.ofObjects(formulation)));
  }

  private static JsonObject base(StatedImage image) {
    Map<String, String> labels = image.platforms().get(0).labels();
    String name = Label.BASE_NAME.in(labels).orElse("");
    Digest digest = Digest.parse(Label.BASE_DIGEST.in(labels).orElseThrow());
    return JsonObject.EMPTY
        .with("type", "container")
        .with("name", name)
        .with("purl", PackageUrl.ofImage(name, digest.toString()))
        .with(
            "hashes",
            JsonValue.ofObjects(
                List.of(JsonObject.EMPTY.with("alg", "SHA-256").with("content", digest.hex()))))
        .with(
            "properties",
            JsonValue.ofObjects(
                List.of(
                    JsonObject.EMPTY
                        .with("name", "konflux:container:is_base_image")
                        .with("value", "true"))));
  }

  /** All but the moment and the number of its writing. */
  static JsonObject withoutRun(JsonObject bom) {
    JsonObject metadata = bom.object("metadata").orElse(JsonObject.EMPTY);
    return bom.without("serialNumber").with("metadata", metadata.without("timestamp"));
  }
}
