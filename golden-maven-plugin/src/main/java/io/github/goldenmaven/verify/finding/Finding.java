package io.github.goldenmaven.verify.finding;

import io.github.goldenmaven.golden.policy.GoldenPolicy.Waiver;
import io.github.goldenmaven.text.Printable;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One demand that an image does not meet. Texts may hold what the image says, unescaped: whoever
 * shows them escapes them.
 *
 * @param expected what was demanded
 * @param found what is there instead
 * @param where image, platform, layer or key
 * @param remedy what to do about it
 * @param effectiveOrNull from which day it refuses, where the policy gives one
 * @param waiverOrNull what lets it through
 */
public record Finding(
    RuleInfo rule,
    Severity severity,
    String expected,
    String found,
    String where,
    String remedy,
    @Nullable LocalDate effectiveOrNull,
    @Nullable Waiver waiverOrNull) {

  /** Where both would look the same. */
  private static final String HIDDEN =
      " (another in what is not shown: a user, a password, its end)";

  /** Reports are read, mailed and kept by many; a password in a label or variable is not theirs. */
  public Finding {
    boolean other = !expected.equals(found);
    expected = Printable.concealed(expected);
    found = Printable.concealed(found);
    where = Printable.concealed(where);
    remedy = Printable.concealed(remedy);
    if (other && expected.equals(found)) {
      found += HIDDEN;
    }
  }

  /** Refuses with the rule's own remedy. */
  public static Finding refuse(RuleInfo rule, String expected, String found, String where) {
    return new Finding(rule, Severity.REFUSE, expected, found, where, rule.remedy(), null, null);
  }

  /** Could not tell. */
  public static Finding unknown(
      RuleInfo rule, String expected, String found, String where, String remedy) {
    return new Finding(rule, Severity.UNKNOWN, expected, found, where, remedy, null, null);
  }

  public Finding withRemedy(String other) {
    return new Finding(
        rule, severity, expected, found, where, other, effectiveOrNull, waiverOrNull);
  }

  /** The same as a warning, for good. */
  public Finding warning(String other) {
    return new Finding(
        rule, Severity.WARN, expected, found, where, other, effectiveOrNull, waiverOrNull);
  }

  /** The same as a warning, until this day. */
  public Finding warningUntil(LocalDate effective) {
    return new Finding(
        rule, Severity.WARN, expected, found, where, remedy, effective, waiverOrNull);
  }

  public Finding waived(Waiver waiver) {
    return new Finding(rule, severity, expected, found, where, remedy, effectiveOrNull, waiver);
  }

  public Optional<LocalDate> effective() {
    return Optional.ofNullable(effectiveOrNull);
  }

  public Optional<Waiver> waiver() {
    return Optional.ofNullable(waiverOrNull);
  }

  /** As reports write it: {@code waived}, else the severity's word. */
  public String standing() {
    return waiverOrNull == null ? severity.word() : "waived";
  }

  /** Whether it keeps the image from passing. */
  public boolean blocks() {
    return waiverOrNull == null && severity != Severity.WARN;
  }
}
