package io.github.goldenmaven.verify;

import java.util.List;

/** One demand of the gate. Without state: the same rule serves all images of a run. */
interface Rule {

  About about();

  /** What an image's platform does not meet of it; empty where all is well. */
  List<Finding> check(Subject subject);
}
