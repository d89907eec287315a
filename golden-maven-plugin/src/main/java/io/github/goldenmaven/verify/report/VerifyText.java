package io.github.goldenmaven.verify.report;

import io.github.goldenmaven.text.Printable;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A report for the console: ASCII but for what the image says, which is escaped; a lineage and the
 * findings of each image, and a last line that scripts may look for: {@code golden.verdict=pass}.
 */
public final class VerifyText {

  private static final int SHOWN = 400;

  private final boolean coloured;
  private final List<String> lines = new ArrayList<>();

  private VerifyText(boolean coloured) {
    this.coloured = coloured;
  }

  /** The report as lines, each ended. */
  public static String of(GateReport report, boolean coloured) {
    VerifyText text = new VerifyText(coloured);
    report.images().forEach(text::image);
    if (report.images().size() > 1) {
      text.lines.add(report.summary());
    }
    text.lines.add("golden.verdict=" + report.verdict().word());
    return String.join("\n", text.lines) + "\n";
  }

  private void image(ImageReport image) {
    lines.add(word(image) + "  " + Printable.of(image.reference(), SHOWN));
    image.digest().ifPresent(digest -> lines.add("  " + digest));
    ImageReport.Line line = image.lineage();
    if (line.official() != null || line.golden() != null || line.application() != null) {
      lines.add("");
      ancestor("official", line.official());
      lines.add("     |");
      ancestor("golden", line.golden());
      if (line.application() != null) {
        lines.add("     |  " + seam(line));
        ancestor("application", line.application());
      }
    }
    for (Finding finding : image.findings()) {
      lines.add("");
      finding(finding);
    }
    lines.add("");
  }

  private String seam(ImageReport.Line line) {
    return line.proven()
        ? paint("32", "proven by its layers, " + line.goldenLayers())
        : paint("31", "claimed, not proven");
  }

  private void ancestor(String what, @Nullable String name) {
    lines.add(
        String.format(
            Locale.ROOT, "  %-13s%s", what, name == null ? "-" : Printable.of(name, SHOWN)));
  }

  private void finding(Finding finding) {
    lines.add(
        "  " + standing(finding) + "  " + finding.rule().id() + ": " + finding.rule().title());
    lines.add("    where:    " + Printable.of(finding.where(), SHOWN));
    lines.add("    expected: " + Printable.of(finding.expected(), SHOWN));
    lines.add("    found:    " + Printable.of(finding.found(), SHOWN));
    lines.add("    remedy:   " + Printable.of(finding.remedy(), SHOWN));
    finding.effective().ifPresent(day -> lines.add("    refuses from " + day));
    finding
        .waiver()
        .ifPresent(
            waiver ->
                lines.add(
                    "    waived by "
                        + Printable.of(waiver.owner())
                        + " until "
                        + waiver.until()
                        + ": "
                        + Printable.of(waiver.reason())));
  }

  private String standing(Finding finding) {
    if (finding.waiver().isPresent()) {
      return paint("33", "waived");
    }
    return switch (finding.severity()) {
      case REFUSE -> paint("1;31", "refuse");
      case UNKNOWN -> paint("1;33", "unknown");
      case WARN -> paint("33", "warn");
    };
  }

  /** {@code PASS (2 waived, 1 warning)}. */
  private String word(ImageReport image) {
    Verdict verdict = image.verdict();
    String word = verdict.word().toUpperCase(Locale.ROOT);
    return paint(verdict == Verdict.PASS ? "1;32" : "1;31", word)
        + image.summary().substring(word.length());
  }

  private String paint(String code, String word) {
    return coloured ? "\u001B[" + code + "m" + word + "\u001B[0m" : word;
  }
}
