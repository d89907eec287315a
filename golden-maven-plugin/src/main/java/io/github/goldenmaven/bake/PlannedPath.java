package io.github.goldenmaven.bake;

import io.github.goldenmaven.bake.files.Additions.Addition;

/**
 * One path of a golden image beside the official one.
 *
 * @param change what the bake does there
 */
record PlannedPath(Addition addition, Change change) {

  /** What a bake does to a path. */
  enum Change {
    ADDED("added"),
    REPLACED("replaced"),
    /** The official image has exactly this: no layer repeats it. */
    UNCHANGED("unchanged");

    private final String word;

    Change(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  String path() {
    return addition.entry().path();
  }
}
