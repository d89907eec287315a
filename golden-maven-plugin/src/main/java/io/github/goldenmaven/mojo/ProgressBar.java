package io.github.goldenmaven.mojo;

import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.text.Size;
import java.io.PrintStream;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.maven.execution.MavenSession;
import org.eclipse.aether.SessionData;

/**
 * One line at the bottom of a terminal for all transfers of a build under way, also those of
 * modules that are built in parallel: redrawn at most ten times a second and wiped before anything
 * else is written.
 */
final class ProgressBar {

  private static final int WIDTH = 20;
  private static final int COLUMNS = 79;
  private static final long REDRAWN_AFTER_MILLIS = 100;
  private static final long SETTLED_AFTER_MILLIS = 2_000;

  private final PrintStream terminal;
  private final Clock clock;
  private final Set<Transfer> underWay = new LinkedHashSet<>();
  private long drawnAt;
  private long begunAt;
  private boolean visible;

  ProgressBar(PrintStream terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  /** The one of all modules of a build: two would draw over each other. */
  static ProgressBar of(MavenSession session) {
    SessionData data = session.getRepositorySession().getData();
    data.set(ProgressBar.class, null, new ProgressBar(System.out, Clock.systemUTC()));
    return (ProgressBar) data.get(ProgressBar.class);
  }

  /**
   * Adds a transfer to the line.
   *
   * @param what is done, as the line says it while nothing else is: {@code Sending dependencies}
   */
  synchronized Progress transfer(String what, long bytes) {
    if (underWay.isEmpty()) {
      begunAt = clock.millis();
    }
    Transfer transfer = new Transfer(what, bytes);
    underWay.add(transfer);
    return transfer;
  }

  /** One transfer; what a resume takes back or sends twice changes no other's share. */
  private final class Transfer implements Progress {

    private final String what;
    private final long total;
    private long passed;

    Transfer(String what, long total) {
      this.what = what;
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
    String line =
        "  [%s%s] %s of %s"
            .formatted("=".repeat(full), " ".repeat(WIDTH - full), new Size(done), new Size(total));
    for (String more : List.of(pace(done, total), what())) {
      // A line that the terminal breaks cannot be wiped.
      line = line.length() + more.length() <= COLUMNS ? line + more : line;
    }
    terminal.print("\r" + line + "\033[K");
    terminal.flush();
    visible = true;
  }

  /** How fast it goes, and how long still: nothing before it has settled. */
  private String pace(long done, long total) {
    long millis = drawnAt - begunAt;
    if (millis < SETTLED_AFTER_MILLIS || done <= 0) {
      return "";
    }
    long perSecond = Math.max(1, done * 1000 / millis);
    long seconds = (total - done + perSecond - 1) / perSecond;
    String left = seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    return ", " + new Size(perSecond) + "/s, " + left + " left";
  }

  private String what() {
    List<Transfer> going = underWay.stream().filter(one -> !one.isComplete()).toList();
    return going.size() == 1 ? ": " + going.get(0).what : ": " + going.size() + " transfers";
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
