package io.github.goldenmaven.oci;

import io.github.goldenmaven.RefusedException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The grammar of paths in layers: what we write ourselves, and what we make of others' spelling.
 */
final class LayerPath {

  private static final String REMEDY =
      "Write paths relative to the image's root, like 'app/libs/orders.jar': no '/' before or"
          + " after, no empty, '.' or '..' part, no NUL character.";

  private LayerPath() {}

  /**
   * The path as the bytes of its name, checked.
   *
   * @throws RefusedException when it is absolute, empty, has an empty, {@code .} or {@code ..}
   *     part, a NUL character or half a surrogate pair
   */
  static byte[] toBytes(String path) {
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw refused(path);
      }
    }
    return nameBytes(path).orElseThrow(() -> refused(path));
  }

  /** The text in UTF-8; empty where no file system can hold it: NUL, or half a surrogate pair. */
  static Optional<byte[]> nameBytes(String text) {
    if (text.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return Optional.of(bytes);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static RefusedException refused(String path) {
    return new RefusedException(
        "'" + Printable.of(path) + "' is not a path for a layer's entry.", REMEDY);
  }
}
