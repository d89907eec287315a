package io.github.goldenmaven.registry.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;

/**
 * An address as a server wrote it into a header. Some leave in it what an address may not have, and
 * the clients they were tried with encode it: so do we.
 */
public final class Location {

  /** What RFC 3986 leaves out, besides control characters, which no client sends on. */
  private static final String NOT_ALLOWED = " \"<>\\^`{|}";

  private Location() {}

  /**
   * The address, absolute, without the part that is for the reader alone.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-5.2.2">RFC 3986, section 5.2.2</a>
   */
  public static URI resolved(URI from, String address) throws URISyntaxException {
    String encoded = encoded(address);
    if (encoded.startsWith("?")) {
      // The JDK's own way leaves the last part of the path out.
      encoded = encoded(from.getRawPath() + encoded);
    }
    int fragment = encoded.indexOf('#');
    return from.resolve(new URI(fragment < 0 ? encoded : encoded.substring(0, fragment)));
  }

  /**
   * The address with blanks, braces, other characters that addresses may not have, and whatever is
   * no ASCII, percent-encoded; a percent sign that encodes nothing too. Only an address that begins
   * as one: a sentence is none.
   */
  public static String encoded(String address) {
    String stripped = address.strip();
    if (!stripped.matches("(?is)(https?://|/).*")) {
      return stripped;
    }
    int path = stripped.indexOf('/', stripped.startsWith("/") ? 0 : stripped.indexOf("//") + 2);
    int query = stripped.indexOf('?');
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < stripped.length(); at += Character.charCount(stripped.codePointAt(at))) {
      int point = stripped.codePointAt(at);
      boolean inPath = path >= 0 && at >= path && (query < 0 || at < query);
      boolean isAllowed = point < 0x80 && NOT_ALLOWED.indexOf(point) < 0;
      if (path < 0 || at < path || (isAllowed && !isBare(stripped, at, point, inPath))) {
        text.appendCodePoint(point);
      } else {
        for (byte unit : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
          text.append(String.format("%%%02X", unit));
        }
      }
    }
    return text.toString();
  }

  /** A percent sign before no two digits, or a bracket outside of a query. */
  private static boolean isBare(String address, int at, int point, boolean inPath) {
    return (point == '%' && !isEncoded(address, at)) || (inPath && (point == '[' || point == ']'));
  }

  private static boolean isEncoded(String address, int at) {
    return at + 2 < address.length()
        && Character.digit(address.charAt(at + 1), 16) >= 0
        && Character.digit(address.charAt(at + 2), 16) >= 0;
  }
}
