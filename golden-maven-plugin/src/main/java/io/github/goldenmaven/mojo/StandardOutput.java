package io.github.goldenmaven.mojo;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** What was asked for, and stays when {@code mvn -q} silences the log. */
public final class StandardOutput {

  private StandardOutput() {}

  public static void print(String text) {
    PrintStream out = System.out;
    out.println(Letters.of(text));
    out.flush();
  }

  /** {@code NO_COLOR} with any value asks for none, as no-color.org has it. */
  public static boolean isColoured() {
    return isColoured(System.getenv("NO_COLOR"), System.getProperty("style.color"))
        && Terminal.isWatched();
  }

  public static boolean isColoured(@Nullable String noColor, @Nullable String style) {
    return (noColor == null || noColor.isEmpty()) && !"never".equals(style);
  }
}
