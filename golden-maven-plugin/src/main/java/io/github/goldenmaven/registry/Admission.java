package io.github.goldenmaven.registry;

import io.github.goldenmaven.registry.credentials.Credentials;
import io.github.goldenmaven.registry.http.Access;
import io.github.goldenmaven.registry.http.Challenge;
import io.github.goldenmaven.registry.http.Origin;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one registry lets us in, as far as it has said so. Its own lock guards it: one token is asked
 * for once.
 */
public final class Admission {

  /** A token and when it is no longer worth showing. */
  public record Token(String header, Instant end) {}

  /** How it asks for credentials; {@code null} until it does. */
  public volatile @Nullable Challenge challenge;

  /** Where it answered; {@code null} until it does. */
  public volatile @Nullable Origin origin;

  public final Map<Access, Token> tokens = new HashMap<>();

  /** What was found for an account; none is asked for twice. */
  public final Map<String, Optional<Credentials>> accounts = new HashMap<>();

  /** Headers that opened it. */
  public final Set<String> accepted = new HashSet<>();
}
