package io.github.goldenmaven.provenance;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * What {@code git status --porcelain -z} lists: two letters, a blank, a path from the repository's
 * root, a NUL; a folder that git does not know yet is one entry that ends with a slash.
 *
 * @param truncated whether there was more than was read
 */
record GitChanges(String entries, boolean truncated) {

  private static final int PATH = 3;
  private static final String UNTRACKED = "??";

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
}
