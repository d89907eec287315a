package io.github.goldenmaven.mojo.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.report.GateReport;
import io.github.goldenmaven.verify.report.ImageReport;
import io.github.goldenmaven.verify.rules.Rules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class VerdictExceptionsTest {

  @Test
  void oneImageIsNamed() {
    assertThat(ending("refused").problem()).isEqualTo("The gate refuses 'refused-0'.");
    assertThat(ending("unknown").problem()).isEqualTo("The gate could not tell of 'unknown-0'.");
  }

  @Test
  void ofSeveralAllVerdictsAreCounted() {
    GoldenException ending = ending("pass", "refused", "unknown", "refused", "pass");

    assertThat(ending).isInstanceOf(RefusedException.class);
    assertThat(ending.problem())
        .isEqualTo(
            "The gate refuses 2 of 5 images, 'refused-1', 'refused-3'; it could not tell of 1 of 5"
                + " images, 'unknown-2'; 2 pass.");
  }

  @Test
  void whatCouldNotBeToldIsCountedToo() {
    GoldenException ending = ending("pass", "unknown");

    assertThat(ending).isInstanceOf(UnavailableException.class);
    assertThat(ending.problem())
        .isEqualTo("The gate could not tell of 1 of 2 images, 'unknown-1'; 1 passes.");
  }

  @Test
  void ofManyTheFirstAreNamed() {
    assertThat(
            ending(
                    new String[] {
                      "refused", "refused", "refused", "refused", "refused", "refused", "refused"
                    })
                .problem())
        .isEqualTo(
            "The gate refuses 7 of 7 images, 'refused-0', 'refused-1', 'refused-2', 'refused-3',"
                + " 'refused-4' and 2 more; 0 pass.");
  }

  @Test
  void aPassEndsNothing() {
    assertThat(VerdictExceptions.of(report("pass", "pass"))).isNull();
  }

  private static GoldenException ending(String... verdicts) {
    return Objects.requireNonNull(VerdictExceptions.of(report(verdicts)));
  }

  private static GateReport report(String... verdicts) {
    List<ImageReport> images = new ArrayList<>();
    for (String verdict : verdicts) {
      String name = verdict + "-" + images.size();
      images.add(
          new ImageReport(name, null, ImageReport.Line.NONE, List.of(), findings(verdict, name)));
    }
    return new GateReport("golden-policy.yaml", Instant.EPOCH, images);
  }

  private static List<Finding> findings(String verdict, String name) {
    return switch (verdict) {
      case "refused" -> List.of(Finding.refuse(Rules.about().get(0), "this", "that", name));
      case "unknown" ->
          List.of(Finding.unknown(Rules.about().get(0), "this", "that", name, "Wait."));
      default -> List.of();
    };
  }
}
