package io.github.goldenmaven.verify;

import io.github.goldenmaven.oci.Digest;

/**
 * Something in a layer above the golden's that a service has no business with.
 *
 * @param path where it takes effect once links are followed, from the image's root, with a slash
 *     before it; foreign text
 * @param layer digest of the layer's stored bytes
 * @param detail what it is and does, a clause for people; foreign text
 */
public record Suspicion(Kind kind, String path, Digest layer, String detail) {

  public Suspicion {
    path = whole(path);
    detail = whole(detail);
  }

  /** Bytes that are no UTF-8 stand as half characters, which no JSON can carry: named instead. */
  private static String whole(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                shown.append(String.format("\\u%04X", point));
              } else {
                shown.appendCodePoint(point);
              }
            });
    return shown.toString();
  }

  /** What it does. */
  public enum Kind {
    /** Removes something of the golden. */
    WHITEOUT,
    /** Replaces, or adds to, what the golden protects. */
    PROTECTED_PATH,
    /** Leads from a path of its own into what is protected, or turns a folder of it into a link. */
    LINK,
    /** Set-user-ID, set-group-ID, file capabilities. */
    PRIVILEGE,
    /** A device node or a pipe. */
    DEVICE,
    /** Two entries for one path, which readers resolve differently. */
    DUPLICATE,
    /** By its name, a secret. */
    SECRET
  }
}
