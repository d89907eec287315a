package io.github.goldenmaven.verify.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.golden.policy.GoldenPolicy.Waiver;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.rules.GoldenAllowed;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifyCsvTest {

  private static final Digest DIGEST = Digest.parse("sha256:" + "a".repeat(64));
  private static final RuleInfo RULE = GoldenAllowed.ABOUT;

  @Test
  void aFindingIsARowAndSoIsAnImageWithoutOne() {
    Finding waived =
        Finding.refuse(RULE, "one of \"ours\"", "theirs, and more", "orders")
            .waived(
                new Waiver(RULE.id(), DIGEST, LocalDate.parse("2026-12-31"), "platform", "moving"));

    assertThat(VerifyCsv.of(report(image("orders", waived), image("billing"))))
        .isEqualTo(
            "\"image\",\"digest\",\"verdict\",\"rule\",\"title\",\"standing\",\"where\",\"expected\",\"found\",\"remedy\",\"effective\",\"owner\",\"until\",\"reason\"\r\n"
                + "\"orders\",\"sha256:"
                + "a".repeat(64)
                + "\",\"pass\",\"GOLDEN_ALLOWED\",\"The golden image must be one of the"
                + " company's\",\"waived\",\"orders\",\"one of \"\"ours\"\"\",\"theirs, and"
                + " more\",\""
                + RULE.remedy()
                + "\",\"\",\"platform\",\"2026-12-31\",\"moving\"\r\n"
                + "\"billing\",\"sha256:"
                + "a".repeat(64)
                + "\",\"pass\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '~',
      value = {
        "=1+1 ~ '=1+1",
        "+1 ~ '+1",
        "-1 ~ '-1",
        "@SUM(A1) ~ '@SUM(A1)",
        "` =1` ~ ` '=1`",
        "\u00A0=1 ~ \u00A0'=1",
        "\uFF1D1 ~ '\uFF1D1",
        "x;=1 ~ x;'=1",
        "x\"=1 ~ x\"\"'=1",
        "|-1 ~ |'-1",
        "a=b ~ a=b",
        "orders@sha256:aa ~ orders@sha256:aa",
        "a - b ~ a - b",
      })
  void nothingIsAFormula(String found, String cell) {
    String csv = VerifyCsv.of(report(image("orders", Finding.refuse(RULE, "x", found, "there"))));

    assertThat(csv).contains(",\"x\",\"" + cell + "\",\"");
  }

  @Property(tries = 300)
  void whateverAnImageSaysIsReadBackAsOneCell(@ForAll String hostile) {
    String csv =
        VerifyCsv.of(report(image("orders", Finding.refuse(RULE, hostile, hostile, hostile))));

    List<List<String>> rows = rows(csv);
    assertThat(rows).hasSize(2).allSatisfy(row -> assertThat(row).hasSize(14));
    for (String cell : rows.get(1)) {
      assertThat(cell.strip()).doesNotStartWith("=").doesNotStartWith("@").doesNotStartWith("+");
    }
  }

  /** RFC 4180, section 2. */
  private static List<List<String>> rows(String csv) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    int at = 0;
    while (at < csv.length()) {
      assertThat(csv.charAt(at)).isEqualTo('"');
      StringBuilder cell = new StringBuilder();
      for (at++; csv.charAt(at) != '"' || csv.startsWith("\"\"", at); at++) {
        at += csv.charAt(at) == '"' ? 1 : 0;
        cell.append(csv.charAt(at));
      }
      row.add(cell.toString());
      at++;
      if (csv.startsWith("\r\n", at)) {
        rows.add(row);
        row = new ArrayList<>();
        at += 2;
      } else {
        assertThat(csv.charAt(at)).isEqualTo(',');
        at++;
      }
    }
    return rows;
  }

  private static ImageReport image(String reference, Finding... findings) {
    return new ImageReport(
        reference, DIGEST, ImageReport.Line.NONE, List.of(RULE.id()), List.of(findings));
  }

  private static GateReport report(ImageReport... images) {
    return new GateReport("golden-policy.yaml", Instant.EPOCH, List.of(images));
  }
}
