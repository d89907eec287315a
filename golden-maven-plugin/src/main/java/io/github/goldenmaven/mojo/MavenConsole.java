package io.github.goldenmaven.mojo;

import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.text.Printable;
import io.github.goldenmaven.text.Size;
import java.util.function.Predicate;
import org.apache.maven.plugin.logging.Log;
import org.jspecify.annotations.Nullable;

/** Speaks through Maven's log; draws a bar where people watch, and quiet lines where none do. */
final class MavenConsole implements Console, AutoCloseable {

  private static final long WORTH_A_LINE = 1_000_000;

  private final Log log;
  private final @Nullable ProgressBar bar;

  private final Predicate<String> unsaid;

  /**
   * @param bar the terminal's progress line; null in batch mode and where output is not a terminal
   * @param unsaid whether a sentence was not said before in this run of Maven, which it is then
   */
  MavenConsole(Log log, @Nullable ProgressBar bar, Predicate<String> unsaid) {
    this.log = log;
    this.bar = bar;
    this.unsaid = unsaid;
  }

  @Override
  public void resolved(String what, String reference, Digest digest) {
    say(what + " " + reference + " is " + digest);
  }

  @Override
  public void layered(String name, long bytes, boolean cached) {
    say("Layer " + name + ": " + new Size(bytes) + (cached ? ", unchanged" : ""));
  }

  @Override
  public void stamped(int labels) {
    say("Stamped " + labels + " labels");
  }

  @Override
  public void mounted(int layers, String from) {
    say("Mounted " + count(layers, "layer") + " from " + from + ", no bytes moved");
  }

  @Override
  public Progress transferring(String what, Digest digest, long bytes) {
    return moving("Sending " + what, bytes);
  }

  @Override
  public Progress reading(String what, Digest digest, long bytes) {
    return moving("Reading " + what, bytes);
  }

  private Progress moving(String what, long bytes) {
    if (bar != null) {
      return bar.transfer(shown(what), bytes);
    }
    if (bytes >= WORTH_A_LINE) {
      say(what + ", " + new Size(bytes));
    }
    return Progress.SILENT;
  }

  @Override
  public void unchanged(String reference, Digest digest) {
    say("Nothing changed: " + reference + " is " + digest + " already");
  }

  @Override
  public void pushed(String reference, Digest digest) {
    say("Pushed " + reference + " as " + digest);
  }

  @Override
  public void wouldPush(String reference, Digest digest) {
    say("Dry run: would push " + reference + " as " + digest + "; nothing was sent");
  }

  /** Once a run: what is true of a reactor is found in each of its modules. */
  @Override
  public void info(String sentence) {
    if (unsaid.test(sentence)) {
      say(sentence);
    }
  }

  /** Once a run, as {@link #info}. */
  @Override
  public void warn(String problem, String remedy) {
    String warning = shown(problem) + " " + shown(remedy);
    if (unsaid.test(warning)) {
      write(() -> log.warn(warning));
    }
  }

  private void say(String line) {
    write(() -> log.info(shown(line)));
  }

  private void write(Runnable line) {
    if (bar == null) {
      line.run();
    } else {
      bar.insteadOfTheLine(line);
    }
  }

  /** Leaves no half-drawn bar in front of what others write next. */
  @Override
  public void close() {
    write(() -> {});
  }

  private static String shown(String text) {
    return Letters.of(Printable.of(text, 4096));
  }

  private static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
