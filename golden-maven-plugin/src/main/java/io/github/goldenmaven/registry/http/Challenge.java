package io.github.goldenmaven.registry.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a server wants to be convinced: a scheme with its parameters, both lower case.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1">RFC 9110, section 11.6.1</a>
 */
public record Challenge(String scheme, Map<String, String> parameters) {

  static final String BEARER = "bearer";
  static final String BASIC = "basic";

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*,?\\s*(?<name>[!#$%&'*+.^_`|~0-9A-Za-z-]+)"
              + "(?:\\s*=\\s*(?:\"(?<quoted>(?:[^\"\\\\]|\\\\.)*+)(?:\"|$)|'(?<single>[^']*+)'|(?<bare>[^\\s,\"]*)))?");

  public Challenge {
    parameters = Map.copyOf(parameters);
  }

  /** The challenge we can meet: Bearer before Basic. */
  public static Optional<Challenge> strongest(List<String> headers) {
    List<Challenge> all = headers.stream().flatMap(header -> parse(header).stream()).toList();
    return all.stream()
        .filter(challenge -> challenge.scheme.equals(BEARER))
        .filter(challenge -> !challenge.parameters.getOrDefault("realm", "").isBlank())
        .findFirst()
        .or(() -> all.stream().filter(challenge -> challenge.scheme.equals(BASIC)).findFirst());
  }

  /** Every challenge of one header; what cannot be read ends the list. */
  public static List<Challenge> parse(String header) {
    List<Challenge> challenges = new ArrayList<>();
    String scheme = null;
    Map<String, String> parameters = new HashMap<>();
    Matcher token = TOKEN.matcher(header);
    while (token.lookingAt()) {
      String name = token.group("name").toLowerCase(Locale.ROOT);
      String quoted = token.group("quoted");
      String bare = token.group("single") == null ? token.group("bare") : token.group("single");
      if (quoted == null && bare == null) {
        if (scheme != null) {
          challenges.add(new Challenge(scheme, parameters));
        }
        scheme = name;
        parameters = new HashMap<>();
      } else {
        parameters.putIfAbsent(
            name, quoted != null ? quoted.replaceAll("\\\\(.)", "$1") : String.valueOf(bare));
      }
      token.region(token.end(), header.length());
    }
    if (scheme != null) {
      challenges.add(new Challenge(scheme, parameters));
    }
    return challenges;
  }

  public boolean isBearer() {
    return scheme.equals(BEARER);
  }

  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }
}
