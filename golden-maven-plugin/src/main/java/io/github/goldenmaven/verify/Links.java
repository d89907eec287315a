package io.github.goldenmaven.verify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Symbolic links of an image, and where paths lead through them, as runtimes follow them when they
 * put a layer on: within the image's root.
 */
final class Links {

  /** Linux's own (path_resolution(7)). */
  private static final int MAX_LINKS = 40;

  private final Map<String, String> targets;

  Links() {
    this(Map.of());
  }

  private Links(Map<String, String> targets) {
    this.targets = new HashMap<>(targets);
  }

  Links copy() {
    return new Links(targets);
  }

  void put(String path, String target) {
    targets.put(path, target);
  }

  /** Something else is there now. */
  void remove(String path) {
    targets.remove(path);
  }

  boolean has(String path) {
    return targets.containsKey(path);
  }

  /**
   * Where a path leads when all links on it, its last part too, are followed.
   *
   * @param path from the root, without a slash before it
   * @return empty where links lead in a circle
   */
  Optional<String> follow(String path) {
    Deque<String> todo = new ArrayDeque<>();
    push(todo, path);
    List<String> walked = new ArrayList<>();
    int links = 0;
    while (!todo.isEmpty()) {
      String part = todo.pop();
      if (part.equals("..")) {
        if (!walked.isEmpty()) {
          walked.remove(walked.size() - 1);
        }
        continue;
      }
      walked.add(part);
      String target = targets.get(String.join("/", walked));
      if (target == null) {
        continue;
      }
      if (++links > MAX_LINKS) {
        return Optional.empty();
      }
      if (target.startsWith("/")) {
        walked.clear();
      } else {
        walked.remove(walked.size() - 1);
      }
      push(todo, target);
    }
    return Optional.of(String.join("/", walked));
  }

  private static void push(Deque<String> todo, String path) {
    String[] parts = path.split("/", -1);
    for (int at = parts.length - 1; at >= 0; at--) {
      if (!parts[at].isEmpty() && !parts[at].equals(".")) {
        todo.push(parts[at]);
      }
    }
  }
}
