package io.github.goldenmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.text.Printable;
import io.github.goldenmaven.verify.finding.Verdict;
import io.github.goldenmaven.verify.report.ImageReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code docs/attacks.md}: each attack of the tests with what the user reads; each row must be on
 * it. Run with {@code -Dgolden.docs.write}, the rows that are missing are put there; delete the
 * page first to be rid of those that no test makes any more.
 */
public final class AttackPage {

  private static final Path PAGE = Path.of("..", "docs", "attacks.md");
  private static final String HEAD =
      """
      # Attacks

      Images that lie, each made and pushed to a real registry by a test, and what the gate says of them. Made by the tests; names and
      digests are shortened.

      | | the attack | what the gate says |
      |---|---|---|
      """;

  private AttackPage() {}

  /** Demands that the page tells of an attack as the gate does. */
  static synchronized void holds(String id, String attack, ImageReport report) {
    assertThat(report.verdict()).isNotEqualTo(Verdict.PASS);
    String row = "| " + id + " | " + cell(attack) + " | " + said(report) + " |";
    try {
      if (Boolean.getBoolean("golden.docs.write")) {
        List<String> rows =
            Files.exists(PAGE)
                ? new ArrayList<>(
                    Files.readAllLines(PAGE).stream()
                        .filter(line -> line.matches("\\| [A-Z][0-9]+ \\|.*"))
                        .filter(line -> !line.equals(row))
                        .toList())
                : new ArrayList<>();
        rows.add(row);
        Collections.sort(rows, java.util.Comparator.comparing(AttackPage::order));
        Files.writeString(PAGE, HEAD + String.join("\n", rows) + "\n");
      }
      assertThat(Files.readAllLines(PAGE)).contains(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By the letter, then by the number: 'A2' comes before 'A10'. */
  private static String order(String row) {
    String id = row.substring(2, row.indexOf(' ', 2));
    return id.charAt(0) + "0".repeat(Math.max(0, 4 - id.length())) + id.substring(1) + row;
  }

  private static String said(ImageReport report) {
    return report.findings().stream()
        .map(
            finding ->
                cell(
                    "`%s`: expected %s, found %s. %s"
                        .formatted(
                            finding.rule().id(),
                            finding.expected(),
                            finding.found(),
                            finding.remedy())))
        .distinct()
        .limit(2)
        .collect(Collectors.joining("<br>"));
  }

  private static String cell(String text) {
    return Printable.of(text, 2000)
        .replace("|", "\\|")
        .replace("<", "&lt;")
        .replaceAll("sha256:[0-9a-f]{64}", "sha256:…")
        .replaceAll("localhost:[0-9]+|127\\.0\\.0\\.1:[0-9]+", "registry.company.example")
        .replaceAll("orders:t[0-9]+", "orders:1.4.2");
  }
}
