package io.github.goldenmaven.contents;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a file or a value is by its content: a private key, a password or a token in the form of a
 * well-known tool, or a key that everybody may have. Placeholders ({@code ${DB_PASSWORD}}) and
 * words about keys are none. All looks are bounded.
 */
public enum SecretContent {
  PRIVATE_KEY,
  LOGIN,
  PUBLIC_KEY;

  /** So much of a file is looked at to see what it is. */
  static final int HEAD = 4096;

  /** And of one that begins like keys or certificates: a key may stand behind a chain of them. */
  static final int MAX_KEYS = 1 << 20;

  private static final Sought PRIVATE =
      new Sought(
          List.of("PRIVATE KEY", "PuTTY-User-Key-File-", "AGE-SECRET-KEY-1"),
          "^[ \\t]*-----BEGIN ([A-Z0-9]{1,20}+ ){0,4}PRIVATE KEY( BLOCK)?-----[ \\t\\r"
              + "]*$|^---- BEGIN SSH2 ([A-Z]{1,20}+ ){0,2}PRIVATE KEY"
              + " ----|^PuTTY-User-Key-File-[0-9]: "
              + "|^AGE-SECRET-KEY-1[A-Z0-9]{50}|\"private_?[kK]ey\"\\s*:\\s*\"-----BEGIN"
              + " ([A-Z0-9]{1,20}+ ){0,4}PRIVATE KEY-----");
  private static final Sought PUBLIC =
      new Sought(
          List.of("-----BEGIN ", "ssh-", "ecdsa-"),
          "^-----BEGIN ([A-Z0-9]{1,20}+ ){0,4}"
              + "(PUBLIC KEY( BLOCK)?|CERTIFICATE( REQUEST)?)-----"
              + "|^(ssh|ecdsa)-[a-z]");

  /** A JSON Web Key of a pair has no 'd' where it is public. */
  private static final Sought WEB_KEY =
      new Sought(List.of("\"kty\""), "\"kty\"\\s*:\\s*\"(RSA|EC|OKP|oct)\"");

  private static final Sought WEB_KEY_PRIVATE =
      new Sought(List.of("\"d\"", "\"k\""), "\"(d|k)\"\\s*:\\s*\"[A-Za-z0-9_-]{16,}");

  /** A value that somebody could use: no placeholder, and no word without a digit. */
  private static final String VALUE = "(?=[A-Za-z._~+/=-]*[0-9])[A-Za-z0-9._~+/=-]{16,}";

  private static final Sought LOGINS =
      new Sought(
          List.of("_auth", "password", "aws_secret_access_key"),
          "^(//[^\\s=]{1,200}:)?_(authToken|auth|password)[ \\t]*=[ \\t]*\"?"
              + VALUE
              + "|^machine\\s+[^\\s<$]{1,200}\\s+login\\s+[^\\s<$]{1,200}\\s+"
              + "password\\s+[^\\s<$]{4}"
              + "|^[ \\t]*aws_secret_access_key[ \\t]*="
              + "[ \\t]*[A-Za-z0-9/+]{40}[ \\t\\r]*$");
  private static final Sought DOCKER = new Sought(List.of("\"auths\""), "\"auths\"\\s*:\\s*\\{");
  private static final Sought DOCKER_LOGIN =
      new Sought(
          List.of("auth", "token"),
          "\"(auth|identitytoken|registrytoken)\"\\s*:\\s*\"[A-Za-z0-9+/=._-]{8,}\"");

  /** PKCS #8, plain and encrypted: what no certificate and no public key begins with. */
  private static final Pattern DER =
      Pattern.compile(
          "\\A0(\\x82..|\\x81.|.)(\\x02\\x01[\\x00\\x01]0.\\x06|"
              + "0.\\x06\\x09\\x2a\\x86H\\x86\\xf7\\x0d\\x01\\x05)",
          Pattern.DOTALL);

  /**
   * A form that is sought in every file.
   *
   * @param words one of them is in whatever has the form, and is found far sooner
   * @param form of several lines
   */
  private record Sought(List<String> words, Pattern form) {

    Sought(List<String> words, String form) {
      this(words, Pattern.compile(form, Pattern.MULTILINE));
    }

    boolean isIn(String text) {
      for (String word : words) {
        if (text.contains(word)) {
          return form.matcher(text).find();
        }
      }
      return false;
    }
  }

  /** Whether more of a file than its head tells what it is. */
  static boolean goesOn(String head) {
    return head.contains("-----BEGIN ") || KeyStoreBytes.isOne(head);
  }

  /**
   * What a text is.
   *
   * @param text of a file each byte a character (ISO 8859-1)
   */
  static Optional<SecretContent> of(String text) {
    String head = text.substring(0, Math.min(text.length(), HEAD));
    boolean webKey = WEB_KEY.isIn(head);
    if (PRIVATE.isIn(text)
        || KeyStoreBytes.holdPrivateKeys(text)
        || DER.matcher(head).lookingAt()
        || (webKey && WEB_KEY_PRIVATE.isIn(head))) {
      return Optional.of(PRIVATE_KEY);
    }
    if (LOGINS.isIn(head) || (DOCKER.isIn(head) && DOCKER_LOGIN.isIn(head))) {
      return Optional.of(LOGIN);
    }
    return webKey || PUBLIC.isIn(head) ? Optional.of(PUBLIC_KEY) : Optional.empty();
  }

  /** Whether a file's or a variable's content must not be seen by whoever has the image. */
  public static boolean isSecret(String text) {
    return of(text).filter(content -> content != PUBLIC_KEY).isPresent();
  }
}
