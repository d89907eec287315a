package io.github.goldenmaven.oci.layer;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.StringJoiner;

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

  /**
   * Text of a name's bytes (one character each, ISO 8859-1) as UTF-8; a byte that is not UTF-8
   * becomes the lone surrogate U+DC80 to U+DCFF, so that different names stay different.
   */
  static String decode(String octets) {
    ByteBuffer bytes = ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1));
    CharBuffer text = CharBuffer.allocate(octets.length());
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    while (true) {
      CoderResult result = decoder.decode(bytes, text, true);
      if (!result.isError()) {
        return text.flip().toString();
      }
      for (int i = 0; i < result.length(); i++) {
        text.put((char) (0xDC00 | (bytes.get() & 0xFF)));
      }
    }
  }

  /**
   * A foreign path in our spelling: no slash before or after it, none doubled, no {@code .} part;
   * empty for the root. Empty as a result when it has a {@code ..} part.
   */
  static Optional<String> normalised(String path) {
    StringJoiner parts = new StringJoiner("/");
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        return Optional.empty();
      }
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return Optional.of(parts.toString());
  }

  private static RefusedException refused(String path) {
    return new RefusedException(
        "'" + Printable.of(path) + "' is not a path for a layer's entry.", REMEDY);
  }
}
