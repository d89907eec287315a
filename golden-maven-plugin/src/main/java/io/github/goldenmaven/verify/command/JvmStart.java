package io.github.goldenmaven.verify.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a JVM is to start, as its command line says it. */
public final class JvmStart {

  private static final String MODULE = "--module=";
  private static final String SOURCE = "--source";

  private final List<String> agents = new ArrayList<>();
  private final List<String> modulePath = new ArrayList<>();
  private @Nullable List<String> classPath;
  private @Nullable String jar;
  private @Nullable String main;
  private @Nullable String module;
  private @Nullable String missing;
  private boolean source;
  private boolean untold;

  /** The last class path counts. */
  public void classPath(String option, String value) {
    List<String> entries = List.of(value.split(":", -1));
    if (option.equals("-p") || option.equals("--module-path")) {
      for (String entry : entries) {
        modulePath.add(entry);
        modulePath.add(entry + "/*");
      }
    } else {
      classPath = entries;
      jar = option.equals("-jar") ? value : null;
    }
  }

  /** An option of one word. */
  void option(String word) {
    if (word.startsWith(MODULE)) {
      module(word.substring(MODULE.length()));
    }
    source |= word.startsWith(SOURCE);
  }

  /** One whose value is the next word. */
  void option(String word, @Nullable String value) {
    if (value != null && (word.equals("-m") || word.equals("--module"))) {
      module(value);
    }
    source |= word.equals(SOURCE);
  }

  /** {@code module/class}; of a module alone its descriptor tells which class. */
  private void module(String value) {
    int slash = value.indexOf('/');
    if (slash < 0) {
      module = value;
    }
    main(value.substring(slash + 1));
  }

  /** A class, or a source file. */
  public void main(String word) {
    if (main == null) {
      main = word;
    }
  }

  /** Its jar is on the class path as well. */
  void agent(String file) {
    agents.add(file);
  }

  /** It names options in a file that is not there. */
  public void missing(String file) {
    missing = file;
  }

  /** Something says what is read nowhere here. */
  void untold() {
    untold = true;
  }

  /**
   * The class path as it is written, with the module path and the agents' jars.
   *
   * @param otherwise the class path where the command has none
   */
  public List<String> classPath(String otherwise) {
    List<String> all =
        new ArrayList<>(classPath == null ? List.of(otherwise.split(":", -1)) : classPath);
    all.addAll(modulePath);
    all.addAll(agents);
    return all;
  }

  /** The file of {@code -jar}. */
  public Optional<String> jar() {
    return Optional.ofNullable(jar);
  }

  /** The class, with dots or slashes. */
  public Optional<String> main() {
    return source().isPresent() || jar != null || module != null
        ? Optional.empty()
        : Optional.ofNullable(main);
  }

  /** The module, where its descriptor tells which class is meant. */
  public Optional<String> module() {
    return Optional.ofNullable(module);
  }

  /** Whether it is given nothing to run: it tells its version, or how it is used. */
  boolean isIdle() {
    return main == null && jar == null && !untold;
  }

  /** The source file that is compiled and started. */
  public Optional<String> source() {
    return jar != null
        ? Optional.empty()
        : Optional.ofNullable(main).filter(word -> source || word.endsWith(".java"));
  }

  public Optional<String> missing() {
    return Optional.ofNullable(missing);
  }

  public boolean isUntold() {
    return untold;
  }
}
