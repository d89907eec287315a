package io.github.goldenmaven.mojo;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.files.RegularFile;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was typed after {@code mvn}, without any POM: Maven prefers a POM's configuration, and asks
 * the POM's properties where the command line is silent. A release uses these alone.
 *
 * @param given the properties of the command line
 * @param folder where Maven was started; paths are relative to it
 */
public record CommandLine(Properties given, Path folder) {

  /** Files of a project that Maven takes for the command line. */
  private static final List<String> CONFIGS = List.of("maven.config", "maven-user.properties");

  /** The release mode itself may stand there: it takes nothing away. */
  private static final Pattern OURS =
      Pattern.compile("(?<![a-z0-9.])golden\\.(?!release\\b)[A-Za-z]+");

  public @Nullable String text(String property) {
    String text = given.getProperty(property);
    return text == null || text.isBlank() ? null : text.strip();
  }

  /**
   * Whether it is typed and needs nothing of Maven: before 3.9 an expression, {@code ${…}}, is
   * worked out only where Maven fills a parameter in.
   */
  public boolean isPlain(String property) {
    String text = text(property);
    return text != null && !text.contains("${");
  }

  public List<@Nullable String> list(String property) {
    String text = text(property);
    return text == null ? List.of() : Arrays.asList(text.split(",", -1));
  }

  public @Nullable File file(String property) {
    String text = text(property);
    return text == null ? null : folder.resolve(text).toFile();
  }

  /** Whether it says true: a POM must not take a release's rules away. */
  public boolean says(String property) {
    return "true".equals(text(property));
  }

  /** Whether it says false: a pull request's POM must not push where its job does not. */
  public boolean denies(String property) {
    return "false".equals(text(property));
  }

  /**
   * Refuses a project that speaks for the command line.
   *
   * @param root the folder that has {@code .mvn}
   */
  public static void requireNoneIn(Path root) {
    for (String config : CONFIGS) {
      Path file = root.resolve(".mvn").resolve(config);
      Matcher ours = OURS.matcher(withoutComments(file));
      if (ours.find()) {
        throw new RefusedException(
            "This is a release, and '" + file + "' sets '" + ours.group() + "'.",
            "Remove it, and set it where the release is started, with -D"
                + ours.group()
                + ": a project may not choose what it is checked against.");
      }
    }
  }

  private static String withoutComments(Path file) {
    RegularFile.require(file, "Keep a file of Maven's options there, or nothing.");
    try {
      // Only ASCII matters, and any bytes must be readable.
      return Files.readString(file, StandardCharsets.ISO_8859_1)
          .lines()
          .filter(line -> !line.stripLeading().startsWith("#"))
          .reduce("", (text, line) -> text + line + "\n");
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UnavailableException(
          "'" + file + "' cannot be read: " + e.getMessage() + ".", "Fix its permissions.", e);
    }
  }
}
