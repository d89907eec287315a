package io.github.goldenmaven.contents;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Follows a path part by part through symbolic links, as the kernel would in a container: within
 * the image's root, and forty links at most.
 */
public final class LinkWalk {

  /** Linux's own (path_resolution(7)). */
  public static final int MAX_LINKS = 40;

  private LinkWalk() {}

  /** Where a walk has come to, in some form of a tree. */
  public interface Position {

    /**
     * Goes to a name in the folder that this is, or stays where the name is a link to be followed.
     *
     * @param last whether it is the path's last part
     * @return the link's target
     */
    @Nullable String enter(String name, boolean last);

    /** Goes to the folder above; stays where there is none. */
    void leave();

    void toRoot();

    /** Whether it gives up. */
    default boolean isLost() {
      return false;
    }
  }

  /**
   * Walks.
   *
   * @return whether it came to the end: not where it gave up, nor through too many links, which may
   *     lead in a circle
   */
  public static boolean follow(String path, Position position) {
    Deque<String> ahead = new ArrayDeque<>();
    push(ahead, path);
    int links = 0;
    while (!ahead.isEmpty() && !position.isLost()) {
      String part = ahead.pop();
      if (part.equals("..")) {
        position.leave();
        continue;
      }
      String target = position.enter(part, ahead.isEmpty());
      if (target == null) {
        continue;
      }
      if (++links > MAX_LINKS) {
        return false;
      }
      if (target.startsWith("/")) {
        position.toRoot();
      }
      push(ahead, target);
    }
    return !position.isLost();
  }

  private static void push(Deque<String> ahead, String path) {
    String[] parts = path.split("/", -1);
    for (int at = parts.length - 1; at >= 0; at--) {
      if (!parts[at].isEmpty() && !parts[at].equals(".")) {
        ahead.push(parts[at]);
      }
    }
  }
}
