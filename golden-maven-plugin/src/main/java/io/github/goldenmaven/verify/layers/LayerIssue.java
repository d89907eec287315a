package io.github.goldenmaven.verify.layers;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.verify.finding.Severity;

/**
 * Something in a layer above the golden's that a service has no business with.
 *
 * @param severity {@code WARN} where it does no harm
 * @param path where it takes effect once links are followed, from the image's root, with a slash
 *     before it; foreign text
 * @param layer digest of the layer's stored bytes
 * @param detail what it is and does, a clause for people; foreign text
 */
public record LayerIssue(Kind kind, Severity severity, String path, Digest layer, String detail) {

  /** One that is refused. */
  LayerIssue(Kind kind, String path, Digest layer, String detail) {
    this(kind, Severity.REFUSE, path, layer, detail);
  }

  public LayerIssue {
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
    /** Reaches into what is the golden's. */
    PLACE,
    /** Set-user-ID, set-group-ID, file capabilities; a device node or a pipe. */
    PRIVILEGE,
    /** Two entries for one path, which readers resolve differently. */
    DUPLICATE,
    /** By its name, a secret. */
    SECRET
  }
}
