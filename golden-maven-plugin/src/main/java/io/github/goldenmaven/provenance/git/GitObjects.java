package io.github.goldenmaven.provenance.git;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code git cat-file --batch} answers to {@code HEAD} and {@code HEAD:./pom.xml}: the commit,
 * and the project's POM in it.
 *
 * @param revisionOrNull absent where there is no commit yet
 * @param hasFile whether the commit has the POM
 */
record GitObjects(
    @Nullable String revisionOrNull, @Nullable Instant commitTimeOrNull, boolean hasFile) {

  private static final GitObjects NONE = new GitObjects(null, null, false);
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
  private static final Pattern HEAD =
      Pattern.compile("([0-9a-f]{40}|[0-9a-f]{64}) commit ([0-9]{1,9})\n");
  private static final Pattern FILE = Pattern.compile("\n[0-9a-f]{40,64} blob [0-9]+\n");
  private static final Pattern COMMITTER =
      Pattern.compile("^committer .*> ([0-9]{1,12}) [+-][0-9]{4}$", Pattern.MULTILINE);

  /**
   * Parses an answer.
   *
   * @param text one char per byte, so that git's byte counts are offsets
   */
  static GitObjects parse(String text) {
    Matcher head = HEAD.matcher(text);
    if (!head.lookingAt()) {
      return NONE;
    }
    int end = head.end() + Integer.parseInt(head.group(2));
    if (end > text.length()) {
      return new GitObjects(head.group(1), null, true);
    }
    Matcher file = FILE.matcher(text).region(end, text.length());
    return new GitObjects(head.group(1), time(text.substring(head.end(), end)), file.lookingAt());
  }

  private static @Nullable Instant time(String commit) {
    int headersEnd = commit.indexOf("\n\n");
    Matcher committer =
        COMMITTER.matcher(headersEnd < 0 ? commit : commit.substring(0, headersEnd));
    if (!committer.find()) {
      return null;
    }
    Instant time = Instant.ofEpochSecond(Long.parseLong(committer.group(1)));
    return time.isAfter(LATEST) ? null : time;
  }
}
