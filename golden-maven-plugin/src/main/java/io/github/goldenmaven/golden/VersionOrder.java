package io.github.goldenmaven.golden;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Versions part by part, digits as numbers: {@code 21.0.10} is newer than {@code 21.0.9}, and that
 * is newer than {@code 21.0.9-rc1}.
 */
public enum VersionOrder implements Comparator<String> {
  INSTANCE;

  /** What comes before a version, as Maven knows it, and a JDK's early access. */
  private static final Set<String> BEFORE =
      Set.of("alpha", "a", "beta", "b", "milestone", "m", "rc", "cr", "ea", "pre", "snapshot");

  private static final Pattern PART = Pattern.compile("[0-9]+|[A-Za-z]+");

  @Override
  public int compare(String one, String other) {
    Matcher left = PART.matcher(one);
    Matcher right = PART.matcher(other);
    while (true) {
      boolean more = left.find();
      boolean others = right.find();
      if (!more || !others) {
        return more ? longer(left.group()) : others ? -longer(right.group()) : 0;
      }
      int order = part(left.group(), right.group());
      if (order != 0) {
        return order;
      }
    }
  }

  /** A version that has this part where the other one has ended. */
  private static int longer(String part) {
    return BEFORE.contains(part.toLowerCase(Locale.ROOT)) ? -1 : 1;
  }

  private static int part(String one, String other) {
    boolean number = Character.isDigit(one.charAt(0));
    if (number != Character.isDigit(other.charAt(0))) {
      return number ? 1 : -1;
    }
    return number
        ? new BigInteger(one).compareTo(new BigInteger(other))
        : one.compareToIgnoreCase(other);
  }
}
