package io.github.goldenmaven.registry.remote;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.registry.http.Response;
import io.github.goldenmaven.text.Printable;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a list goes on, by the answer's {@code Link} (RFC 8288), found allowed like any address
 * that a registry hands out. One that cannot be read is never the end of the list.
 */
final class NextPage {

  private static final String PARAMETER =
      "\\s*;\\s*(?:[!#$%&'*+.^_`|~0-9A-Za-z-]++(?:\\s*=\\s*(?:\"(?:[^\"\\\\]|\\\\.)*+\"|[^\\s;,\"]++))?)?";
  private static final Pattern LINK =
      Pattern.compile("\\s*(?:,\\s*)*<([^>]*)>((?:" + PARAMETER + ")*+)\\s*(?:,|$)");
  private static final Pattern RELATION =
      Pattern.compile(";\\s*rel\\s*=\\s*(?:\"([^\"]*)\"|([^\\s;,\"]+))", Pattern.CASE_INSENSITIVE);

  private NextPage() {}

  /**
   * The address of the next page; empty where this one is the last.
   *
   * @throws UnavailableException where the header cannot be read
   */
  static Optional<URI> of(RegistryHost host, Response answer) {
    Optional<URI> next = Optional.empty();
    for (String header : answer.headers().allValues("Link")) {
      Matcher link = LINK.matcher(header);
      int at = 0;
      while (at < header.length() && !header.substring(at).isBlank()) {
        if (!link.region(at, header.length()).lookingAt()) {
          throw unreadable(host, header);
        }
        at = link.end();
        if (next.isEmpty() && isNext(link.group(2))) {
          next = Optional.of(address(host, answer, link.group(1)));
        }
      }
    }
    return next;
  }

  private static boolean isNext(String parameters) {
    Matcher relation = RELATION.matcher(parameters);
    if (!relation.find()) {
      return false;
    }
    String names = relation.group(1) == null ? relation.group(2) : relation.group(1);
    return (" " + names + " ").toLowerCase(java.util.Locale.ROOT).contains(" next ");
  }

  private static URI address(RegistryHost host, Response answer, String link) {
    try {
      return host.resolve(answer, link);
    } catch (RefusedException e) {
      throw new UnavailableException(e.problem(), e.remedy(), e);
    }
  }

  private static UnavailableException unreadable(RegistryHost host, String header) {
    return new UnavailableException(
        host.failures().server()
            + " says by 'Link: "
            + Printable.of(header.replaceAll("\\?[^>]*", "?..."), 100)
            + "' where its list goes on, and that cannot be read.",
        "Look at the registry's configuration, or at what stands between it and us: a list may"
            + " not end there.");
  }
}
