package io.github.goldenmaven;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.goldenmaven.oci.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The documented schemas of what goals write. */
public final class Schemas {

  public static final Path FOLDER = Path.of("../docs/schema");

  private static final ObjectMapper JSON = new ObjectMapper();

  private Schemas() {}

  /**
   * What a document breaks of a schema; empty where it is as documented.
   *
   * @param name such as {@code verify}
   */
  public static List<String> faults(String name, JsonObject document) {
    try {
      JsonNode schema = JSON.readTree(FOLDER.resolve(name + ".schema.json").toFile());
      List<String> faults = new ArrayList<>();
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(schema)
          .validate(JSON.readTree(document.toPrettyString()))
          .forEach(fault -> faults.add(fault.getMessage()));
      return faults;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
