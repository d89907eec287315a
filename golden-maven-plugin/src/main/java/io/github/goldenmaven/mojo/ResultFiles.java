package io.github.goldenmaven.mojo;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.JsonObject;
import io.github.goldenmaven.oci.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/**
 * A goal's results in the output directory. The files of an earlier run go first, so that a failed
 * goal leaves none behind that could be taken for its own; the new ones appear whole.
 */
final class ResultFiles {

  private final Path folder;

  ResultFiles(Path folder) {
    this.folder = folder;
  }

  void clear(String... names) {
    for (String name : names) {
      try {
        Files.deleteIfExists(folder.resolve(name));
      } catch (IOException e) {
        throw failed(name, e);
      }
    }
  }

  /** A result of an earlier goal; empty where there is none. */
  Optional<JsonObject> read(String name) {
    Path file = folder.resolve(name);
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.of(
          StrictJson.read("'" + file + "'", in.readNBytes(StrictJson.MAX_BYTES + 1)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UnavailableException(
          "'" + file + "' cannot be read: " + e.getMessage() + ".",
          "Mend its rights, or run golden:build again.",
          e);
    }
  }

  void write(String name, JsonObject json) {
    writeText(name, json.toPrettyString() + "\n");
  }

  /**
   * Properties as {@link java.util.Properties#load(InputStream)} reads them.
   *
   * @param properties keys of letters, digits and dots; any values
   */
  void write(String name, Map<String, String> properties) {
    StringBuilder lines = new StringBuilder();
    properties.forEach(
        (key, value) -> lines.append(key).append('=').append(escaped(value)).append('\n'));
    writeText(name, lines.toString());
  }

  private static String escaped(String value) {
    StringBuilder escaped = new StringBuilder();
    for (int at = 0; at < value.length(); at++) {
      char letter = value.charAt(at);
      if (letter == '\\' || (letter == ' ' && at == 0)) {
        escaped.append('\\').append(letter);
      } else if (letter < ' ' || letter > '~') {
        escaped.append(String.format("\\u%04X", (int) letter));
      } else {
        escaped.append(letter);
      }
    }
    return escaped.toString();
  }

  void writeText(String name, String text) {
    try {
      Files.createDirectories(folder);
      Path partial = Files.createTempFile(folder, "." + name, ".partial");
      try {
        Files.write(partial, text.getBytes(StandardCharsets.UTF_8));
        Files.move(
            partial,
            folder.resolve(name),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(partial);
      }
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  private UnavailableException failed(String name, IOException cause) {
    return new UnavailableException(
        "'" + folder.resolve(name) + "' cannot be written: " + cause.getMessage() + ".",
        "Make room or rights there, or name another folder in <outputDirectory> or"
            + " -Dgolden.outputDirectory.",
        cause);
  }
}
