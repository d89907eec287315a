package io.github.goldenmaven.verify.command;

import io.github.goldenmaven.golden.JvmOption;
import io.github.goldenmaven.golden.PathSet;
import io.github.goldenmaven.golden.Variables;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a command as the argument vector that a runtime makes of it: which program runs, the golden
 * image's or the service's, through whatever starts it, and what a JVM is told.
 */
public final class CommandReader {

  /** What is told of a command. */
  public enum Kind {
    REFUSED,
    /** A script, or a program of which nobody knows what it does. */
    UNREAD,
    AGENT
  }

  /**
   * One thing.
   *
   * @param text the words meant; foreign text
   * @param reason a clause for people
   */
  public record Told(Kind kind, String text, String reason) {}

  /**
   * A program that is started.
   *
   * @param word as the command names it
   * @param found which file that is
   * @param jvmOrNull what it is told where it is a JVM
   */
  public record Started(String word, CommandFiles.Found found, @Nullable JvmStart jvmOrNull) {}

  private static final int DEPTH = 8;
  private static final Set<String> SHELLS =
      Set.of("sh", "ash", "bash", "dash", "ksh", "mksh", "zsh", "rbash");
  private static final Set<String> STARTERS =
      Set.of("tini", "tini-static", "dumb-init", "docker-init", "catatonit");

  /** Many programs in one: which, its name says, or the first word. */
  private static final Set<String> BOXES = Set.of("busybox", "toybox", "coreutils");

  /** Options of a shell that have nothing read besides the text. */
  private static final Pattern PLAIN_SHELL = Pattern.compile("[-+][abBCcefhkmnuvxET]+|--|--posix");

  /** Options of {@code env} whose value is the next word. */
  private static final Set<String> WITH_A_WORD = Set.of("-u", "--unset", "-C", "--chdir");

  private static final Set<String> ELSEWHERE =
      Set.of("chroot", "unshare", "nsenter", "pivot_root", "bwrap", "proot", "switch_root");
  private static final Pattern LOADER =
      Pattern.compile("ld(-linux.*|-musl.*|\\.so.*|64\\.so.*|-[0-9.]+\\.so|-uClibc.*)");
  private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(?s:(.*))");

  private final CommandFiles files;
  private final Map<String, String> environment;
  private final Set<String> keptVariables;
  private final Set<String> trusted;
  private final Set<Told> told = new LinkedHashSet<>();
  private final List<Started> started = new ArrayList<>();

  /**
   * @param environment the golden image's
   * @param keptVariables what its {@code protect} names
   * @param trusted words of the golden image's own commands
   */
  public CommandReader(
      CommandFiles files,
      Map<String, String> environment,
      Set<String> keptVariables,
      Set<String> trusted) {
    this.files = files;
    this.environment = environment;
    this.keptVariables = keptVariables;
    this.trusted = trusted;
  }

  /** What was found in all that was read. */
  public List<Told> told() {
    return List.copyOf(told);
  }

  /**
   * The programs that were read, and the scripts that shells are given, in the order in which they
   * start. What a shell or a box has within itself is none.
   */
  List<Started> started() {
    return List.copyOf(started);
  }

  /** Reads a command: as a vector, and each word wherever it stands. */
  public void read(List<String> vector) {
    read(vector, false, 0);
    scan(String.join(" ", vector));
  }

  /** A file that the golden image's own command may run. */
  public void part(String path) {
    tell(Kind.UNREAD, path, "the golden image's own programs may run what is in such a folder");
  }

  private void read(List<String> vector, boolean fromShell, int depth) {
    int at = 0;
    while (fromShell && at < vector.size() && assigned(vector.get(at))) {
      at++;
    }
    if (at == vector.size()) {
      return;
    }
    String program = vector.get(at);
    List<String> rest = vector.subList(at + 1, vector.size());
    CommandFiles.Found found = files.program(program);
    String name = BOXES.contains(found.name()) ? baseName(program) : found.name();
    if (!(fromShell && ShellText.isBuiltIn(program)) && !name.equals("java")) {
      started.add(new Started(program, found, null));
    }
    if (depth > DEPTH) {
      tell(Kind.UNREAD, program, "too many programs start one another");
    } else if (LOADER.matcher(name).matches()) {
      tell(Kind.REFUSED, program, "the dynamic loader runs any file with any library");
    } else if (ELSEWHERE.contains(name)) {
      tell(Kind.REFUSED, program, "it leaves the golden image's files");
    } else if (name.equals("java")) {
      java(program, found, rest);
    } else if (found.services()) {
      own(program, found);
    } else {
      goldens(program, name, rest, fromShell, depth);
    }
  }

  private void java(String program, CommandFiles.Found found, List<String> rest) {
    if (!found.isGoldens()) {
      tell(Kind.REFUSED, program, "it is another JVM than the golden image's");
    }
    JvmStart start = new JvmWords(files, trusted, this::tell).read(rest);
    started.add(new Started(program, found, start));
  }

  private void own(String program, CommandFiles.Found found) {
    if (files.isJvm(found.path())) {
      tell(Kind.REFUSED, program, "it is a JVM of the service's own");
    } else {
      tell(Kind.UNREAD, program, "it is a program or script of the service's own");
    }
  }

  private void goldens(
      String program, String name, List<String> rest, boolean fromShell, int depth) {
    if (SHELLS.contains(name)) {
      shell(rest, depth);
    } else if (name.equals("env")) {
      env(rest, depth);
    } else if (STARTERS.contains(name)) {
      starter(rest, depth);
    } else if (BOXES.contains(name) && !rest.isEmpty()) {
      int before = started.size();
      read(rest, false, depth + 1);
      if (started.size() > before && started.get(before).jvmOrNull() == null) {
        started.remove(before);
      }
    } else if (name.equals("exec") && fromShell) {
      if (!rest.isEmpty() && rest.get(0).startsWith("-")) {
        tell(Kind.REFUSED, "exec " + rest.get(0), "it changes what the program is given");
      }
      read(rest, false, depth + 1);
    } else if (!rest.isEmpty()) {
      tell(
          Kind.UNREAD,
          program + " " + String.join(" ", rest),
          "the arguments of the golden image's '" + name + "' are the service's");
    }
  }

  private void starter(List<String> rest, int depth) {
    int at = 0;
    while (at < rest.size() && rest.get(at).startsWith("-")) {
      String option = rest.get(at++);
      if (option.equals("--")) {
        break;
      }
      at += Set.of("-e", "-p", "-r", "--rewrite").contains(option) ? 1 : 0;
    }
    read(rest.subList(Math.min(at, rest.size()), rest.size()), false, depth + 1);
  }

  private void env(List<String> rest, int depth) {
    int at = 0;
    while (at < rest.size()) {
      String word = rest.get(at);
      if (word.startsWith("-") && !word.equals("--") && !word.equals("-v")) {
        tell(Kind.REFUSED, "env " + word, "it takes the golden image's variables away");
        at += WITH_A_WORD.contains(word) ? 1 : 0;
      } else if (!word.startsWith("-") && !assigned(word)) {
        break;
      }
      at++;
    }
    read(rest.subList(Math.min(at, rest.size()), rest.size()), false, depth + 1);
  }

  /** Whether a word sets a variable; what it may not set is told. */
  private boolean assigned(String word) {
    var matcher = ASSIGNMENT.matcher(word);
    if (!matcher.matches()) {
      return false;
    }
    String name = matcher.group(1);
    String value = matcher.group(2);
    String theirs = environment.get(name);
    Optional<String> reason =
        keptVariables.contains(name)
            ? Optional.of("the golden image protects it")
            : Variables.reason(name, theirs == null ? value : null);
    if (!value.equals(theirs) && reason.isPresent()) {
      tell(Kind.REFUSED, name, reason.orElseThrow());
    } else if (!value.equals(theirs)) {
      Variables.leadsElsewhere(name, value).ifPresent(why -> tell(Kind.UNREAD, word, why));
    }
    value(value);
    return true;
  }

  /** Reads a variable's value: options for a JVM, files of them, and what may be started. */
  public void value(String value) {
    new ShellText(value).options().forEach(this::option);
    for (String piece : new ShellText(value).unquoted().pieces()) {
      if (piece.startsWith("@")) {
        optionsOf(piece.substring(1));
      }
      for (String path : piece.split(":", -1)) {
        if (files.isOwnJvm(path)) {
          tell(Kind.REFUSED, path, "it is a JVM of the service's own");
        }
      }
    }
  }

  private void option(String option) {
    JvmOption.Use use = JvmOption.of(option).use();
    if (JvmOption.isGoldens(option) && !trusted.contains(option)) {
      tell(Kind.REFUSED, option, JvmOption.of(option).reason());
    } else if (use == JvmOption.Use.AGENT) {
      new JvmWords(files, trusted, this::tell).agent(option);
    } else if (use == JvmOption.Use.UNREAD
        || (use == JvmOption.Use.LEADS_ELSEWHERE && !trusted.contains(option))) {
      tell(Kind.UNREAD, option, JvmOption.of(option).reason());
    }
  }

  /** Each option in what may be an argument file. */
  private void optionsOf(String path) {
    if (!path.isEmpty() && files.has(path)) {
      files
          .content(path)
          .ifPresentOrElse(
              text -> ArgumentFile.words(text).forEach(this::option),
              () -> tell(Kind.REFUSED, "@" + path, "it names options in a file that is too large"));
    }
  }

  private void shell(List<String> rest, int depth) {
    int at = 0;
    boolean plain = true;
    boolean text = false;
    // Options go on behind -c: the text is the first word that is none.
    while (at < rest.size() && rest.get(at).matches("[-+].*")) {
      String word = rest.get(at++);
      boolean named = word.matches("[-+][A-Za-z]*o");
      at += named ? 1 : 0;
      plain &= PLAIN_SHELL.matcher(named ? word.replaceFirst("o$", "e") : word).matches();
      text |= word.matches("-[A-Za-z]*c[A-Za-z]*");
      if (word.equals("--")) {
        break;
      }
    }
    List<String> words = rest.subList(Math.min(at, rest.size()), rest.size());
    if (text && !words.isEmpty()) {
      text(words.get(0), depth);
    } else if (!words.isEmpty()) {
      script(words.get(0));
    }
    boolean goldens = words.size() == 1 && !files.file(words.get(0)).services();
    if (!plain || (!text && !rest.isEmpty() && !goldens)) {
      tell(Kind.UNREAD, String.join(" ", rest), "it is a script");
    }
  }

  /** In the working directory, else as {@code PATH} finds it. */
  private void script(String word) {
    CommandFiles.Found file = files.file(word);
    boolean onPath = !word.contains("/") && !files.isThere(file);
    started.add(new Started(word, onPath ? files.program(word) : file, null));
  }

  private void text(String text, int depth) {
    ShellText shell = new ShellText(text);
    Optional<List<String>> words = shell.words();
    if (words.isPresent()) {
      read(words.orElseThrow(), true, depth + 1);
    } else {
      tell(Kind.UNREAD, text, "it is a script");
    }
  }

  /** Of what cannot be read too, each word that is the golden image's alone. */
  private void scan(String text) {
    ShellText shell = new ShellText(text);
    shell.options().forEach(this::option);
    pieces(shell);
    shell.unquoted().pieces().forEach(this::program);
  }

  private void pieces(ShellText shell) {
    boolean unsets = false;
    String before = "";
    for (String piece : shell.pieces()) {
      unsets = piece.equals("unset") || unsets(piece) || (unsets && isName(piece));
      String name = piece.replaceFirst("^(-u|--unset=?)", "");
      if (unsets && (Variables.isGoldens(name) || keptVariables.contains(name))) {
        tell(
            Kind.REFUSED,
            name,
            Variables.reason(name, null).orElse("the golden image protects it"));
      }
      assigned(piece);
      program(piece);
      if (piece.startsWith("@")) {
        optionsOf(piece.substring(1));
      }
      if (before.equals("env") && Set.of("-", "-i", "--ignore-environment").contains(piece)) {
        tell(Kind.REFUSED, "env " + piece, "it takes the golden image's variables away");
      }
      before = baseName(piece);
    }
  }

  private static String baseName(String path) {
    return PathSet.parent(path).isEmpty() ? path : path.substring(path.lastIndexOf('/') + 1);
  }

  private static boolean unsets(String piece) {
    return piece.startsWith("-u") || piece.startsWith("--unset");
  }

  private static boolean isName(String piece) {
    return piece.startsWith("-")
        || (piece.matches("[A-Za-z_][A-Za-z0-9_]*") && !piece.equals("java"));
  }

  private void program(String piece) {
    String name = piece.substring(piece.lastIndexOf('/') + 1);
    if (LOADER.matcher(name).matches()) {
      tell(Kind.REFUSED, piece, "the dynamic loader runs any file with any library");
    } else if (ELSEWHERE.contains(name)) {
      tell(Kind.REFUSED, piece, "it leaves the golden image's files");
    } else if (name.equals("java")
        && (piece.contains("/bin/") || files.isOwnJvm(piece))
        && !files.program(piece).isGoldens()) {
      tell(Kind.REFUSED, piece, "it is another JVM than the golden image's");
    }
  }

  private void tell(Kind kind, String text, String reason) {
    told.add(new Told(kind, text, reason));
  }
}
