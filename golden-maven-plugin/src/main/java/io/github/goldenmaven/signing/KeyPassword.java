package io.github.goldenmaven.signing;

import io.github.goldenmaven.RefusedException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Where the password of a key, or the PIN of its token, is: what {@code golden.keyPassword} says.
 * Never holds the password.
 *
 * @param place a variable's name or a file's path
 */
public record KeyPassword(boolean isVariable, String place) {

  static final String PARAMETER = "<keyPassword> (golden.keyPassword)";

  static final String REMEDY =
      "Give 'env:NAME' or the path of a file with the password in <keyPassword> or with"
          + " -Dgolden.keyPassword.";

  private static final int MAX_BYTES = 4096;

  /**
   * Reads {@code env:NAME} or the path of a file that is there.
   *
   * @throws RefusedException when it is neither, and so maybe the password, which it does not show
   */
  public static KeyPassword parse(String text) {
    return parse(text, Path.of(""));
  }

  /** The same, with a relative path as from this folder. */
  public static KeyPassword parse(String text, Path folder) {
    if (text.isBlank()) {
      throw new RefusedException(PARAMETER + " is empty.", REMEDY);
    }
    if (text.startsWith(Secrets.VARIABLE)) {
      return new KeyPassword(true, Secrets.variable(text, PARAMETER, REMEDY));
    }
    if (!isFile(folder, text)) {
      throw new RefusedException(
          PARAMETER + " is neither 'env:NAME' nor a file that is there.",
          REMEDY + " A password itself is refused: logs and process lists would show it.");
    }
    return new KeyPassword(false, folder.resolve(text).toString());
  }

  private static boolean isFile(Path folder, String text) {
    try {
      return Files.isRegularFile(folder.resolve(text));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * The password: the one line of its file, or the variable's value.
   *
   * @throws RefusedException when there is none; it shows nothing of it
   */
  char[] read(Map<String, String> environment) {
    String what = this.toString();
    byte[] bytes =
        isVariable
            ? Secrets.ofVariable(place, environment, REMEDY)
            : Secrets.ofFile(Path.of(place), what, MAX_BYTES, REMEDY);
    if (bytes.length > MAX_BYTES) {
      throw new RefusedException("%s has more than %d bytes.".formatted(what, MAX_BYTES), REMEDY);
    }
    CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
    Arrays.fill(bytes, (byte) 0);
    int length = text.length();
    length -= length > 0 && text.charAt(length - 1) == '\n' ? 1 : 0;
    length -= length > 0 && text.charAt(length - 1) == '\r' ? 1 : 0;
    char[] password = new char[length];
    text.get(password);
    Arrays.fill(text.array(), '\0');
    if (length == 0) {
      throw new RefusedException(what + " is empty.", REMEDY);
    }
    for (char letter : password) {
      if (letter == '\n' || letter == '\r') {
        throw new RefusedException(what + " has more than one line.", REMEDY);
      }
    }
    return password;
  }

  /** As messages name it. */
  @Override
  public String toString() {
    return isVariable
        ? "The password in the environment variable '" + place + "'"
        : "The password in " + Secrets.shown(Path.of(place));
  }
}
