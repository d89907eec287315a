package io.github.goldenmaven.jenkins;

/** When the controller is restarted while a build runs. */
public enum Restarts {
  /** Never. */
  NONE,
  /**
   * Whenever a step begins: the program is saved, every class is loaded anew, and the program is
   * loaded into the new classes. A source is compiled anew for the first restart that meets it;
   * later ones define what that compilation gave.
   */
  EVERY
}
