package io.github.goldenmaven.mojo.release;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.text.Printable;
import io.github.goldenmaven.verify.finding.Verdict;
import io.github.goldenmaven.verify.report.GateReport;
import io.github.goldenmaven.verify.report.ImageReport;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the gate's report ends a goal: with the numbers of all verdicts, and whom they are about. */
final class VerdictExceptions {

  private static final int NAMED = 5;

  private VerdictExceptions() {}

  /** Null where everything passes. */
  static @Nullable GoldenException of(GateReport report) {
    return switch (report.verdict()) {
      case PASS -> null;
      case UNKNOWN ->
          new UnavailableException(
              "The gate could not tell of " + named(report, Verdict.UNKNOWN) + rest(report),
              "Look at what it found above, and run it again.");
      case REFUSED, MISCONFIGURED ->
          new RefusedException(
              "The gate refuses " + named(report, Verdict.REFUSED) + rest(report),
              "Each finding above, and in verify.html, names its remedy.");
    };
  }

  /** Of several images with their number: {@code 2 of 12 images, 'a' and 'b'}. */
  private static String named(GateReport report, Verdict verdict) {
    List<ImageReport> images =
        report.images().stream().filter(image -> image.verdict() == verdict).toList();
    String names =
        images.stream()
            .limit(NAMED)
            .map(image -> "'" + Printable.of(image.reference()) + "'")
            .collect(Collectors.joining(", "));
    String more = images.size() > NAMED ? " and " + (images.size() - NAMED) + " more" : "";
    return report.images().size() == 1
        ? names
        : images.size() + " of " + report.images().size() + " images, " + names + more;
  }

  private static String rest(GateReport report) {
    long passed = report.images().stream().filter(image -> image.verdict() == Verdict.PASS).count();
    if (report.images().size() == 1) {
      return ".";
    }
    boolean both =
        report.verdict() != Verdict.UNKNOWN
            && report.images().stream().anyMatch(image -> image.verdict() == Verdict.UNKNOWN);
    return (both ? "; it could not tell of " + named(report, Verdict.UNKNOWN) : "")
        + "; "
        + (passed == 1 ? "1 passes." : passed + " pass.");
  }
}
