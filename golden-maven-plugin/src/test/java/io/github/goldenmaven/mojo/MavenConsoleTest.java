package io.github.goldenmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.text.Size;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;

class MavenConsoleTest {

  private static final Digest DIGEST = Digest.of(new byte[0]);
  private final StringBuilder log = new StringBuilder();

  @Test
  void saysAWholeBuildAsTheTextFileHasIt() throws IOException {
    Console console = new MavenConsole(new TextLog(), null, new HashSet<String>()::add);
    String target = "registry.example/apps/orders:1.4.2";
    console.resolved("Golden image", "registry.example/golden/java:21", DIGEST);
    console.info("No golden-policy.yaml: the base's role label was checked, nothing more");
    console.layered("dependencies", 54_321_000, true);
    console.layered("classes", 999, false);
    console.stamped(22);
    console.warn("The label 'x' is odd.", "Fix it in the POM.");
    console.transferring("dependencies", DIGEST, 54_321_000).advanced(54_321_000);
    console.transferring("config", DIGEST, 2_000).advanced(2_000);
    console.reading("a layer of the official image", DIGEST, 81_500_000).advanced(81_500_000);
    console.mounted(1, "registry.example/golden/java");
    console.mounted(3, "registry.example/golden/java");
    console.pushed(target, DIGEST);
    console.unchanged(target, DIGEST);
    console.wouldPush(target, DIGEST);

    assertThat(log.toString()).isEqualTo(expected("console.txt"));
  }

  @Test
  void saysOnceWhatIsFoundInEachModuleOfAReactor() {
    Set<String> said = new HashSet<>();
    for (int module = 0; module < 3; module++) {
      Console console = new MavenConsole(new TextLog(), null, said::add);
      console.warn("An image of this build names no revision.", "Build it in a git checkout.");
      console.info("It is left to the gate.");
      console.stamped(22);
    }

    assertThat(log.toString())
        .isEqualTo(
            "[WARNING] An image of this build names no revision. Build it in a git checkout.\n"
                + "[INFO] It is left to the gate.\n"
                + "[INFO] Stamped 22 labels\n".repeat(3));
  }

  @Test
  void showsNoForeignControlCharacter() {
    new MavenConsole(new TextLog(), null, new HashSet<String>()::add).info("a\u001b[31m\nb\u202ec");

    assertThat(log.toString()).isEqualTo("[INFO] a\\u001B[31m\\u000Ab\\u202Ec\n");
  }

  @Test
  void drawsABarWherePeopleWatchAndWipesItBeforeALine() {
    ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    Console console = new MavenConsole(new TextLog(), bar(terminal), new HashSet<String>()::add);

    Progress progress = console.transferring("dependencies", DIGEST, 10_000_000);
    progress.advanced(5_000_000);
    console.info("x");
    progress.advanced(5_000_000);

    assertThat(terminal.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "\r  [==========          ] 5.0 MB of 10.0 MB: Sending dependencies\033[K"
                + "\r\033[K");
    assertThat(log.toString()).isEqualTo("[INFO] x\n");
  }

  @Test
  void leavesNoBarInFrontOfTheErrorOfAFailedTransfer() {
    ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    try (MavenConsole console =
        new MavenConsole(new TextLog(), bar(terminal), new HashSet<String>()::add)) {
      console.transferring("dependencies", DIGEST, 10_000_000).advanced(5_000_000);
    }

    assertThat(terminal.toString(StandardCharsets.UTF_8)).endsWith("\033[K\r\033[K");
  }

  private static ProgressBar bar(ByteArrayOutputStream terminal) {
    return new ProgressBar(
        new PrintStream(terminal, true, StandardCharsets.UTF_8),
        Clock.fixed(Instant.ofEpochSecond(1_000), ZoneOffset.UTC));
  }

  @Test
  void aSizeIsShownInDecimalUnits() {
    assertThat(new Size(0)).hasToString("0 B");
    assertThat(new Size(999)).hasToString("999 B");
    assertThat(new Size(1_000)).hasToString("1.0 KB");
    assertThat(new Size(999_949)).hasToString("999.9 KB");
    assertThat(new Size(999_950)).hasToString("1.0 MB");
    assertThat(new Size(2_147_483_648L)).hasToString("2.1 GB");
    assertThat(new Size(Long.MAX_VALUE)).hasToString("9.2 EB");
  }

  private static String expected(String name) throws IOException {
    try (InputStream in = MavenConsoleTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Maven's log, as text. */
  private final class TextLog extends SystemStreamLog {
    @Override
    public void info(CharSequence content) {
      log.append("[INFO] ").append(content).append('\n');
    }

    @Override
    public void warn(CharSequence content) {
      log.append("[WARNING] ").append(content).append('\n');
    }
  }
}
