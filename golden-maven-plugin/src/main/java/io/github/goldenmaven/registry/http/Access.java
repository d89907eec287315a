package io.github.goldenmaven.registry.http;

import java.util.Set;
import java.util.TreeSet;

/**
 * What a request needs to be allowed.
 *
 * @param repository whose the request is, for messages
 * @param push whether it writes
 * @param scopes as token servers name them, {@code repository:apps/orders:pull,push}
 * @see <a href="https://distribution.github.io/distribution/spec/auth/scope/">distribution, token
 *     scope</a>
 */
public record Access(String repository, boolean push, Set<String> scopes) {

  public static Access pull(String repository) {
    return new Access(repository, false, Set.of("repository:" + repository + ":pull"));
  }

  public static Access push(String repository) {
    return new Access(repository, true, Set.of("repository:" + repository + ":pull,push"));
  }

  /** Pushes, and reads what is mounted from another repository. */
  public static Access mount(String repository, String from) {
    return new Access(
        repository,
        true,
        Set.of("repository:" + repository + ":pull,push", "repository:" + from + ":pull"));
  }

  /**
   * Whether a token for this also serves what is wanted. One that was asked for two repositories
   * may have been given for the first alone, so it serves the other only for the same request.
   */
  public boolean covers(Access wanted) {
    return repository.equals(wanted.repository)
        && wanted.scopes.stream()
            .allMatch(
                scope ->
                    scopes.contains(scope)
                        || (scope.endsWith(":pull") && scopes.contains(scope + ",push")));
  }

  /** In an order that does not change. */
  public Iterable<String> sorted() {
    return new TreeSet<>(scopes);
  }
}
