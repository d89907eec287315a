package io.github.goldenmaven.verify.command;

import io.github.goldenmaven.golden.PathSet;
import io.github.goldenmaven.provenance.JavaVersions;
import io.github.goldenmaven.verify.command.CommandReader.Started;
import io.github.goldenmaven.verify.finding.GoldenBase;
import io.github.goldenmaven.verify.layers.GoldenContents;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which of a golden image's Javas runs a service. */
public final class StartedJvm {

  private StartedJvm() {}

  /**
   * The feature version. A script, a server or a box may start any of the golden's: then the
   * newest. What the golden's own files say goes before its label, which one baked before the label
   * lacks.
   *
   * @return empty where the golden has no JVM, or none that tells its version
   */
  public static Optional<Integer> of(
      GoldenBase golden, GoldenContents contents, ServiceStart start) {
    Optional<JavaVersions> known =
        contents
            .java(golden.config().environment())
            .or(() -> golden.golden().java())
            .filter(versions -> !versions.isNone());
    Optional<Started> jvm =
        start.sure().stream().filter(started -> started.jvmOrNull() != null).findFirst();
    return known.map(
        versions ->
            jvm.flatMap(started -> exactly(started, contents, versions))
                .orElseGet(versions::newest));
  }

  private static Optional<Integer> exactly(
      Started started, GoldenContents contents, JavaVersions versions) {
    String home = PathSet.parent(PathSet.parent(started.found().path()));
    Stream<String> homes =
        home.endsWith("/jre") ? Stream.of(home, PathSet.parent(home)) : Stream.of(home);
    List<Integer> told = homes.flatMap(each -> contents.feature(each).stream()).toList();
    return told.isEmpty() && started.word().equals("java")
        ? Optional.of(versions.first())
        : told.stream().findFirst();
  }
}
