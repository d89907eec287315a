package io.github.goldenmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.console.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

  private static final String WIPED = "\r\033[K";

  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
  private final Ticking clock = new Ticking();
  private final ProgressBar bar =
      new ProgressBar(new PrintStream(terminal, true, StandardCharsets.UTF_8), clock);

  @Test
  void showsTwoTransfersAsOne() {
    Progress first = bar.transfer("Sending x", 6_000);
    Progress second = bar.transfer("Sending x", 4_000);

    first.advanced(3_000);
    second.advanced(3_000);
    first.advanced(3_000);
    second.advanced(1_000);

    assertThat(drawn())
        .isEqualTo(
            line("======              ", "3.0 KB of 10.0 KB: 2 transfers")
                + line("============        ", "6.0 KB of 10.0 KB, 3.0 KB/s, 2 s left: 2 transfers")
                + line("==================  ", "9.0 KB of 10.0 KB, 3.0 KB/s, 1 s left: Sending x")
                + WIPED);
  }

  @Test
  void goesBackWithATransferThatIsResumed() {
    Progress progress = bar.transfer("Sending x", 10_000);

    progress.advanced(9_000);
    progress.advanced(-9_000);
    progress.advanced(-1_000);
    progress.advanced(6_000);

    assertThat(drawn())
        .isEqualTo(
            line("==================  ", "9.0 KB of 10.0 KB: Sending x")
                + line("                    ", "0 B of 10.0 KB: Sending x")
                + line("                    ", "0 B of 10.0 KB: Sending x")
                + line("==========          ", "5.0 KB of 10.0 KB, 1.3 KB/s, 4 s left: Sending x"));
  }

  @Test
  void comesBackWithACompleteTransferThatIsSentAgain() {
    Progress progress = bar.transfer("Sending x", 10_000);

    progress.advanced(10_000);
    progress.advanced(-10_000);
    progress.advanced(5_000);

    assertThat(drawn())
        .isEqualTo(
            line("                    ", "0 B of 10.0 KB: Sending x")
                + line("==========          ", "5.0 KB of 10.0 KB, 2.5 KB/s, 2 s left: Sending x"));
  }

  @Test
  void oneTransferThatSendsTooMuchTakesNothingFromAnother() {
    Progress first = bar.transfer("Sending x", 5_000);
    Progress second = bar.transfer("Sending x", 5_000);

    first.advanced(50_000);
    assertThat(drawn()).isEqualTo(line("==========          ", "5.0 KB of 10.0 KB: Sending x"));
    second.advanced(5_000);
    assertThat(drawn()).endsWith(WIPED);
  }

  @Test
  void drawsNothingForATransferOfNothing() {
    Progress progress = bar.transfer("Sending x", 0);

    progress.advanced(0);
    progress.advanced(-1);

    assertThat(drawn()).isEmpty();
  }

  @Test
  void aTransferOfNothingDoesNotWipeTheOthers() {
    bar.transfer("Sending x", 10_000).advanced(5_000);
    bar.transfer("Sending x", 0).advanced(0);

    String half = "==========          ";
    assertThat(drawn())
        .isEqualTo(
            line(half, "5.0 KB of 10.0 KB: Sending x")
                + line(half, "5.0 KB of 10.0 KB, 2.5 KB/s, 2 s left: Sending x"));
  }

  @Test
  void beginsAnewWhenAllThatCameBeforeIsThrough() {
    bar.transfer("Sending x", 90_000).advanced(90_000);
    bar.transfer("Sending x", 10_000).advanced(5_000);

    assertThat(drawn()).isEqualTo(line("==========          ", "5.0 KB of 10.0 KB: Sending x"));
  }

  @Test
  void isDrawnAtMostTenTimesASecond() {
    clock.tick = Duration.ofMillis(10);
    Progress progress = bar.transfer("Sending x", 1_000);

    for (int sent = 0; sent < 100; sent++) {
      progress.advanced(1);
    }

    assertThat(drawn().split("\r", -1)).hasSize(1 + 10);
  }

  /** What a terminal breaks into two lines cannot be wiped any more. */
  @Test
  void leavesOutWhatDoesNotFitIntoALine() {
    bar.transfer("Sending " + "x".repeat(50), 10_000).advanced(5_000);

    assertThat(drawn()).isEqualTo(line("==========          ", "5.0 KB of 10.0 KB"));
  }

  @Test
  void staysAwayWhileSomethingElseIsWritten() {
    Progress progress = bar.transfer("Sending x", 10_000);
    progress.advanced(5_000);

    bar.insteadOfTheLine(() -> terminal.writeBytes("[INFO] x\n".getBytes(StandardCharsets.UTF_8)));

    assertThat(drawn())
        .isEqualTo(
            line("==========          ", "5.0 KB of 10.0 KB: Sending x") + WIPED + "[INFO] x\n");
  }

  private String drawn() {
    return terminal.toString(StandardCharsets.UTF_8);
  }

  private static String line(String bar, String sizes) {
    return "\r  [" + bar + "] " + sizes + "\033[K";
  }

  /** Goes on by a tick whenever it is looked at. */
  private static final class Ticking extends Clock {

    private Duration tick = Duration.ofSeconds(1);
    private Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      now = now.plus(tick);
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
