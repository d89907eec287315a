package io.github.goldenmaven.registry.credentials;

import java.util.Optional;
import java.util.function.Consumer;

/** Where other tools keep credentials. */
public interface CredentialPlaces {

  /**
   * Asks one place after the other.
   *
   * @param filesAreKnown whether the files of Docker and Podman, and the helpers that they name,
   *     were asked already
   * @param notes told what was wrong with a place, without any of its content
   */
  Optional<Credentials> find(String host, boolean filesAreKnown, Consumer<String> notes);
}
