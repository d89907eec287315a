package io.github.goldenmaven.mojo;

import io.github.goldenmaven.Progress;
import io.github.goldenmaven.Size;
import java.io.PrintStream;
import java.time.Clock;

/**
 * One line at the bottom of a terminal for all transfers under way, redrawn at most ten times a
 * second and wiped before anything else is written.
 */
final class ProgressBar {

  private static final int WIDTH = 30;
  private static final long REDRAWN_AFTER_MILLIS = 100;

  private final PrintStream terminal;
  private final Clock clock;
  private long total;
  private long done;
  private long drawnAt;
  private boolean visible;

  ProgressBar(PrintStream terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  /** Adds a transfer of this many bytes to the line. */
  synchronized Progress transfer(long bytes) {
    total += bytes;
    return this::advanced;
  }

  private synchronized void advanced(long bytes) {
    done += bytes;
    if (done >= total) {
      wipe();
      return;
    }
    long now = clock.millis();
    if (now - drawnAt >= REDRAWN_AFTER_MILLIS) {
      drawnAt = now;
      draw();
    }
  }

  private void draw() {
    int full = (int) Math.max(0, Math.min(WIDTH, WIDTH * done / Math.max(1, total)));
    terminal.print(
        "\r  ["
            + "=".repeat(full)
            + " ".repeat(WIDTH - full)
            + "] "
            + new Size(done)
            + " of "
            + new Size(total)
            + "\033[K");
    terminal.flush();
    visible = true;
  }

  /** Takes the line off the terminal, so that a log line can stand there. */
  synchronized void wipe() {
    if (visible) {
      terminal.print("\r\033[K");
      terminal.flush();
      visible = false;
    }
  }
}
