package io.github.goldenmaven.verify;

import io.github.goldenmaven.provenance.Label;
import java.util.List;

/** The sources of a repository's images come from one place. */
final class SourceAllowed implements Rule {

  private static final About ABOUT =
      new About(
          "SOURCE_ALLOWED",
          "The image was built from the sources that the policy names for its repository",
          "Whoever may push to a repository could push a build of a fork.",
          "Build the image from the sources that the policy names, or mend 'sources' of the policy.",
          true);

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    String wanted =
        subject
            .repository()
            .map(image -> subject.policy().sources().get(image.name()))
            .orElse(null);
    String found = Label.SOURCE.in(subject.labels()).orElse("");
    return wanted == null || plain(wanted).equals(plain(found))
        ? List.of()
        : List.of(
            Finding.refuse(
                ABOUT,
                "'" + wanted + "'",
                found.isEmpty() ? "nothing" : "'" + found + "'",
                subject.where() + ", label " + Label.SOURCE));
  }

  /** One repository's addresses differ in a slash or git's ending. */
  private static String plain(String address) {
    String shorter = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    return shorter.endsWith(".git") ? shorter.substring(0, shorter.length() - 4) : shorter;
  }
}
