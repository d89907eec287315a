package io.github.goldenmaven.golden.definition;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is reached without the proxy, as {@code NO_PROXY} says it.
 *
 * @param text as written
 * @param host without brackets, without a dot or {@code *.} before it; lower case
 * @param bitsOrNull of a network, how many of the address's bits count
 * @param portOrNull the only port that is meant; all where absent
 * @see <a href="https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config">Go's reading</a>
 * @see <a href="https://curl.se/docs/manpage.html#--noproxy">curl's reading</a>
 */
public record DirectHost(
    String text,
    Kind kind,
    String host,
    @Nullable Integer bitsOrNull,
    @Nullable Integer portOrNull) {

  /** What the host is. */
  public enum Kind {
    /** {@code *}: no host at all is reached through the proxy. */
    EVERY,
    /** A name and all below it. */
    DOMAIN,
    IPV4,
    IPV6
  }

  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 =
      Pattern.compile("((?:" + OCTET + "\\.){3}" + OCTET + ")(?:/([0-9]{1,2})|:([0-9]{1,5}))?");
  private static final Pattern IPV6 =
      Pattern.compile("([0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*)(?:/([0-9]{1,3}))?");
  private static final Pattern BRACKETS =
      Pattern.compile("\\[([0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*)](?::([0-9]{1,5}))?");
  private static final Pattern DOMAIN =
      Pattern.compile(
          "(?:\\*?\\.)?([a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*)"
              + "(?::([0-9]{1,5}))?");
  private static final Pattern NUMERIC = Pattern.compile("[0-9.]+");
  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;
  private static final int MAX_PORT = 65535;

  /**
   * Parses one entry of {@code noProxy}.
   *
   * @throws RefusedException when it is none
   */
  public static DirectHost parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.equals("*")) {
      return new DirectHost(text, Kind.EVERY, lower, null, null);
    }
    Matcher ipv4 = IPV4.matcher(lower);
    if (ipv4.matches()) {
      return new DirectHost(
          text,
          Kind.IPV4,
          ipv4.group(1),
          number(text, ipv4.group(2), 1, IPV4_BITS),
          number(text, ipv4.group(3), 1, MAX_PORT));
    }
    Matcher ipv6 = IPV6.matcher(lower);
    if (ipv6.matches()) {
      Integer bits = number(text, ipv6.group(2), 1, IPV6_BITS);
      return new DirectHost(text, Kind.IPV6, ipv6.group(1), bits, null);
    }
    Matcher brackets = BRACKETS.matcher(lower);
    if (brackets.matches()) {
      Integer port = number(text, brackets.group(2), 1, MAX_PORT);
      return new DirectHost(text, Kind.IPV6, brackets.group(1), null, port);
    }
    Matcher domain = DOMAIN.matcher(lower);
    if (domain.matches() && !NUMERIC.matcher(domain.group(1)).matches()) {
      Integer port = number(text, domain.group(2), 1, MAX_PORT);
      return new DirectHost(text, Kind.DOMAIN, domain.group(1), null, port);
    }
    throw malformed(text);
  }

  private static @Nullable Integer number(
      String text, @Nullable String digits, int least, int most) {
    if (digits == null) {
      return null;
    }
    int number = Integer.parseInt(digits);
    if (number < least || number > most) {
      throw malformed(text);
    }
    return number;
  }

  private static RefusedException malformed(String text) {
    // What has an '@' may be a URL with a password.
    String shown = text.contains("@") ? "What is there" : "'" + Printable.of(text) + "'";
    return new RefusedException(
        shown + " is not a host to reach without the proxy.",
        "Write a host, a domain with a dot before it, an address or a network, like"
            + " 'localhost', '.company.example', '10.1.2.3' or '10.0.0.0/8'; no URL.");
  }

  @Override
  public String toString() {
    return text;
  }
}
