package io.github.goldenmaven.mojo;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;

/** Whether a person watches the output. */
final class Terminal {

  private Terminal() {}

  /**
   * False where input or output is a file or a pipe, in CI, and on a terminal that cannot erase.
   */
  @SuppressWarnings("SystemConsoleNull") // From Java 22 on it says itself whether it is a terminal.
  static boolean isWatched() {
    Console console = System.console();
    if (console == null || System.getenv("CI") != null || "dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }
}
