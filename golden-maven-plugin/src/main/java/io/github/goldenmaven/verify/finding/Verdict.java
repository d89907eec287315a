package io.github.goldenmaven.verify.finding;

import java.util.Collection;

/**
 * What the gate says of an image, or of a whole run, the better first.
 *
 * <p>Scripts tell them apart by {@code golden.verdict} in {@code result.properties}; Maven's own
 * exit code is 1 for everything but a pass.
 */
public enum Verdict {
  /** Everything demanded is true, or waived. */
  PASS("pass", 0),
  /** Something demanded is not true. */
  REFUSED("refused", 1),
  /** A store could not be asked: blocks too, and asking again may help. */
  UNKNOWN("unknown", 2),
  /** There is nothing to hold an image to: the policy or a parameter is at fault. */
  MISCONFIGURED("misconfigured", 3);

  private final String word;
  private final int code;

  Verdict(String word, int code) {
    this.word = word;
    this.code = code;
  }

  /** As the reports write it. */
  public String word() {
    return word;
  }

  /** As {@code golden.verdict.code} has it: 0 to 3. */
  public int code() {
    return code;
  }

  /** Of several images: a refusal is certain, so it outweighs what could not be told. */
  public static Verdict of(Collection<Verdict> verdicts) {
    if (verdicts.contains(MISCONFIGURED)) {
      return MISCONFIGURED;
    }
    if (verdicts.contains(REFUSED)) {
      return REFUSED;
    }
    return verdicts.contains(UNKNOWN) ? UNKNOWN : PASS;
  }
}
