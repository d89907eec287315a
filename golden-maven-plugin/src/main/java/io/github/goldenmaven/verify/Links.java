package io.github.goldenmaven.verify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Symbolic links of an image, and where paths lead through them, as runtimes follow them when they
 * put a layer on: within the image's root.
 */
final class Links {

  /** Linux's own (path_resolution(7)). */
  private static final int MAX_LINKS = 40;

  /** By path, so that what is below a folder is together. */
  private final NavigableMap<String, String> targets;

  /**
   * Where a path leads.
   *
   * @param path with all links followed
   * @param crossed the links on the way, in order
   */
  record Walk(String path, List<String> crossed) {}

  Links() {
    this(Map.of());
  }

  private Links(Map<String, String> targets) {
    this.targets = new TreeMap<>(targets);
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

  /** Nothing is below this path now. */
  void removeBelow(String path) {
    targets.subMap(path + "/", path + "0").clear();
  }

  List<String> paths() {
    return List.copyOf(targets.keySet());
  }

  /** The target of the link at this very path; empty where there is none. */
  Optional<String> target(String path) {
    return Optional.ofNullable(targets.get(path));
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
    return walk(path).map(Walk::path);
  }

  /** The same, with the links on the way. */
  Optional<Walk> walk(String path) {
    Deque<String> todo = new ArrayDeque<>();
    push(todo, path);
    List<String> walked = new ArrayList<>();
    List<String> crossed = new ArrayList<>();
    while (!todo.isEmpty()) {
      String part = todo.pop();
      if (part.equals("..")) {
        if (!walked.isEmpty()) {
          walked.remove(walked.size() - 1);
        }
        continue;
      }
      walked.add(part);
      String here = String.join("/", walked);
      String target = targets.get(here);
      if (target == null) {
        continue;
      }
      crossed.add(here);
      if (crossed.size() > MAX_LINKS) {
        return Optional.empty();
      }
      if (target.startsWith("/")) {
        walked.clear();
      } else {
        walked.remove(walked.size() - 1);
      }
      push(todo, target);
    }
    return Optional.of(new Walk(String.join("/", walked), crossed));
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
