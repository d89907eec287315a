package io.github.goldenmaven.verify.report;

import io.github.goldenmaven.text.Printable;

/**
 * Text for XML and HTML: made printable first, so that no control character is left, then escaped.
 */
final class Markup {

  private static final int SHOWN = 2000;

  private Markup() {}

  static String of(String foreign) {
    return Printable.of(foreign, SHOWN)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
