package io.github.goldenmaven.signing;

import io.github.goldenmaven.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The one block of a PEM file (RFC 7468). A byte order mark, line ends of either kind and text
 * around the block are fine.
 *
 * <p>No record: a record would show its content, which may be a private key.
 */
final class Pem {

  /** A key of RSA-16384 has about 13 KB. */
  static final int MAX_BYTES = 64 * 1024;

  private static final Pattern MARK = Pattern.compile("-----(BEGIN|END) ([A-Z0-9 ]{1,40})-----");

  private final String label;
  private final byte[] der;

  private Pem(String label, byte[] der) {
    this.label = label;
    this.der = der;
  }

  /** What the block says it is: {@code PUBLIC KEY}. */
  String label() {
    return label;
  }

  byte[] der() {
    return der.clone();
  }

  /**
   * Reads the block.
   *
   * @param what the key as messages name it: {@code "The key 'ci.pub'"}
   * @param remedy how to make a right one
   * @throws RefusedException when there is not one block; it never shows the text
   */
  static Pem read(byte[] bytes, String what, String remedy) {
    if (bytes.length > MAX_BYTES) {
      throw new RefusedException(
          "%s has more than %d bytes, which no key needs.".formatted(what, MAX_BYTES), remedy);
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (text.isBlank()) {
      throw new RefusedException(what + " is empty.", remedy);
    }
    List<MatchResult> marks = MARK.matcher(text).results().limit(5).toList();
    // openssl's older commands write the curve's name in a block of its own before the key.
    if (marks.size() > 2 && marks.get(0).group(2).equals("EC PARAMETERS")) {
      marks = marks.subList(2, marks.size());
    }
    if (marks.size() > 2) {
      throw new RefusedException(what + " has several PEM blocks.", remedy);
    }
    if (marks.size() < 2 || !marks.get(0).group(1).equals("BEGIN")) {
      throw new RefusedException(
          what + (bytes[0] == Der.SEQUENCE ? " is in DER, not in PEM." : " has no PEM block."),
          remedy);
    }
    String label = marks.get(0).group(2);
    if (!marks.get(1).group().equals("-----END " + label + "-----")) {
      throw new RefusedException(what + " ends as another kind of PEM than it begins.", remedy);
    }
    String body = text.substring(marks.get(0).end(), marks.get(1).start());
    return new Pem(label, decode(label, body, what, remedy));
  }

  private static byte[] decode(String label, String body, String what, String remedy) {
    if (body.contains(":")) {
      return new byte[0]; // Headers of the traditional form: its label refuses it.
    }
    try {
      return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      // Without the cause: its message shows a character of the key.
      throw new RefusedException(
          "%s has a block '%s' that is not Base64.".formatted(what, label), remedy);
    }
  }
}
