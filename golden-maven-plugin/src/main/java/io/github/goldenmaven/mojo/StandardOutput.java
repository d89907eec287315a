package io.github.goldenmaven.mojo;

import java.io.PrintStream;

/** What was asked for, and stays when {@code mvn -q} silences the log. */
final class StandardOutput {

  private StandardOutput() {}

  static void print(String text) {
    PrintStream out = System.out;
    out.println(text);
    out.flush();
  }

  static boolean isColoured() {
    return Terminal.isWatched() && !"never".equals(System.getProperty("style.color"));
  }
}
