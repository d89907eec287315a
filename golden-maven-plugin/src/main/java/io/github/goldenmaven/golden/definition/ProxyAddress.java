package io.github.goldenmaven.golden.definition;

import io.github.goldenmaven.RefusedException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a proxy is: {@code http://proxy.company.example:3128}.
 *
 * @param scheme how the proxy itself is spoken to, {@code http} or {@code https}
 * @param host a name, an IPv4 address, or an IPv6 address in brackets; lower case
 */
public record ProxyAddress(String scheme, String host, int port) {

  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(https?)://([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\\[[0-9a-f:.]{2,45}])(?::([0-9]{1,5}))?/?",
          Pattern.CASE_INSENSITIVE);
  private static final int MAX_PORT = 65535;

  /**
   * Parses a proxy's URL. No message shows it: it may hold a password.
   *
   * @throws RefusedException when it has credentials, or is no such URL
   */
  public static ProxyAddress parse(String text) {
    if (text.contains("@")) {
      throw new RefusedException(
          "The proxy's URL has credentials, which everyone could read in the image.",
          "Leave user and password out of it, and let the proxy know the company's machines by"
              + " their addresses.");
    }
    Matcher matcher = GRAMMAR.matcher(text);
    if (!matcher.matches()) {
      throw malformed();
    }
    String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
    int port =
        matcher.group(3) != null
            ? Integer.parseInt(matcher.group(3))
            : scheme.equals("http") ? 80 : 443;
    if (port < 1 || port > MAX_PORT) {
      throw malformed();
    }
    return new ProxyAddress(scheme, matcher.group(2).toLowerCase(Locale.ROOT), port);
  }

  private static RefusedException malformed() {
    return new RefusedException(
        "The proxy's URL is not one of a scheme, a host and a port.",
        "Write one like 'http://proxy.company.example:3128', without path and credentials.");
  }

  @Override
  public String toString() {
    return scheme + "://" + host + ":" + port;
  }
}
