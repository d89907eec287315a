package io.github.goldenmaven.verify.finding;

import java.util.Locale;

/** What a finding does to the verdict. */
public enum Severity {
  /** The image is refused. */
  REFUSE,
  /** It could not be told: blocks too. */
  UNKNOWN,
  /** Told, and nothing more. */
  WARN;

  /** As the reports write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
