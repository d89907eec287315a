package io.github.goldenmaven.verify.rules.image;

import io.github.goldenmaven.provenance.jar.JarFacts;
import io.github.goldenmaven.verify.command.ClassPathSearch;
import io.github.goldenmaven.verify.command.ClassPathSearch.Answer;
import io.github.goldenmaven.verify.command.CommandFiles;
import io.github.goldenmaven.verify.command.CommandReader.Started;
import io.github.goldenmaven.verify.command.JvmStart;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which of the files and classes that are started an image lacks. */
final class StartedFiles {

  static final String LOOK =
      "Start the image once before it is released: its files do not tell whether it starts.";

  private static final String FILE = "a command whose files are in the image";
  private static final String CLASS = "a main class that is in the image";

  /** What a kernel or a runtime puts there when the container starts. */
  private static final Pattern MOUNTED = Pattern.compile("(dev|proc|sys|run)/.*");

  private static final Pattern CLASS_PATH =
      Pattern.compile("-cp|class-?path|java\\.class\\.path|@");
  private static final Set<String> OPTIONS =
      Set.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");

  private final CommandFiles files;
  private final Subject subject;

  StartedFiles(CommandFiles files, Subject subject) {
    this.files = files;
    this.subject = subject;
  }

  Stream<Finding> missing(Started started) {
    List<Finding> findings = new ArrayList<>();
    if (!files.isThere(started.found())) {
      findings.add(absent(started.word(), started.found().path()));
    }
    JvmStart jvm = started.jvmOrNull();
    if (jvm != null) {
      Stream.concat(
              jvm.missing().stream(), Stream.concat(jvm.source().stream(), jvm.jar().stream()))
          .filter(file -> !files.isThere(files.file(file)))
          .forEach(file -> findings.add(absent(file, files.file(file).path())));
      if (findings.isEmpty()) {
        jvm.jar().flatMap(jar -> jar(jar, jvm)).ifPresent(findings::add);
        jvm.main().flatMap(main -> main(main, jvm)).ifPresent(findings::add);
        jvm.module().ifPresent(module -> findings.add(untold(CLASS, module)));
      }
    }
    return findings.stream();
  }

  private Finding absent(String word, String path) {
    boolean later = MOUNTED.matcher(path).matches() || isInVolume(path);
    return later
        ? untold(FILE, word)
        : refuse(FILE, "'" + word + "': no layer of the image has it");
  }

  private boolean isInVolume(String path) {
    return subject.config().runtime().object("Volumes").stream()
        .flatMap(volumes -> volumes.fields().keySet().stream())
        .map(volume -> files.file(volume).path())
        .anyMatch(volume -> path.startsWith(volume + "/"));
  }

  private Optional<Finding> jar(String written, JvmStart jvm) {
    Optional<JarFacts> jar = files.jar(files.file(written).path());
    if (jar.isEmpty()) {
      return Optional.of(untold(CLASS, written));
    }
    Optional<String> main = jar.orElseThrow().mainClass();
    if (main.isEmpty()) {
      return Optional.of(refuse(CLASS, "'" + written + "': its manifest has no Main-Class"));
    }
    return found(
        main.orElseThrow(),
        jvm,
        "'%s': its main class '%s' is neither in it nor on its manifest's class path"
            .formatted(written, main.orElseThrow()));
  }

  private Optional<Finding> main(String name, JvmStart jvm) {
    return found(name, jvm, "'" + name + "': it is nowhere on the class path");
  }

  private Optional<Finding> found(String name, JvmStart jvm, String absent) {
    String otherwise = subject.config().environment().getOrDefault("CLASSPATH", ".");
    Answer answer = new ClassPathSearch(files).find(name, jvm.classPath(otherwise));
    if (answer == Answer.THERE) {
      return Optional.empty();
    }
    boolean sure = answer == Answer.ABSENT && !jvm.isUntold() && !isSetElsewhere();
    return Optional.of(sure ? refuse(CLASS, absent) : untold(CLASS, name));
  }

  /** A variable may bring a class path too. */
  private boolean isSetElsewhere() {
    return subject.config().environment().entrySet().stream()
        .filter(variable -> OPTIONS.contains(variable.getKey()))
        .anyMatch(variable -> CLASS_PATH.matcher(variable.getValue()).find());
  }

  private Finding refuse(String expected, String found) {
    return subject.refuse(CommandPresent.ABOUT, expected, found);
  }

  private Finding untold(String expected, String word) {
    return refuse(expected, "'" + word + "': could not tell whether it is there").warning(LOOK);
  }
}
