package io.github.goldenmaven.contents;

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

  private static final Pattern PRIVATE =
      Pattern.compile(
          "(?m)^[ \\t]*-----BEGIN ([A-Z0-9]{1,20}+ ){0,4}PRIVATE KEY( BLOCK)?-----[ \\t\\r"
              + "]*$|^---- BEGIN SSH2 ([A-Z]{1,20}+ ){0,2}PRIVATE KEY"
              + " ----|^PuTTY-User-Key-File-[0-9]: "
              + "|^AGE-SECRET-KEY-1[A-Z0-9]{50}|\"private_?[kK]ey\"\\s*:\\s*\"-----BEGIN"
              + " ([A-Z0-9]{1,20}+ ){0,4}PRIVATE KEY-----");
  private static final Pattern PUBLIC =
      Pattern.compile(
          "(?m)^-----BEGIN ([A-Z0-9]{1,20}+ ){0,4}"
              + "(PUBLIC KEY( BLOCK)?|CERTIFICATE( REQUEST)?)-----"
              + "|^(ssh|ecdsa)-[a-z]");

  /** A JSON Web Key of a pair has no 'd' where it is public. */
  private static final Pattern WEB_KEY = Pattern.compile("\"kty\"\\s*:\\s*\"(RSA|EC|OKP|oct)\"");

  private static final Pattern WEB_KEY_PRIVATE =
      Pattern.compile("\"(d|k)\"\\s*:\\s*\"[A-Za-z0-9_-]{16,}");

  /** A value that somebody could use: no placeholder, and no word without a digit. */
  private static final String VALUE = "(?=[A-Za-z._~+/=-]*[0-9])[A-Za-z0-9._~+/=-]{16,}";

  private static final Pattern LOGINS =
      Pattern.compile(
          "(?m)^(//[^\\s=]{1,200}:)?_(authToken|auth|password)[ \\t]*=[ \\t]*\"?"
              + VALUE
              + "|^machine\\s+[^\\s<$]{1,200}\\s+login\\s+[^\\s<$]{1,200}\\s+"
              + "password\\s+[^\\s<$]{4}"
              + "|^[ \\t]*aws_secret_access_key[ \\t]*="
              + "[ \\t]*[A-Za-z0-9/+]{40}[ \\t\\r]*$");
  private static final Pattern DOCKER = Pattern.compile("\"auths\"\\s*:\\s*\\{");
  private static final Pattern DOCKER_LOGIN =
      Pattern.compile("\"(auth|identitytoken|registrytoken)\"\\s*:\\s*\"[A-Za-z0-9+/=._-]{8,}\"");

  /** PKCS #8, plain and encrypted: what no certificate and no public key begins with. */
  private static final Pattern DER =
      Pattern.compile(
          "\\A0(\\x82..|\\x81.|.)(\\x02\\x01[\\x00\\x01]0.\\x06|"
              + "0.\\x06\\x09\\x2a\\x86H\\x86\\xf7\\x0d\\x01\\x05)",
          Pattern.DOTALL);

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
    boolean webKey = WEB_KEY.matcher(head).find();
    if (PRIVATE.matcher(text).find()
        || KeyStoreBytes.holdPrivateKeys(text)
        || DER.matcher(head).lookingAt()
        || (webKey && WEB_KEY_PRIVATE.matcher(head).find())) {
      return Optional.of(PRIVATE_KEY);
    }
    if (LOGINS.matcher(head).find()
        || (DOCKER.matcher(head).find() && DOCKER_LOGIN.matcher(head).find())) {
      return Optional.of(LOGIN);
    }
    return webKey || PUBLIC.matcher(head).find() ? Optional.of(PUBLIC_KEY) : Optional.empty();
  }

  /** Whether a file's or a variable's content must not be seen by whoever has the image. */
  public static boolean isSecret(String text) {
    return of(text).filter(content -> content != PUBLIC_KEY).isPresent();
  }
}
