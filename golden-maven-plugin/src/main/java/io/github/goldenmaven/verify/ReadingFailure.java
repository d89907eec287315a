package io.github.goldenmaven.verify;

import io.github.goldenmaven.DeniedException;
import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.UnavailableException;

/** What becomes of a failure to read something of an image. */
final class ReadingFailure {

  private ReadingFailure() {}

  /** Could not tell where nobody could look; a refusal where what is there is at fault. */
  static Finding of(GoldenException failure, String where) {
    return failure instanceof UnavailableException || failure instanceof DeniedException
        ? ImageAvailable.finding(failure, where)
        : ImageReadable.finding(failure, where);
  }
}
