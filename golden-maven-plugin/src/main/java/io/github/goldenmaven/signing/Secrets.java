package io.github.goldenmaven.signing;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.files.RegularFile;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** Where keys and their passwords are read from. Nothing of what they hold is ever shown. */
final class Secrets {

  static final String VARIABLE = "env:";

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private Secrets() {}

  /** The name in {@code env:NAME}; what is none may be a secret, and is not shown. */
  static String variable(String reference, String parameter, String remedy) {
    String name = reference.substring(VARIABLE.length());
    if (!NAME.matcher(name).matches()) {
      throw new RefusedException(
          parameter + " has something behind 'env:' that is no variable's name.", remedy);
    }
    return name;
  }

  /**
   * Reads a variable's value.
   *
   * @throws RefusedException when it is not set, or empty
   */
  static byte[] ofVariable(String name, Map<String, String> environment, String remedy) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new RefusedException(
          "The environment variable '%s' is %s."
              .formatted(name, value == null ? "not set" : "empty"),
          remedy);
    }
    return value.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a file, of which one byte more than a limit at most.
   *
   * @param what the file as messages name it: {@code "The key 'ci.pem'"}
   * @throws RefusedException when it cannot be read
   */
  static byte[] ofFile(Path file, String what, int limit, String remedy) {
    RegularFile.require(file, remedy);
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(limit + 1);
    } catch (NoSuchFileException e) {
      throw new RefusedException(what + " is not there.", remedy, e);
    } catch (IOException e) {
      throw new RefusedException(what + " cannot be read.", remedy, e);
    }
  }

  static String shown(Path file) {
    return "'" + Printable.of(file.toString()) + "'";
  }
}
