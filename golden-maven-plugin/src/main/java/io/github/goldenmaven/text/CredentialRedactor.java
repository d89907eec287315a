package io.github.goldenmaven.text;

/**
 * Hides {@code user:password@} in foreign text, of URLs and of references, which have no scheme. A
 * login ends at the last at sign of its word, for people do not escape their passwords; rather too
 * much is hidden than a part of one. Looks at each character a few times, whatever the text.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1">RFC 3986, 3.2.1, user
 *     information</a>
 */
final class CredentialRedactor {

  private static final String HIDDEN = "...";
  private static final String MAILTO = "mailto";

  /** What a user's name does not have, so that it begins behind. */
  private static final String BEFORE_USERS = "/'\"`=@([{<,;|";

  private final String text;
  private final int limit;
  private final StringBuilder shown = new StringBuilder();

  private CredentialRedactor(String text, int limit) {
    this.text = text;
    this.limit = limit;
  }

  /** The text with dots for its logins, cut at this many characters. */
  static String hidden(String text, int limit) {
    return new CredentialRedactor(text, limit).hidden();
  }

  private String hidden() {
    int at = 0;
    while (at < text.length() && shown.length() <= limit) {
      boolean space = Character.isWhitespace(text.charAt(at));
      int end = at + 1;
      while (end < text.length() && Character.isWhitespace(text.charAt(end)) == space) {
        end++;
      }
      if (space) {
        show(at, end);
      } else {
        word(at, end);
      }
      at = end;
    }
    if (shown.length() > limit) {
      shown.setLength(Character.isHighSurrogate(shown.charAt(limit - 1)) ? limit - 1 : limit);
      shown.append('…');
    }
    return shown.toString();
  }

  private void word(int from, int to) {
    int at = lastAt(from, to);
    int seen = from;
    int colon = first(':', seen, at);
    while (colon < at) {
      int begin = colon + 1;
      if (text.startsWith("//", begin)) {
        authority(from, colon, at, to);
        return;
      }
      int user = user(seen, colon);
      if (user < colon && !isMailto(user, colon)) {
        hide(from, user, at, to);
        return;
      }
      seen = begin;
      colon = first(':', seen, at);
    }
    show(from, to);
  }

  /** Behind {@code ://}; a user alone is a forge's or registry's token where it is HTTP's. */
  private void authority(int from, int colon, int at, int to) {
    int begin = colon + 3;
    if (first(':', begin, at) < at) {
      hide(from, begin, at, to);
      return;
    }
    int user = isHttp(from, colon) ? lastAt(begin, first('/', begin, to)) : -1;
    if (user < 0) {
      show(from, to);
    } else {
      hide(from, begin, user, to);
    }
  }

  private boolean isHttp(int from, int colon) {
    return ends("http", from, colon) || ends("https", from, colon);
  }

  private boolean ends(String scheme, int from, int colon) {
    int begin = colon - scheme.length();
    return begin >= from && text.regionMatches(true, begin, scheme, 0, scheme.length());
  }

  private boolean isMailto(int user, int colon) {
    return colon - user == MAILTO.length()
        && text.regionMatches(true, user, MAILTO, 0, MAILTO.length());
  }

  private int user(int from, int colon) {
    int user = colon;
    while (user > from && BEFORE_USERS.indexOf(text.charAt(user - 1)) < 0) {
      user--;
    }
    return user;
  }

  /** The last at sign that is not a pinned reference's; -1 where there is none. */
  private int lastAt(int from, int to) {
    int at = to - 1;
    while (at >= from && (text.charAt(at) != '@' || isPin(at + 1))) {
      at--;
    }
    return at < from ? -1 : at;
  }

  private boolean isPin(int at) {
    return text.startsWith("sha256:", at) || text.startsWith("sha512:", at);
  }

  private int first(char wanted, int from, int to) {
    int at = from;
    while (at < to && text.charAt(at) != wanted) {
      at++;
    }
    return at;
  }

  private void hide(int from, int login, int at, int to) {
    show(from, login);
    shown.append(HIDDEN);
    show(at, to);
  }

  private void show(int from, int to) {
    int room = Math.max(0, limit + 1 - shown.length());
    shown.append(text, from, Math.min(to, from + room));
  }
}
