package io.github.goldenmaven.jenkins;

/** When the controller is restarted while a build runs. */
public enum Restarts {
  /** Never. */
  NONE,
  /**
   * Whenever a step begins: the program is saved, every class is compiled anew, and the program is
   * loaded into the new classes.
   */
  EVERY
}
