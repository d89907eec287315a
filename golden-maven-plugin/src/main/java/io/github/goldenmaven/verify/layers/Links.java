package io.github.goldenmaven.verify.layers;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.contents.LinkWalk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Symbolic links of an image, and where paths lead through them, as runtimes follow them when they
 * put a layer on: within the image's root.
 */
public final class Links {

  /** Linux's PATH_MAX, in characters. */
  private static final int MAX_PATH = 4096;

  /** Of a path once its links are followed. */
  private static final int MAX_WALKED = 16 * MAX_PATH;

  /**
   * Of one image, each a part of a path and 64 characters before it: some seconds' work. An image
   * of 300 000 files has some 5 million.
   */
  private static final long MAX_STEPS = 50_000_000;

  /** By path, so that what is below a folder is together. */
  private final NavigableMap<String, String> targets;

  private long steps;

  /**
   * Where a path leads.
   *
   * @param path with all links followed
   * @param crossed the links on the way, in order
   */
  record Walk(String path, List<String> crossed) {}

  public Links() {
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

  public List<String> paths() {
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
   * @return empty where links lead in a circle, and where the path is longer than one can be
   * @throws UnavailableException when all paths so far took more steps than one image may take
   */
  public Optional<String> follow(String path) {
    return walk(path).map(Walk::path);
  }

  /** The same, with the links on the way. */
  Optional<Walk> walk(String path) {
    if (path.length() > MAX_PATH) {
      return Optional.empty();
    }
    Walker walker = new Walker();
    return LinkWalk.follow(path, walker)
        ? Optional.of(new Walk(walker.here.toString(), walker.crossed))
        : Optional.empty();
  }

  private final class Walker implements LinkWalk.Position {

    private final StringBuilder here = new StringBuilder();
    private final List<String> crossed = new ArrayList<>();

    @Override
    public @Nullable String enter(String name, boolean last) {
      step(1 + here.length() / 64);
      int parent = here.length();
      here.append(parent == 0 ? "" : "/").append(name);
      String target = targets.get(here.toString());
      if (target != null) {
        crossed.add(here.toString());
        here.setLength(parent);
      }
      return target;
    }

    @Override
    public void leave() {
      step(1 + here.length() / 64);
      here.setLength(Math.max(0, here.lastIndexOf("/")));
    }

    @Override
    public void toRoot() {
      here.setLength(0);
    }

    @Override
    public boolean isLost() {
      return here.length() > MAX_WALKED;
    }
  }

  private void step(int more) {
    steps += more;
    if (steps > MAX_STEPS) {
      throw new UnavailableException(
          "Following the paths and links of the image takes more than " + MAX_STEPS + " steps.",
          "Have the image built again with fewer files behind links: no honest one needs so many.");
    }
  }
}
