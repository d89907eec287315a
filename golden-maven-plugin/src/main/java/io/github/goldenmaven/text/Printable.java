package io.github.goldenmaven.text;

import java.util.regex.Pattern;

/** Foreign text made safe to show: one line, no control or direction characters, bounded. */
public final class Printable {

  private static final int LIMIT = 256;

  /** RFC 3986, section 3.2.1; up to the last at sign, for people do not escape their passwords. */
  private static final Pattern USER_INFORMATION = Pattern.compile("//[^/\\s]*@");

  /** What reports hold of one text of an image. */
  private static final int REPORTED = 8000;

  private Printable() {}

  /**
   * The text with every control, format, surrogate and line-separator character written as {@code
   * \\uXXXX}, cut at 256 characters.
   */
  public static String of(String foreign) {
    return of(foreign, LIMIT);
  }

  /**
   * The same of a message in which URLs may stand: without the user and password of each, which
   * whoever wrote the URL may have put there.
   */
  public static String withoutCredentials(String foreign) {
    return of(USER_INFORMATION.matcher(foreign).replaceAll("//"));
  }

  /**
   * Text of an image that goes into a report, with dots where a URL or a reference in it has a user
   * and a password. Not escaped, cut at 8000 characters.
   */
  public static String concealed(String foreign) {
    return CredentialRedactor.hidden(foreign, REPORTED);
  }

  /** What {@link #of(String)} gives, cut at this many characters. */
  public static String of(String foreign, int limit) {
    if (foreign.length() <= limit && isAscii(foreign)) {
      return foreign;
    }
    StringBuilder shown = new StringBuilder();
    int at = 0;
    while (at < foreign.length()) {
      int point = foreign.codePointAt(at);
      at += Character.charCount(point);
      if (shown.length() >= limit) {
        return shown.append('…').toString();
      }
      if (isHarmless(point)) {
        shown.appendCodePoint(point);
      } else if (point > 0xFFFF) {
        shown.append(String.format("\\u{%X}", point));
      } else {
        shown.append(String.format("\\u%04X", point));
      }
    }
    return shown.toString();
  }

  /** Whether a text can be shown as it is: one line without control or direction characters. */
  public static boolean isPlain(String text) {
    return isAscii(text) || text.codePoints().allMatch(Printable::isHarmless);
  }

  /** What nearly every text is, told without a look at each letter's kind. */
  private static boolean isAscii(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) < ' ' || text.charAt(at) > '~') {
        return false;
      }
    }
    return true;
  }

  /** Whether a code point can be shown as it is without changing the text around it. */
  public static boolean isHarmless(int point) {
    if (point >= ' ' && point <= '~') {
      return true;
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
