package io.github.goldenmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.peers.Command;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultFilesTest {

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    ResultFiles results = new ResultFiles(folder.resolve("target/golden"));
    assertThat(results.read("image.json")).isEmpty();

    results.write("image.json", JsonObject.EMPTY.with("schema", 1));

    assertThat(results.read("image.json")).contains(JsonObject.EMPTY.with("schema", 1));
    assertThat(folder.resolve("target/golden/image.json")).hasContent("{\n  \"schema\": 1\n}\n");
  }

  @Test
  void anOlderResultIsReplacedAndNothingElseIsLeft() throws IOException {
    ResultFiles results = new ResultFiles(folder);
    results.write("image.json", JsonObject.EMPTY.with("schema", 1));

    results.write("image.json", JsonObject.EMPTY.with("schema", 2));

    assertThat(results.read("image.json")).contains(JsonObject.EMPTY.with("schema", 2));
    assertThat(folder).isDirectoryNotContaining(file -> !file.endsWith("image.json"));
  }

  @Test
  void theResultsOfAnEarlierRunAreCleared() throws IOException {
    ResultFiles results = new ResultFiles(folder);
    results.write("image.json", JsonObject.EMPTY);
    results.write("other.json", JsonObject.EMPTY);

    results.clear("image.json", "result.properties");

    assertThat(folder).isDirectoryNotContaining("glob:**image.json");
    assertThat(folder).isDirectoryContaining("glob:**other.json");
  }

  @Test
  void aFolderThatCannotBeMadeIsNamedWithItsParameter() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    ResultFiles results = new ResultFiles(file.resolve("golden"));

    assertThat(
            catchThrowableOfType(
                    UnavailableException.class, () -> results.write("image.json", JsonObject.EMPTY))
                .getMessage())
        .isEqualTo(
            "'"
                + file.resolve("golden/image.json")
                + "' cannot be written: "
                + file.resolve("golden")
                + ": Not a directory. Free some space or fix the permissions there, or name another"
                + " folder in <outputDirectory> or -Dgolden.outputDirectory.");
  }

  /** Another user's job reads them; who wants none to says so with the umask. */
  @Test
  void aResultMayBeReadByWhomTheUmaskLets() throws IOException {
    new ResultFiles(folder).write("image.json", JsonObject.EMPTY);
    Path plain = Files.createFile(folder.resolve("plain"));

    assertThat(Files.getPosixFilePermissions(folder.resolve("image.json")))
        .isEqualTo(Files.getPosixFilePermissions(plain));
  }

  @Test
  void aResultThatCannotBeReplacedLeavesNoHalfOfItself() throws IOException {
    Path inTheWay = Files.createDirectories(folder.resolve("image.json/full")).getParent();
    ResultFiles results = new ResultFiles(folder);

    assertThat(
            catchThrowableOfType(
                    UnavailableException.class, () -> results.write("image.json", JsonObject.EMPTY))
                .getMessage())
        .startsWith("'" + inTheWay + "' cannot be written: ")
        .endsWith(
            " Free some space or fix the permissions there, or name another folder in"
                + " <outputDirectory> or -Dgolden.outputDirectory.");
    assertThat(folder).isDirectoryNotContaining("glob:**.partial");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "registry.example:5000/apps/orders:1.4.2",
        "oci:C:\\builds\\new\\target\\user:latest",
        "oci:/home/Jos\u00e9/\uc8fc\ubb38/\ud83d\ude80:1",
        "  oci: with spaces ",
        "\ttab",
        "line\nnext=1\r\f\u0000\u007f",
        "#!=:",
        "ends in \\",
        ""
      })
  void anyValueIsReadBackFromTheProperties(String value) throws IOException {
    new ResultFiles(folder).write("result.properties", Map.of("golden.image.1.reference", value));

    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(folder.resolve("result.properties"))) {
      properties.load(in);
    }
    assertThat(properties).isEqualTo(Map.of("golden.image.1.reference", value));
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void refusesAPipeInPlaceOfAResult() {
    Path pipe = folder.resolve("image.json");
    Command.of("mkfifo", pipe.toString()).run();
    String message = "'" + pipe + "' is not a regular file. Remove it, and run golden:build again.";
    ResultFiles results = new ResultFiles(folder);

    assertThatThrownBy(() -> results.read("image.json")).hasMessage(message);
    assertThatThrownBy(() -> results.add("image.json", Map.of("a", "b"))).hasMessage(message);
  }
}
