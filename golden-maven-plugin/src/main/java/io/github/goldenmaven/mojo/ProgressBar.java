package io.github.goldenmaven.mojo;

import io.github.goldenmaven.Progress;
import io.github.goldenmaven.Size;
import java.io.PrintStream;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One line at the bottom of a terminal for all transfers under way, redrawn at most ten times a
 * second and wiped before anything else is written.
 */
final class ProgressBar {

  private static final int WIDTH = 30;
  private static final long REDRAWN_AFTER_MILLIS = 100;

  private final PrintStream terminal;
  private final Clock clock;
  private final Set<Transfer> underWay = new LinkedHashSet<>();
  private long drawnAt;
  private boolean visible;

  ProgressBar(PrintStream terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  /** Adds a transfer of this many bytes to the line. */
  synchronized Progress transfer(long bytes) {
    Transfer transfer = new Transfer(bytes);
    underWay.add(transfer);
    return transfer;
  }

  /** One transfer; what a resume takes back or sends twice changes no other's share. */
  private final class Transfer implements Progress {

    private final long total;
    private long passed;

    Transfer(long total) {
      this.total = total;
    }

    @Override
    public void advanced(long bytes) {
      synchronized (ProgressBar.this) {
        passed += bytes;
        // One that was complete goes on where it is sent again.
        underWay.add(this);
        redraw();
      }
    }

    private long done() {
      return Math.max(0, Math.min(total, passed));
    }

    private boolean isComplete() {
      return done() >= total;
    }
  }

  private void redraw() {
    if (underWay.stream().allMatch(Transfer::isComplete)) {
      underWay.clear();
      wipe();
      return;
    }
    long now = clock.millis();
    if (Math.abs(now - drawnAt) >= REDRAWN_AFTER_MILLIS) {
      drawnAt = now;
      draw();
    }
  }

  private void draw() {
    long done = underWay.stream().mapToLong(Transfer::done).sum();
    long total = underWay.stream().mapToLong(transfer -> transfer.total).sum();
    int full = (int) (WIDTH * done / total);
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

  /** Writes something where the line was; no transfer draws between the two. */
  synchronized void insteadOfTheLine(Runnable writing) {
    wipe();
    writing.run();
  }

  /** Takes the line off the terminal. */
  synchronized void wipe() {
    if (visible) {
      terminal.print("\r\033[K");
      terminal.flush();
      visible = false;
    }
  }
}
