package io.github.goldenmaven.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes docs/benchmarks.md.
 *
 * @param runs how many runs each median is of
 */
record Report(String service, int runs, List<Row> rows, List<String> notes) {

  /** One case on one kind of base, both tools. */
  record Row(Case what, String base, Measurement jib, Measurement ours) {}

  void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("# Benchmarks\n\n");
    text.append("Made by `mvn -B verify -Pbench`; do not edit.\n\n");
    text.append(service).append(" Each figure is the median of ").append(runs);
    text.append(" runs, the two tools taking turns: ")
        .append(Tool.JIB.title())
        .append(" with `compile jib:build`, ");
    text.append(
        "we with `compile golden:build-no-fork`. *Goal* is the time Maven spends in the goal, *wall* that of the whole Maven process; requests and bytes are those of the registry's access log.\n\n");
    text.append("Machine: ").append(machine()).append("\n\n");
    text.append(
        "| case | base by | goal, jib | goal, ours | ratio | wall, jib | wall, ours | requests, jib | requests, ours | down, jib | down, ours | to reach | reached |\n");
    text.append("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|---|\n");
    rows.forEach(row -> text.append(line(row)));
    text.append('\n');
    notes.forEach(note -> text.append(note).append("\n\n"));
    Files.createDirectories(file.getParent());
    Files.writeString(file, text.toString().strip() + "\n");
  }

  private static String line(Row row) {
    Measurement jib = row.jib();
    Measurement ours = row.ours();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d ms | %d ms | %.2f | %.1f s | %.1f s | %d | %d | %s | %s | %s | %s |%n",
        row.what().title(),
        row.base(),
        jib.goalMillis(),
        ours.goalMillis(),
        (double) ours.goalMillis() / jib.goalMillis(),
        jib.wallMillis() / 1000.0,
        ours.wallMillis() / 1000.0,
        jib.requests(),
        ours.requests(),
        size(jib.bytesDown()),
        size(ours.bytesDown()),
        row.what().aim(),
        row.what().reached(jib, ours) ? "yes" : "no");
  }

  private static String size(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f KB", bytes / 1000.0)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1_000_000.0);
  }

  /** Shape only: no name, no address. */
  private static String machine() throws IOException {
    return Runtime.getRuntime().availableProcessors()
        + " cores ("
        + first("/proc/cpuinfo", "model name")
        + "), "
        + Long.parseLong(first("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / 1_000_000
        + " GB of memory, "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + ", JDK "
        + Runtime.version().feature()
        + ".";
  }

  private static String first(String file, String key) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("0");
    }
  }

  /** Medians of one case, by tool. */
  static Row row(Case what, String base, Map<Tool, List<Measurement>> runs) {
    return new Row(
        what,
        base,
        Measurement.median(runs.getOrDefault(Tool.JIB, List.of())),
        Measurement.median(runs.getOrDefault(Tool.GOLDEN, List.of())));
  }
}
