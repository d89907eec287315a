package io.github.goldenmaven.provenance;

import java.nio.charset.StandardCharsets;

/**
 * Text in any language made fit for a label: one line, nothing that moves a terminal's cursor or
 * turns the reading direction, bounded.
 *
 * <p>The characters are listed here rather than asked of {@link Character}: what Java calls a
 * format character changes with its Unicode version, and one source must give one digest on every
 * JDK.
 */
final class FreeText {

  private FreeText() {}

  /**
   * White space folded to single blanks and trimmed, unsafe characters dropped, cut to this many
   * bytes of UTF-8 without cutting a character in two.
   */
  static String fold(String text, int maxBytes) {
    StringBuilder folded = new StringBuilder();
    int bytes = 0;
    boolean blank = false;
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      at += Character.charCount(point);
      if (isSpace(point)) {
        blank = folded.length() > 0;
      } else if (!isUnsafe(point)) {
        int needed = utf8Length(point) + (blank ? 1 : 0);
        if (bytes + needed > maxBytes) {
          break;
        }
        if (blank) {
          folded.append(' ');
        }
        folded.appendCodePoint(point);
        bytes += needed;
        blank = false;
      }
    }
    return folded.toString();
  }

  /** Whether text is one line without unsafe characters; its blanks may be of any kind. */
  static boolean isOneSafeLine(String text) {
    return text.codePoints().noneMatch(point -> isUnsafe(point) || within(point, 0x2028, 0x2029));
  }

  static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static int utf8Length(int point) {
    return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }

  /** Unicode's White_Space property, unchanged since Unicode 6.3. */
  private static boolean isSpace(int point) {
    return within(point, 0x09, 0x0D)
        || point == 0x20
        || point == 0x85
        || point == 0xA0
        || point == 0x1680
        || within(point, 0x2000, 0x200A)
        || within(point, 0x2028, 0x2029)
        || point == 0x202F
        || point == 0x205F
        || point == 0x3000;
  }

  /**
   * Controls, bidi controls, and invisible characters that make two texts look like one. The
   * joiners U+200C and U+200D and the variation selectors stay: Persian, Hindi, emoji and Japanese
   * names are misspelt without them.
   */
  private static boolean isUnsafe(int point) {
    return within(point, 0x00, 0x1F)
        || within(point, 0x7F, 0x9F)
        || point == 0xAD
        || point == 0x61C
        || point == 0x180E
        || point == 0x200B
        || within(point, 0x200E, 0x200F)
        || within(point, 0x202A, 0x202E)
        || within(point, 0x2060, 0x206F)
        || within(point, 0xD800, 0xDFFF)
        || point == 0xFEFF
        || within(point, 0xFFF9, 0xFFFB)
        || within(point, 0xFFFE, 0xFFFF)
        || within(point, 0xE0000, 0xE00FF)
        || within(point, 0xE01F0, 0xE0FFF);
  }

  private static boolean within(int point, int first, int last) {
    return first <= point && point <= last;
  }
}
