package io.github.goldenmaven.peers;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request as the registry's access log tells it.
 *
 * @param path with its query
 * @param bytes of the answer's body
 */
public record Request(String method, String path, int status, long bytes, String userAgent) {

  /** Apache's combined log format. */
  private static final Pattern LINE =
      Pattern.compile(
          "\\S+ \\S+ \\S+ \\[[^]]*] \"(\\S+) (\\S+) [^\"]*\" (\\d{3}) (\\d+)"
              + " \"(?:\\\\.|[^\"\\\\])*\" \"((?:\\\\.|[^\"\\\\])*)\"");

  static Optional<Request> parse(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Request(
            matcher.group(1),
            matcher.group(2),
            Integer.parseInt(matcher.group(3)),
            Long.parseLong(matcher.group(4)),
            matcher.group(5)));
  }

  /** {@code GET /v2/apps/orders/manifests/1 200}: for comparing a whole conversation. */
  @Override
  public String toString() {
    return method + " " + path + " " + status;
  }
}
