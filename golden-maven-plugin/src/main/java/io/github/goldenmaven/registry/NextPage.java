package io.github.goldenmaven.registry;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a list goes on, by the answer's {@code Link} (RFC 8288), found allowed like any address
 * that a registry hands out.
 */
final class NextPage {

  private static final Pattern NEXT =
      Pattern.compile("<([^>]*)>\\s*(?:;[^,]*)?;\\s*rel=\"?next\"?", Pattern.CASE_INSENSITIVE);

  private NextPage() {}

  static Optional<URI> of(RegistryHost host, Answer answer) {
    for (String link : answer.headers().allValues("Link")) {
      Matcher next = NEXT.matcher(link);
      if (next.find()) {
        return Optional.of(host.resolve(answer, next.group(1)));
      }
    }
    return Optional.empty();
  }
}
