package io.github.goldenmaven.registry;

/**
 * A registry refused a manifest because it lacks a blob the manifest names; send all, try again.
 */
public final class MissingBlobException extends Exception {

  private static final long serialVersionUID = 1L;

  public MissingBlobException(String registrySays) {
    super(registrySays);
  }
}
