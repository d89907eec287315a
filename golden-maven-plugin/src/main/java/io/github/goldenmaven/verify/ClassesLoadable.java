package io.github.goldenmaven.verify;

import io.github.goldenmaven.provenance.ClassVersions;
import io.github.goldenmaven.provenance.ClassVersions.Count;
import io.github.goldenmaven.provenance.JavaVersions;
import java.util.List;
import java.util.Optional;

/**
 * What a build from elsewhere did not look at. Classes in jars are not read here; golden:build does
 * that.
 */
final class ClassesLoadable implements Rule {

  private static final About ABOUT =
      new About(
          "CLASSES_LOADABLE",
          "The golden image's Java loads the service's classes",
          "A class for a newer Java than the golden image has fails when it is first used, in"
              + " production.",
          "Compile the service for the golden image's Java with maven.compiler.release, or have it"
              + " stand on a golden image of a newer one.",
          true);

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    Optional<GoldenBase> golden = subject.ground().actual();
    return golden
        .flatMap(base -> base.golden().java())
        .filter(versions -> !versions.isNone())
        .map(versions -> java(versions, golden.orElseThrow(), subject))
        .flatMap(java -> finding(java, subject))
        .map(List::of)
        .orElse(List.of());
  }

  /** A script, a server or a path may start any of the golden's: then the newest counts. */
  private static int java(JavaVersions versions, GoldenBase golden, Subject subject) {
    List<String> entrypoint = subject.platform().config().runtime().strings("Entrypoint");
    String path = subject.platform().config().environment().getOrDefault("PATH", "");
    boolean byPath =
        !entrypoint.isEmpty()
            && entrypoint.get(0).equals("java")
            && path.equals(golden.platform().config().environment().getOrDefault("PATH", ""));
    return byPath ? versions.first() : versions.newest();
  }

  private static Optional<Finding> finding(int java, Subject subject) {
    ClassVersions classes = subject.upper().classes();
    List<Count> beyond = classes.beyond(java);
    if (beyond.isEmpty()) {
      return Optional.empty();
    }
    Count newest = beyond.get(beyond.size() - 1);
    int more = classes.tooNew(java) - 1;
    return Optional.of(
        Finding.refuse(
            ABOUT,
            "classes of Java " + java + " and older",
            "'"
                + newest.first()
                + "' is for "
                + newest.version()
                + (more == 0 ? "" : ", and " + more + " more are too new"),
            subject.where()));
  }
}
