package io.github.goldenmaven.files;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Names of files as the disk has them. A path's text goes through the locale: in the C locale,
 * which containers and CI agents run in, Java 17 makes {@code gr��e.txt} of {@code grüße.txt}, and
 * the same project would make another image. Its URI holds the bytes themselves.
 */
public final class FileNames {

  private FileNames() {}

  /**
   * The last names of a path, with slashes between them.
   *
   * @throws RefusedException when they are not UTF-8, which is what names in layers are
   */
  public static String utf8(Path path, int names) {
    // A folder's URI ends with a slash.
    String uri = path.toUri().getRawPath().replaceAll("/+$", "");
    List<String> all = List.of(uri.split("/", -1));
    String last = String.join("/", all.subList(all.size() - names, all.size()));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(last))).toString();
    } catch (CharacterCodingException e) {
      throw new RefusedException(
          "The name of the file '" + Printable.of(last) + "' is not UTF-8 (its bytes in percent).",
          "Rename it: names in an image are UTF-8.",
          e);
    }
  }

  private static byte[] bytes(String percentEncoded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int at = 0;
    while (at < percentEncoded.length()) {
      int character = percentEncoded.codePointAt(at);
      if (character == '%') {
        bytes.write(Integer.parseInt(percentEncoded, at + 1, at + 3, 16));
        at += 3;
      } else {
        // Windows leaves letters outside ASCII as they are.
        bytes.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
        at += Character.charCount(character);
      }
    }
    return bytes.toByteArray();
  }
}
