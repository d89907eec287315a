package io.github.goldenmaven.provenance;

import io.github.goldenmaven.text.Printable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The versions of the classes of a jar, or of a project.
 *
 * @param counts one for each version, the oldest first
 */
public record ClassVersions(List<Count> counts) {

  /** No class. */
  public static final ClassVersions NONE = new ClassVersions(List.of());

  private static final String FORMAT = "class versions 1";
  private static final String END = "end";
  private static final Pattern LINE = Pattern.compile("([0-9]{1,5}) ([01]) ([0-9]{1,9}) (.+)");

  /**
   * Classes of one version.
   *
   * @param first the name of the first by name, with dots; printable
   */
  public record Count(ClassVersion version, int classes, String first) {}

  public ClassVersions {
    counts = List.copyOf(counts);
  }

  /** Gathers what classes there are. */
  public static final class Gathered {

    /** By version, previews after what is none. */
    private final TreeMap<Integer, Tally> tallies = new TreeMap<>();

    /**
     * One more class.
     *
     * @param path of the class file, below what the class path names
     */
    public void add(String path, ClassVersion version) {
      tally(version).add(1, path);
    }

    /** Those of another layer. */
    public void add(ClassVersions others) {
      for (Count count : others.counts()) {
        Tally tally = tally(count.version());
        if (tally.name == null && tally.path == null) {
          tally.name = count.first();
        }
        tally.classes += count.classes();
      }
    }

    private Tally tally(ClassVersion version) {
      int key = version.feature() * 2 + (version.preview() ? 1 : 0);
      return tallies.computeIfAbsent(key, none -> new Tally(version));
    }

    public ClassVersions versions() {
      return of(tallies.values().stream().map(Tally::count).toList());
    }
  }

  /** What there is of one version; the name is written once all are known. */
  private static final class Tally {

    private final ClassVersion version;
    private int classes;
    private @Nullable String path;
    private @Nullable String name;

    Tally(ClassVersion version) {
      this.version = version;
    }

    void add(int more, String of) {
      classes += more;
      if (path == null || of.compareTo(path) < 0) {
        path = of;
      }
    }

    Count count() {
      String written = path;
      return new Count(
          version,
          classes,
          name != null
              ? name
              : written == null
                  ? ""
                  : Printable.of(
                      written
                          .substring(0, written.length() - ".class".length())
                          .replace('/', '.')));
    }
  }

  static ClassVersions of(Collection<Count> counts) {
    return new ClassVersions(new ArrayList<>(counts));
  }

  public int all() {
    return counts.stream().mapToInt(Count::classes).sum();
  }

  /** Those that this Java does not load, the oldest version first. */
  public List<Count> beyond(int java) {
    return counts.stream().filter(count -> !count.version().isLoadedBy(java)).toList();
  }

  /** How many this Java does not load. */
  public int tooNew(int java) {
    return beyond(java).stream().mapToInt(Count::classes).sum();
  }

  /** Whether this Java does not load most of them. */
  public boolean isMostlyBeyond(int java) {
    return 2L * tooNew(java) > all();
  }

  /** For the next build. */
  public String toNote() {
    StringBuilder note = new StringBuilder(FORMAT).append('\n');
    for (Count count : counts) {
      note.append(count.version().feature())
          .append(count.version().preview() ? " 1 " : " 0 ")
          .append(count.classes())
          .append(' ')
          .append(count.first())
          .append('\n');
    }
    return note.append(END).toString();
  }

  /** Reads a note; empty for one that is not whole. */
  public static Optional<ClassVersions> ofNote(String note) {
    String[] lines = note.split("\n", -1);
    if (!lines[0].equals(FORMAT) || !lines[lines.length - 1].equals(END)) {
      return Optional.empty();
    }
    List<Count> counts = new ArrayList<>();
    for (int at = 1; at < lines.length - 1; at++) {
      Matcher line = LINE.matcher(lines[at]);
      if (!line.matches()) {
        return Optional.empty();
      }
      counts.add(
          new Count(
              new ClassVersion(Integer.parseInt(line.group(1)), line.group(2).equals("1")),
              Integer.parseInt(line.group(3)),
              line.group(4)));
    }
    return Optional.of(new ClassVersions(counts));
  }
}
