package io.github.goldenmaven.jenkins.controller;

import java.util.ArrayList;
import java.util.List;

/** The stages of a build in the order of their beginning. */
final class Stages {

  private final List<String> names = new ArrayList<>();
  private final List<String> ends = new ArrayList<>();
  private final List<Integer> depths = new ArrayList<>();

  /**
   * A stage begins.
   *
   * @param around the number of the stage around it; -1 where there is none
   */
  int began(String name, int around) {
    names.add(name);
    ends.add("running");
    depths.add(around < 0 ? 0 : depths.get(around) + 1);
    return names.size() - 1;
  }

  void ended(int stage, boolean failed) {
    if (failed) {
      ends.set(stage, "failed");
    } else if (ends.get(stage).equals("running")) {
      ends.set(stage, "passed");
    }
  }

  /** Marks the innermost stage around a step as unstable. */
  void worsened(Context context) {
    if (context.stage() >= 0) {
      ends.set(context.stage(), "unstable");
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
