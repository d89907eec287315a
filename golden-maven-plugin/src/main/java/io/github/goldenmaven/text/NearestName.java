package io.github.goldenmaven.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that is nearest to a mistyped one. */
public final class NearestName {

  private static final int LONGEST = 64;

  private NearestName() {}

  /**
   * The known name nearest to this one: at most one edit in three letters away, an edit being a
   * letter more, less or other, or two neighbours swapped; letter case counts for nothing.
   */
  public static Optional<String> among(Collection<String> known, String mistyped) {
    if (mistyped.length() > LONGEST) {
      return Optional.empty();
    }
    String wanted = mistyped.toLowerCase(Locale.ROOT);
    int tolerance = Math.max(1, mistyped.length() / 3);
    return known.stream()
        .filter(name -> distance(name.toLowerCase(Locale.ROOT), wanted) <= tolerance)
        .min(
            Comparator.comparingInt(
                    (String name) -> distance(name.toLowerCase(Locale.ROOT), wanted))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** {@code Did you mean 'x'?}, or all that is known. */
  public static String advice(Collection<String> known, String mistyped) {
    return among(known, mistyped)
        .map(name -> "Did you mean '" + name + "'?")
        .orElseGet(() -> "Known are '" + String.join("', '", known) + "'.");
  }

  /** Optimal string alignment distance. */
  public static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        edits[i][j] = i == 0 ? j : j == 0 ? i : cheapest(edits, a, b, i, j);
      }
    }
    return edits[a.length()][b.length()];
  }

  private static int cheapest(int[][] edits, String a, String b, int i, int j) {
    int other = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int best =
        Math.min(Math.min(edits[i - 1][j] + 1, edits[i][j - 1] + 1), edits[i - 1][j - 1] + other);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
  }
}
