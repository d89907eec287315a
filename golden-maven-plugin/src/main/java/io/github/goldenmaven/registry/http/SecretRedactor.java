package io.github.goldenmaven.registry.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The secrets that servers were shown or gave us: what they say may hold them again. */
public final class SecretRedactor {

  private static final Pattern LOGIN = Pattern.compile("://[^/\\s@'\"]*@");

  /** What signed addresses are signed with; other parameters may be what the user is to follow. */
  private static final Pattern QUERY =
      Pattern.compile(
          "([?&][^=&\\s]*(?:sig|token|secret|passw|credential|policy|key)[^=&\\s]*=)[^&\\s'\"<>]+",
          Pattern.CASE_INSENSITIVE);

  /** A JSON Web Token, RFC 7519. */
  private static final Pattern TOKEN =
      Pattern.compile("eyJ[A-Za-z0-9_-]{10,}(\\.[A-Za-z0-9_-]*){0,2}");

  private final Set<String> secrets = ConcurrentHashMap.newKeySet();

  /** What an {@code Authorization} header says, whole, without its scheme and decoded. */
  void header(String value) {
    String shown = value.substring(value.indexOf(' ') + 1);
    secret(shown);
    if (value.startsWith("Basic ")) {
      String login = new String(Base64.getDecoder().decode(shown), StandardCharsets.UTF_8);
      secret(shown.replace("=", ""));
      secret(login);
      secret(login.substring(login.indexOf(':') + 1));
    }
  }

  /** A password or token, as it is and as forms have it. */
  public void secret(String secret) {
    if (!secret.isEmpty()) {
      secrets.add(secret);
      secrets.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
    }
  }

  /**
   * A server's words with dots for every secret, the longest first: one may be part of another. A
   * signed address, a login in one and a token of somebody else's are secrets too.
   */
  public String hidden(String said) {
    List<String> longestFirst =
        secrets.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    String text = said;
    for (String secret : longestFirst) {
      text = text.replace(secret, "...");
    }
    text = LOGIN.matcher(text).replaceAll("://");
    text = QUERY.matcher(text).replaceAll("$1...");
    return TOKEN.matcher(text).replaceAll("...");
  }
}
