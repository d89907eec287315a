package io.github.goldenmaven.verify.subject;

import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.RuleInfo;
import java.util.List;

/** One demand of the gate. Without state: the same rule serves all images of a run. */
public interface Rule {

  RuleInfo about();

  /** What an image's platform does not meet of it; empty where all is well. */
  List<Finding> check(Subject subject);
}
