package io.github.goldenmaven.provenance;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Feature versions of the JVMs of a golden image, as its label {@link Label#GOLDEN_JAVA} writes
 * them: {@code 17,21}, or {@code none}.
 *
 * @param features the one that {@code PATH} finds first comes first; each once, 8 to 99
 */
public record JavaVersions(List<Integer> features) {

  /** There is no JVM. */
  public static final JavaVersions NONE = new JavaVersions(List.of());

  private static final String NO_JVM = "none";
  private static final int OLDEST = 8;
  private static final int NEWEST = 99;
  private static final Pattern GRAMMAR = Pattern.compile("[1-9][0-9]?(,[1-9][0-9]?){0,63}");

  public JavaVersions {
    features = features.stream().distinct().toList();
    if (!features.stream().allMatch(JavaVersions::canBeStamped)) {
      throw new IllegalArgumentException("no Java versions: " + features);
    }
  }

  /** Whether the label has a place for it: today's JVMs, and those of the next decades. */
  public static boolean canBeStamped(int feature) {
    return feature >= OLDEST && feature <= NEWEST;
  }

  /**
   * Reads a label's value.
   *
   * @throws RefusedException when it is no such list
   */
  public static JavaVersions parse(String value) {
    if (value.equals(NO_JVM)) {
      return NONE;
    }
    if (GRAMMAR.matcher(value).matches()) {
      List<Integer> features = Arrays.stream(value.split(",", -1)).map(Integer::valueOf).toList();
      if (features.stream().allMatch(JavaVersions::canBeStamped)
          && features.stream().distinct().count() == features.size()) {
        return new JavaVersions(features);
      }
    }
    throw new RefusedException(
        "'"
            + Printable.of(value)
            + "' in the label '"
            + Label.GOLDEN_JAVA
            + "' is no list of Java versions.",
        "Have the golden image of <base> baked again with golden:bake: it stamps each JVM's feature"
            + " version once, like '21' or '17,21'.");
  }

  /** Whether there is no JVM. */
  public boolean isNone() {
    return features.isEmpty();
  }

  /** What a container gets that starts {@code java}. */
  public int first() {
    return features.get(0);
  }

  /** The newest there is, whatever starts it. */
  public int newest() {
    return Collections.max(features);
  }

  /** As the label writes it. */
  @Override
  public String toString() {
    return isNone()
        ? NO_JVM
        : features.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
