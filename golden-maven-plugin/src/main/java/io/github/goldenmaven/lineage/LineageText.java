package io.github.goldenmaven.lineage;

import io.github.goldenmaven.golden.Seam;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.text.Printable;
import io.github.goldenmaven.text.Size;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A lineage for people: the line from the official image, the layers with the seam drawn between
 * them, and the labels. ASCII only, because build logs are read anywhere; what comes from the image
 * is escaped.
 */
public final class LineageText {

  private static final int COMMENT = 60;

  private final Colours colours;
  private final StringBuilder text = new StringBuilder();

  private LineageText(Colours colours) {
    this.colours = colours;
  }

  /**
   * The lineage as lines, each ended.
   *
   * @param coloured for a terminal that knows ANSI colours
   */
  public static String of(ImageLineage image, boolean coloured) {
    LineageText text = new LineageText(coloured ? Colours.ANSI : Colours.NONE);
    text.image(image);
    return text.text.toString();
  }

  private void image(ImageLineage image) {
    line(colours.strong(Printable.of(image.name())));
    line(image.digest().toString());
    List<Lineage> platforms = image.platforms();
    boolean oneLine = platforms.stream().allMatch(platforms.get(0)::isOfOneLineWith);
    if (oneLine) {
      ancestors(platforms.get(0));
    }
    Map<String, String> shared = shared(platforms);
    for (Lineage lineage : platforms) {
      line("");
      line(colours.strong(lineage.platform().toString()) + "  " + lineage.manifest());
      if (!oneLine) {
        ancestors(lineage);
      }
      layers(lineage);
      Map<String, String> own = new TreeMap<>(lineage.labels());
      own.entrySet().removeAll(shared.entrySet());
      labels("labels of this platform", own);
    }
    labels("labels", shared);
  }

  /** The labels that all platforms have alike. */
  private static Map<String, String> shared(List<Lineage> platforms) {
    Map<String, String> shared = new TreeMap<>(platforms.get(0).labels());
    platforms.forEach(lineage -> shared.entrySet().retainAll(lineage.labels().entrySet()));
    return shared;
  }

  private void ancestors(Lineage lineage) {
    line("");
    if (lineage.roleOrNull() == null) {
      line(
          "  "
              + colours.doubtful(
                  Label.ROLE
                      .in(lineage.labels())
                      .map(role -> "Its role '" + Printable.of(role) + "' is not known here.")
                      .orElse("Nothing is stamped on it: it has no label '" + Label.ROLE + "'.")));
      return;
    }
    ancestor("official", lineage.officialOrNull());
    line("     | baked into");
    ancestor("golden", lineage.goldenOrNull());
    if (lineage.applicationOrNull() != null) {
      line("     | built into");
      ancestor("application", lineage.applicationOrNull());
    }
  }

  private void ancestor(String what, @Nullable Ancestor ancestor) {
    String name = ancestor == null ? null : ancestor.nameOrNull();
    String digest = ancestor == null ? null : ancestor.digestOrNull();
    String title = ancestor == null ? null : ancestor.titleOrNull();
    String shown = name == null ? "(name not stamped)" : Printable.of(name);
    line(
        "  "
            + colours.strong(padded(what, 13))
            + shown
            + (title == null ? "" : "  (" + Printable.of(title) + ")"));
    line("               " + (digest == null ? "(digest not stamped)" : Printable.of(digest)));
  }

  private void layers(Lineage lineage) {
    line("");
    line("  layers, top first");
    List<LineageLayer> layers = lineage.layers();
    Seam seam = lineage.seamOrNull();
    for (int at = layers.size(); at > 0; at--) {
      if (seam != null && seam.standing() != Seam.Standing.DISPROVEN && seam.baseLayers() == at) {
        line("  ---- seam, " + standing(seam.standing()) + " ----");
      }
      line(layer(at, layers.get(at - 1)));
    }
    if (seam != null && seam.faultOrNull() != null) {
      line("  seam " + standing(seam.standing()) + ": " + seam.faultOrNull());
    }
  }

  private String standing(Seam.Standing standing) {
    return switch (standing) {
      case PROVEN -> colours.good(standing.toString());
      case CLAIMED -> colours.doubtful(standing.toString());
      case DISPROVEN -> colours.bad(standing.toString());
    };
  }

  private static String layer(int number, LineageLayer layer) {
    String comment = layer.commentOrNull() == null ? "" : Printable.of(layer.commentOrNull());
    return String.format(
            Locale.ROOT,
            "  %4d  %s  %9s  %-11s  %s",
            number,
            layer.digest().shortHex(),
            new Size(layer.size()),
            layer.partOrNull() == null ? "" : layer.partOrNull(),
            cut(comment))
        .stripTrailing();
  }

  private static String cut(String comment) {
    return comment.codePointCount(0, comment.length()) <= COMMENT
        ? comment
        : comment.substring(0, comment.offsetByCodePoints(0, COMMENT)) + "...";
  }

  private void labels(String heading, Map<String, String> labels) {
    if (labels.isEmpty()) {
      return;
    }
    line("");
    line("  " + heading);
    int width =
        labels.keySet().stream().mapToInt(key -> Printable.of(key).length()).max().orElse(0);
    labels.forEach(
        (key, value) ->
            line(
                ("    " + padded(Printable.of(key), width + 2) + Printable.of(value))
                    .stripTrailing()));
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  /** How a terminal shows a word. */
  private enum Colours {
    NONE,
    ANSI;

    String strong(String word) {
      return in("1", word);
    }

    String good(String word) {
      return in("32", word);
    }

    String doubtful(String word) {
      return in("33", word);
    }

    String bad(String word) {
      return in("1;31", word);
    }

    private String in(String code, String word) {
      return this == NONE ? word : "\u001B[" + code + "m" + word + "\u001B[0m";
    }
  }
}
