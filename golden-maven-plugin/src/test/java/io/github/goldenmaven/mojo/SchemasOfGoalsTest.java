package io.github.goldenmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever reads a file of ours by program finds its form written down. */
class SchemasOfGoalsTest {

  private static final Path GOALS = Path.of("src/main/java/io/github/goldenmaven/mojo");

  /** A JSON file of a goal has a schema, and each schema a page that leads to it. */
  @Test
  void everyJsonThatAGoalWritesHasASchema() throws IOException {
    TreeSet<String> written = new TreeSet<>();
    try (Stream<Path> goals = Files.walk(GOALS)) {
      for (Path goal : goals.filter(Files::isRegularFile).toList()) {
        Matcher name = Pattern.compile("\"(\\w+)\\.json\"").matcher(Files.readString(goal));
        while (name.find()) {
          written.add(name.group(1));
        }
      }
    }

    assertThat(written)
        .containsExactly("image", "inspect", "promote", "provenance", "sbom", "simulate", "verify");
    String pages =
        Files.readString(Schemas.FOLDER.resolve("../image-json.md"))
            + Files.readString(Schemas.FOLDER.resolve("../verify.md"));
    for (String name : written) {
      assertThat(Schemas.FOLDER.resolve(name + ".schema.json")).exists();
      assertThat(pages).contains("schema/" + name + ".schema.json");
    }
  }

  @Test
  void aSchemaRefusesWhatIsNotDocumented() {
    for (String name :
        List.of("image", "inspect", "promote", "provenance", "sbom", "simulate", "verify")) {
      assertThat(
              Schemas.faults(
                  name, io.github.goldenmaven.oci.json.JsonObject.EMPTY.with("surprise", "x")))
          .as(name)
          .hasSizeGreaterThan(1);
    }
  }
}
