package io.github.goldenmaven.verify.command;

import io.github.goldenmaven.golden.PathSet;
import io.github.goldenmaven.provenance.ClassVersion;
import io.github.goldenmaven.provenance.ClassVersions;
import io.github.goldenmaven.provenance.ClassVersions.Count;
import io.github.goldenmaven.provenance.jar.JarFacts;
import io.github.goldenmaven.verify.command.CommandReader.Started;
import io.github.goldenmaven.verify.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A jar of a service.
 *
 * @param path in the image, absolute; of a jar in another, both with an exclamation mark between
 * @param loaded whether the service loads classes from it, as far as can be told
 * @param startedOrNull the version of the class that is started, where it is in this jar
 */
public record ServiceJar(
    String path, boolean loaded, ClassVersions versions, @Nullable ClassVersion startedOrNull) {

  private static final String OF_A_WAR = "/WEB-INF/lib/";

  /** All of them, by path; none is loaded that a command's class path leaves out. */
  public static List<ServiceJar> of(Subject subject, ServiceStart start) {
    Predicate<String> loaded = loaded(start);
    List<ServiceJar> jars = new ArrayList<>();
    subject
        .upper()
        .files()
        .jars()
        .forEach(
            (path, facts) -> add(jars, path, facts, loaded.test(path), isStarted(start, path)));
    return jars;
  }

  private static void add(
      List<ServiceJar> jars, String path, JarFacts facts, boolean loaded, boolean started) {
    jars.add(
        new ServiceJar(
            "/" + path, loaded, facts.versions(), started ? facts.startedOrNull() : null));
    facts
        .nested()
        .forEach(
            (name, versions) ->
                jars.add(new ServiceJar("/" + path + "!/" + name, loaded, versions, null)));
  }

  private static Stream<JvmStart> jvms(ServiceStart start) {
    return Stream.concat(start.sure().stream(), start.maybe().stream())
        .map(Started::jvmOrNull)
        .filter(Objects::nonNull);
  }

  private static boolean isStarted(ServiceStart start, String path) {
    return jvms(start)
        .anyMatch(
            jvm ->
                jvm.jar().filter(jar -> start.files().file(jar).path().equals(path)).isPresent());
  }

  /**
   * What a class path names, and what lies below its folders, where the loaders of frameworks look.
   * Where a script or a server starts the service, all of it.
   */
  private static Predicate<String> loaded(ServiceStart start) {
    Optional<JvmStart> jvm = start.maybe().isEmpty() ? jvms(start).findFirst() : Optional.empty();
    if (jvm.isEmpty() || jvm.orElseThrow().isUntold()) {
      return path -> true;
    }
    List<String> roots = new ArrayList<>();
    for (String entry : jvm.orElseThrow().classPath(".")) {
      roots.add(
          start
              .files()
              .file(entry.endsWith("*") ? entry.substring(0, entry.length() - 1) : entry)
              .path());
    }
    jvm.orElseThrow()
        .jar()
        .map(jar -> PathSet.parent(start.files().file(jar).path()))
        .filter(folder -> !folder.isEmpty())
        .ifPresent(roots::add);
    PathSet below = new PathSet(roots);
    return path -> roots.contains("") || below.covers(path) || path.contains(OF_A_WAR);
  }

  /** Most of its classes are too new, or the one that is started is. */
  public boolean isRefused(int java) {
    boolean started = startedOrNull != null && !startedOrNull.isLoadedBy(java);
    return loaded && (started || versions.isMostlyBeyond(java));
  }

  /** {@code 21 of the 490 classes of '/app/libs/jline.jar' are for Java 22 (…)}. */
  public String told(int java) {
    List<Count> beyond = versions.beyond(java);
    int count = versions.tooNew(java);
    int all = versions.all();
    return (count == all
            ? all == 1 ? "the class of '" : "all " + all + " classes of '"
            : count + " of the " + all + " classes of '")
        + path
        + (count == 1 ? "' is for " : "' are for ")
        + beyond.get(beyond.size() - 1).version();
  }
}
