package io.github.goldenmaven.registry;

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
final class Admission {

  /** A token and when it is no longer worth showing. */
  record Token(String header, Instant end) {}

  /** How it asks for credentials; {@code null} until it does. */
  volatile @Nullable Challenge challenge;

  /** Where it answered; {@code null} until it does. */
  volatile @Nullable Origin origin;

  final Map<Access, Token> tokens = new HashMap<>();

  /** What was found for an account; none is asked for twice. */
  final Map<String, Optional<Credentials>> accounts = new HashMap<>();

  /** Headers that opened it. */
  final Set<String> accepted = new HashSet<>();
}
