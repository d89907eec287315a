package io.github.goldenmaven.verify.rules.image;

import io.github.goldenmaven.DeniedException;
import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.verify.finding.Finding;

/** What becomes of a failure to read something of an image. */
public final class ReadingFailure {

  private ReadingFailure() {}

  /** Could not tell where nobody could look; a refusal where what is there is at fault. */
  public static Finding of(GoldenException failure, String where) {
    return failure instanceof UnavailableException || failure instanceof DeniedException
        ? ImageAvailable.finding(failure, where)
        : ImageReadable.finding(failure, where);
  }
}
