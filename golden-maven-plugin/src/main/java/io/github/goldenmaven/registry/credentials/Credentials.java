package io.github.goldenmaven.registry.credentials;

/**
 * What a registry is told to let us in. Never printed: {@link #toString()} shows neither.
 *
 * @param user user name; {@code <token>} where the secret is an identity token
 */
public record Credentials(String user, String secret) {

  @Override
  public String toString() {
    return "credentials";
  }
}
