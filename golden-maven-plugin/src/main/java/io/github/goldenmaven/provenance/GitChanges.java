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

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Whether something in a folder, or a new folder around it, is listed. */
  boolean touches(Path folder) {
    String wanted = folder.toString().replace('\\', '/') + "/";
    return truncated
        || Arrays.stream(entries.split("\0", -1))
            .filter(entry -> entry.length() > PATH)
            .map(entry -> entry.substring(PATH))
            .anyMatch(
                path -> path.startsWith(wanted) || (path.endsWith("/") && wanted.startsWith(path)));
  }
}
