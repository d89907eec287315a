package io.github.goldenmaven.golden;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a service may put something: it adds, it never reaches into its golden image's tree.
 *
 * <p>A path is the service's if its first component that the golden image lacks lies directly in
 * the root; directly in {@link #OPEN one of the folders} that are there for this; in a folder that
 * is empty in the golden image; or in a folder that is given to applications.
 */
public final class Places {

  /** The system's own: nothing in them is a service's unless it is given, there or not. */
  private static final Set<String> SYSTEM =
      Set.copyOf(
          Arrays.asList(
              "bin boot dev etc lib lib32 lib64 libx32 proc root run sbin sys usr var".split(" ")));

  /** Each service may have names of its own in these. */
  public static final List<String> OPEN = List.of("home", "media", "mnt", "opt", "srv", "tmp");

  private final ImageTree golden;
  private final Given given;
  private final PathSet kept;

  /**
   * @param kept what no place has, whatever the golden image lacks there
   */
  public Places(ImageTree golden, Given given, PathSet kept) {
    this.golden = golden;
    this.given = given;
    this.kept = kept;
  }

  /** Whether a path is the system's own, and so no service's unless it is given. */
  public static boolean isSystem(String path) {
    String first = path.split("/", 2)[0];
    return SYSTEM.contains(first) || first.startsWith(".");
  }

  /**
   * The place that a path is, or is in.
   *
   * @param path which the golden image lacks; no link is followed
   * @return the place's topmost folder; empty where the path is not the service's
   */
  public Optional<String> of(String path) {
    if (golden.has(path) || kept.covers(path)) {
      return Optional.empty();
    }
    String first = path;
    String above = PathSet.parent(path);
    while (!above.isEmpty() && !golden.has(above)) {
      first = above;
      above = PathSet.parent(above);
    }
    if (!above.isEmpty() && !golden.isFolder(above)) {
      return Optional.empty();
    }
    Optional<String> givenFolder = given.folder(path);
    if (givenFolder.isPresent()) {
      return givenFolder;
    }
    if (isSystem(path)) {
      return Optional.empty();
    }
    if (above.isEmpty() || OPEN.contains(above)) {
      return Optional.of(first);
    }
    return golden.isEmptyFolder(above) ? Optional.of(above) : Optional.empty();
  }

  /**
   * Whether a path is in a folder of parts, like {@code /docker-entrypoint.d}, that is the
   * service's by being empty or missing: programs of the golden image may read and run what is
   * there.
   */
  public boolean isPart(String path) {
    return given.folder(path).isEmpty()
        && of(path).filter(place -> place.endsWith(".d") && !place.equals(path)).isPresent();
  }

  /** Whether something new may be put into a folder: then its own entry is on the way there. */
  public boolean leadsTo(String folder) {
    return folder.isEmpty()
        || OPEN.contains(folder)
        || given.isAbove(folder)
        || of(folder + "/x").isPresent()
        || isAboveAnEmptyFolder(folder);
  }

  private boolean isAboveAnEmptyFolder(String folder) {
    return !isSystem(folder)
        && golden.names(folder).stream()
            .anyMatch(name -> golden.isEmptyFolder(folder + "/" + name));
  }

  /** Whether a file of the golden image may be replaced or removed, because itself is given. */
  public boolean mayReplace(String file) {
    return given.file(file) && !kept.covers(file);
  }

  /** Whether a folder that the golden image lacks leads to one that is given. */
  public boolean isAboveGiven(String folder) {
    return given.isAbove(folder);
  }

  /** Whether a path is the golden image's, though it may lack it: its environment names it. */
  public boolean isKept(String path) {
    return kept.covers(path);
  }

  /** Whether what is kept lies below a path. */
  public boolean isAboveKept(String path) {
    return kept.isAbove(path);
  }

  /** Why a path that golden.yaml or a policy gives is not given: a clause for people. */
  public Optional<String> notGiven(String path) {
    Optional<String> named =
        kept.covering(path)
            .filter(name -> given.folder(path).isPresent())
            .map(name -> "'/" + name + "' is the golden image's: its config or a link names it");
    return given.fault(path).or(() -> named);
  }
}
