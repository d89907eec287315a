package io.github.goldenmaven.jenkins.controller;

import java.util.ArrayList;
import java.util.List;

/** The stages of a build in the order of their beginning. */
final class Stages {

  private final List<String> names = new ArrayList<>();
  private final List<String> ends = new ArrayList<>();
  private final List<Integer> depths = new ArrayList<>();
  private final List<Integer> open = new ArrayList<>();

  int began(String name) {
    names.add(name);
    ends.add("running");
    depths.add(open.size());
    open.add(names.size() - 1);
    return names.size() - 1;
  }

  void ended(int stage, boolean failed) {
    open.remove((Integer) stage);
    if (failed) {
      ends.set(stage, "failed");
    } else if (ends.get(stage).equals("running")) {
      ends.set(stage, "passed");
    }
  }

  /** The innermost open stage is not what it should be, although it goes on. */
  void worsened(Context context) {
    if (!open.isEmpty()) {
      ends.set(open.get(open.size() - 1), "unstable");
    }
  }

  List<String> shown() {
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      shown.add("  ".repeat(depths.get(i)) + names.get(i) + ": " + ends.get(i));
    }
    return shown;
  }
}
