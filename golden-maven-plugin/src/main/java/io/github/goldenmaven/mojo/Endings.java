package io.github.goldenmaven.mojo;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Printable;
import io.github.goldenmaven.verify.GateReport;
import io.github.goldenmaven.verify.ImageReport;
import io.github.goldenmaven.verify.Verdict;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the gate's report ends a goal. */
final class Endings {

  private Endings() {}

  /** Null where everything passes. */
  static @Nullable GoldenException of(GateReport report) {
    return switch (report.verdict()) {
      case PASS -> null;
      case UNKNOWN ->
          new UnavailableException(
              "The gate could not tell of " + named(report, Verdict.UNKNOWN) + ".",
              "Look at what it found above, and run it again.");
      case REFUSED, MISCONFIGURED ->
          new RefusedException(
              "The gate refuses " + named(report, Verdict.REFUSED) + ".",
              "Each finding above, and in verify.html, names its remedy.");
    };
  }

  private static String named(GateReport report, Verdict verdict) {
    return report.images().stream()
        .filter(image -> image.verdict() == verdict)
        .map(ImageReport::reference)
        .limit(5)
        .map(Printable::of)
        .collect(Collectors.joining("', '", "'", "'"));
  }
}
