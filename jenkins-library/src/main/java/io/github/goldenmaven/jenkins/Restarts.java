package io.github.goldenmaven.jenkins;

/** When the controller is restarted while a build runs. */
public enum Restarts {
  /** Never. */
  NONE,
  /**
   * Whenever a step begins: the program is saved, all classes are loaded again, and the program is
   * loaded into the new classes. The first restart compiles a source again; later ones define the
   * classes of that compilation.
   */
  EVERY
}
