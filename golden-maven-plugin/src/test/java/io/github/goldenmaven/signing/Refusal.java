package io.github.goldenmaven.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.goldenmaven.RefusedException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a refusal says, and that it says nothing else: with all its causes, as {@code -X} shows. */
final class Refusal {

  /** Shorter than a line of PEM, longer than what stands in text by chance. */
  private static final int PIECE = 10;

  private Refusal() {}

  /**
   * The message of a refusal that shows no secret.
   *
   * @param secrets whole passwords, and keys as they were given
   */
  static String of(ThrowingCallable opening, String... secrets) {
    Throwable thrown = catchThrowable(opening);
    assertThat(thrown).isInstanceOf(RefusedException.class);
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    for (String secret : secrets) {
      for (String line : secret.replaceAll("-----.*?-----", "").lines().toList()) {
        for (int at = 0; at + PIECE <= line.length(); at++) {
          assertThat(text.toString()).doesNotContain(line.substring(at, at + PIECE));
        }
        if (!line.isBlank() && line.length() < PIECE) {
          assertThat(text.toString()).doesNotContain(line);
        }
      }
    }
    return String.valueOf(thrown.getMessage());
  }
}
