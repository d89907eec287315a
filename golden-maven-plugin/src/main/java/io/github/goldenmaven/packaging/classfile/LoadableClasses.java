package io.github.goldenmaven.packaging.classfile;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.packaging.classfile.ServiceClasses.Library;
import io.github.goldenmaven.packaging.layers.PackagedService;
import io.github.goldenmaven.provenance.ClassVersions;
import io.github.goldenmaven.provenance.ClassVersions.Count;
import io.github.goldenmaven.provenance.Label;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Holds a service's classes to the golden image's Java. A class that is too new fails when it is
 * first used, in the container: one of the project's own, or most of a library's, are refused. A
 * library with some may have others for that Java, as jline has: that is a warning.
 */
public final class LoadableClasses {

  private static final int MAX_TOLD = 10;

  private final StartedJava java;
  private final ServiceClasses classes;

  private LoadableClasses(StartedJava java, ServiceClasses classes) {
    this.java = java;
    this.classes = classes;
  }

  /**
   * Refuses what cannot run, and warns of what may not.
   *
   * @param goldens the golden image's config for each platform
   */
  public static void require(
      List<ImageConfig> goldens, PackagedService service, ServiceClasses classes, Console console) {
    if (goldens.stream().anyMatch(golden -> Label.GOLDEN_JAVA.in(golden.labels()).isEmpty())) {
      console.info(
          "The golden image does not say which Java it has: the release gate checks whether it"
              + " loads the classes. A golden image that is baked again with golden:bake says it");
    }
    goldens.stream()
        .flatMap(golden -> StartedJava.of(golden, service).stream())
        .min(Comparator.comparingInt(StartedJava::feature))
        .map(java -> new LoadableClasses(java, classes))
        .ifPresent(check -> check.require(console));
  }

  private void require(Console console) {
    List<String> problems = new ArrayList<>();
    ownProblem().ifPresent(problems::add);
    List<Library> refused = classes.libraries().stream().filter(this::isRefused).toList();
    refused.stream().limit(MAX_TOLD).map(this::told).forEach(problems::add);
    if (refused.size() > MAX_TOLD) {
      problems.add("So do those of " + (refused.size() - MAX_TOLD) + " more.");
    }
    if (!problems.isEmpty()) {
      throw new RefusedException(
          "The golden image's Java is " + java.feature() + ". " + String.join(" ", problems),
          remedy(refused));
    }
    requirePreviews();
    warn(console);
  }

  private Optional<String> ownProblem() {
    List<Count> beyond = classes.own().beyond(java.feature());
    if (beyond.isEmpty()) {
      return Optional.empty();
    }
    Count newest = beyond.get(beyond.size() - 1);
    int more = classes.own().tooNew(java.feature()) - 1;
    return Optional.of(
        "The project's class '"
            + newest.first()
            + "' is for "
            + newest.version()
            + (more == 0
                ? "."
                : more == 1
                    ? ", and another is too new too."
                    : ", and " + more + " more are too new."));
  }

  private boolean isRefused(Library library) {
    return library.loaded() && library.versions().isMostlyBeyond(java.feature());
  }

  /** {@code 21 of the 490 classes of 'org.jline:jline:3.26.0' are for Java 22 (…).} */
  private String told(Library library) {
    List<Count> beyond = library.versions().beyond(java.feature());
    int count = library.versions().tooNew(java.feature());
    int all = library.versions().all();
    return (count == all
            ? all == 1 ? "The class of '" : "All " + all + " classes of '"
            : count + " of the " + all + " classes of '")
        + library.name()
        + (count == 1 ? "' is for " : "' are for ")
        + beyond.get(beyond.size() - 1).version()
        + ".";
  }

  private String remedy(List<Library> refused) {
    boolean own = classes.own().tooNew(java.feature()) > 0;
    String project =
        own ? "Compile the project for it with maven.compiler.release " + java.feature() : "";
    String libraries =
        refused.isEmpty()
            ? ""
            : (own ? ", take" : "Take")
                + (refused.size() == 1 ? " a version of that library" : " versions of those")
                + " that run"
                + (refused.size() == 1 ? "s on it" : " on it");
    return project
        + libraries
        + ", or name a golden image of Java "
        + wanted(refused)
        + " in <base> or with -Dgolden.base.";
  }

  /** The oldest Java that loads all that is refused. */
  private int wanted(List<Library> refused) {
    List<ClassVersions> all = new ArrayList<>(refused.stream().map(Library::versions).toList());
    all.add(classes.own());
    return all.stream()
        .flatMap(versions -> versions.beyond(java.feature()).stream())
        .mapToInt(count -> count.version().feature())
        .max()
        .orElse(java.feature());
  }

  private void requirePreviews() {
    Optional<Count> preview =
        classes.own().counts().stream().filter(count -> count.version().preview()).findFirst();
    if (preview.isPresent() && !java.previews()) {
      throw new RefusedException(
          "The project's class '"
              + preview.orElseThrow().first()
              + "' uses preview features of Java "
              + java.feature()
              + ", and nothing starts the service with '--enable-preview'.",
          "Add '--enable-preview' to <container><jvmFlags>, or compile without it.");
    }
  }

  private void warn(Console console) {
    List<String> some =
        classes.libraries().stream()
            .filter(library -> library.versions().tooNew(java.feature()) > 0)
            .map(this::told)
            .toList();
    if (!some.isEmpty()) {
      console.warn(
          String.join(" ", some.stream().limit(MAX_TOLD).toList())
              + (some.size() > MAX_TOLD
                  ? " So are some of " + (some.size() - MAX_TOLD) + " more."
                  : "")
              + " The golden image's Java is "
              + java.feature()
              + ": what needs them fails when it is first used.",
          "Nothing has to be done where the service runs without them; else take another version,"
              + " or a golden image of a newer Java in <base> or with -Dgolden.base.");
    }
  }
}
