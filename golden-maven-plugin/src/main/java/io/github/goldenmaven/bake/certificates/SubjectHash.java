package io.github.goldenmaven.bake.certificates;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The name under which OpenSSL looks for a CA in a folder: eight hex digits of its subject.
 *
 * @see <a href="https://docs.openssl.org/3.0/man1/openssl-rehash/">openssl-rehash</a>
 */
final class SubjectHash {

  /** The string types OpenSSL folds; values of any other stay as they are. */
  private static final Map<Integer, Charset> STRINGS =
      Map.of(
          Der.UTF8_STRING,
          StandardCharsets.UTF_8,
          0x13,
          StandardCharsets.ISO_8859_1, // PrintableString, as OpenSSL reads it
          0x14,
          StandardCharsets.ISO_8859_1, // T61String
          0x16,
          StandardCharsets.ISO_8859_1, // IA5String
          0x1A,
          StandardCharsets.ISO_8859_1, // VisibleString
          Der.BMP_STRING,
          StandardCharsets.UTF_16BE,
          0x1C,
          Charset.forName("UTF-32BE")); // UniversalString

  private SubjectHash() {}

  static String of(X509Certificate certificate) {
    Der.Reader names = new Der.Reader(certificate.getSubjectX500Principal().getEncoded()).open();
    MessageDigest sha1 = sha1();
    while (names.hasNext()) {
      sha1.update(canonical(names.open()));
    }
    byte[] digest = sha1.digest();
    return String.format(
        "%02x%02x%02x%02x", digest[3] & 0xFF, digest[2] & 0xFF, digest[1] & 0xFF, digest[0] & 0xFF);
  }

  /** A relative distinguished name with its strings in UTF-8, lower case, blanks folded. */
  private static byte[] canonical(Der.Reader attributes) {
    List<byte[]> folded = new ArrayList<>();
    while (attributes.hasNext()) {
      Der.Reader attribute = attributes.open();
      byte[] type = attribute.element();
      Charset charset = STRINGS.get(attribute.tag());
      byte[] value =
          charset == null
              ? attribute.element()
              : Der.of(Der.UTF8_STRING, folded(new String(attribute.open().rest(), charset)));
      folded.add(Der.of(Der.SEQUENCE, type, value));
    }
    return Der.setOf(folded.toArray(byte[][]::new));
  }

  private static byte[] folded(String text) {
    StringBuilder folded = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      char letter = text.charAt(at);
      boolean blank = letter == ' ' || (letter >= '\t' && letter <= '\r');
      if (blank && (folded.isEmpty() || folded.charAt(folded.length() - 1) == ' ')) {
        continue;
      }
      boolean upper = letter >= 'A' && letter <= 'Z';
      folded.append(blank ? ' ' : upper ? (char) (letter + ('a' - 'A')) : letter);
    }
    if (!folded.isEmpty() && folded.charAt(folded.length() - 1) == ' ') {
      folded.setLength(folded.length() - 1);
    }
    return folded.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static MessageDigest sha1() {
    try {
      // OpenSSL's choice of a name for a file; nothing is believed because of it.
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
