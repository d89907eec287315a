package io.github.goldenmaven.mojo;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.files.RegularFile;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.verify.report.GoalFailure;
import io.github.goldenmaven.verify.report.VerifyHtml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;

/**
 * A goal's results in the output directory. The files of an earlier run go first, so that a failed
 * goal leaves none behind that could be taken for its own; the new ones appear whole.
 */
public final class ResultFiles {

  /** All that a goal of the gate leaves, and of it what a goal without a gate's report does. */
  static final List<String> REPORTS =
      List.of(
          "verify.json",
          "result.properties",
          "verify.xml",
          "verify.sarif",
          "verify.csv",
          "verify.html",
          VerifyHtml.CSS);

  private static final String OURS_ALONE = "Remove it, and run golden:build again.";

  private final Path folder;

  public ResultFiles(Path folder) {
    this.folder = folder;
  }

  public void clear(String... names) {
    for (String name : names) {
      try {
        Files.deleteIfExists(folder.resolve(name));
      } catch (IOException e) {
        throw failed(name, e);
      }
    }
  }

  /** Reports of an earlier run, and what else is named. */
  public void clearReports(String... more) {
    clear(REPORTS.toArray(String[]::new));
    clear(more);
  }

  /** A result of an earlier goal; empty where there is none. */
  public Optional<JsonObject> read(String name) {
    Path file = folder.resolve(name);
    RegularFile.require(file, OURS_ALONE);
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.of(
          StrictJson.read("'" + file + "'", in.readNBytes(StrictJson.MAX_BYTES + 1)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UnavailableException(
          "'" + file + "' cannot be read: " + e.getMessage() + ".",
          "Fix its permissions, or run golden:build again.",
          e);
    }
  }

  public void write(String name, JsonObject json) {
    writeText(name, json.toPrettyString() + "\n");
  }

  /**
   * Properties as {@link java.util.Properties#load(InputStream)} reads them.
   *
   * @param properties keys of letters, digits and dots; any values
   */
  public void write(String name, Map<String, String> properties) {
    StringBuilder lines = new StringBuilder();
    properties.forEach(
        (key, value) -> lines.append(key).append('=').append(escaped(value)).append('\n'));
    writeText(name, lines.toString());
  }

  /** Adds to the properties that are there, or begins them. */
  public void add(String name, Map<String, String> properties) {
    Map<String, String> all = new LinkedHashMap<>();
    RegularFile.require(folder.resolve(name), OURS_ALONE);
    try (InputStream in = Files.newInputStream(folder.resolve(name))) {
      Properties there = new Properties();
      there.load(in);
      there.stringPropertyNames().stream()
          .sorted()
          .forEach(key -> all.put(key, there.getProperty(key)));
    } catch (NoSuchFileException e) {
      // None yet.
    } catch (IOException | IllegalArgumentException e) {
      throw failed(name, e);
    }
    all.putAll(properties);
    write(name, all);
  }

  /**
   * What a goal ends with that has no report of a gate: as the gate's, so that it is shown alike.
   */
  public void write(GoalFailure failure) {
    writeText("verify.xml", failure.junit());
    writeText(VerifyHtml.CSS, VerifyHtml.css());
    writeText("verify.html", failure.html());
    write("verify.sarif", failure.sarif());
    write("verify.json", failure.json());
    write("result.properties", failure.properties());
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

  public void writeText(String name, String text) {
    try {
      Files.createDirectories(folder);
      // No temporary file of Java's: those are their owner's alone, whatever the umask says.
      Path partial = folder.resolve("." + name + "." + UUID.randomUUID() + ".partial");
      try {
        Files.write(partial, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
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

  private UnavailableException failed(String name, Exception cause) {
    return new UnavailableException(
        "'" + folder.resolve(name) + "' cannot be written: " + cause.getMessage() + ".",
        "Free some space or fix the permissions there, or name another folder in <outputDirectory>"
            + " or -Dgolden.outputDirectory.",
        cause);
  }
}
