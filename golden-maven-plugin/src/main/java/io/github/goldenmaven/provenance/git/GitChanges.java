package io.github.goldenmaven.provenance.git;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * What {@code git status --porcelain -z} lists: two letters, a blank, a path from the repository's
 * root, a NUL; a folder that git does not know yet is one entry that ends with a slash.
 *
 * @param truncated whether there was more than was read
 */
record GitChanges(String entries, boolean truncated) {

  private static final int PATH = 3;
  private static final String UNTRACKED = "??";

  /** Letters of entries that are followed by another path. */
  private static final String MOVED = "RC";

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Whether a file is new and git was told of it: {@code git add} without a commit yet. */
  boolean adds(Path file) {
    String wanted = file.toString().replace('\\', '/');
    return truncated
        || Arrays.stream(entries.split("\0", -1))
            .filter(entry -> entry.length() > PATH && !entry.startsWith(UNTRACKED))
            .anyMatch(entry -> entry.substring(PATH).equals(wanted));
  }

  /** Paths of what is listed, in its order. */
  List<String> paths() {
    List<String> paths = new ArrayList<>();
    Iterator<String> listed = Arrays.asList(entries.split("\0", -1)).iterator();
    while (listed.hasNext()) {
      String entry = listed.next();
      if (entry.length() > PATH) {
        paths.add(entry.substring(PATH));
        if (MOVED.indexOf(entry.charAt(0)) >= 0 && listed.hasNext()) {
          listed.next(); // Where it was.
        }
      }
    }
    return paths;
  }
}
