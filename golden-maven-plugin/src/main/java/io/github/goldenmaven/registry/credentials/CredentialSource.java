package io.github.goldenmaven.registry.credentials;

import java.util.Optional;

/** Looks up credentials for a registry; asked only when a registry demands some. */
@FunctionalInterface
public interface CredentialSource {

  /** Knows none. */
  CredentialSource NONE = host -> Optional.empty();

  /**
   * The credentials for a registry, empty where there are none.
   *
   * @param host as in a reference, with its port where one is given, or an {@linkplain #account
   *     account} of it
   */
  Optional<Credentials> find(String host);

  /**
   * Which account of a host is for a repository: what {@link #find} is to be asked for.
   *
   * @param repository {@code team/orders}
   * @return the host, or the longest path below it that has an account, {@code
   *     registry.example/team}
   */
  default String account(String host, String repository) {
    return host;
  }

  /** The places that {@link #find} looks at, for messages: {@code Maven's settings.xml and …}. */
  default String description() {
    return "the given credentials";
  }
}
