package io.github.goldenmaven.verify.command;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.golden.JvmOption;
import io.github.goldenmaven.verify.command.CommandReader.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a JVM is told on its command line, argument files read, up to the class it starts.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html">The java
 *     command, java Command-Line Argument Files</a>
 */
final class JvmWords {

  /** A word, and whether it came of a file, in which no other file is named. */
  private record Word(String text, boolean ofFile) {}

  /** Told what is found. */
  interface Teller {
    void tell(Kind kind, String text, String reason);
  }

  /** Of a command and its argument files; Linux takes fewer on a command line. */
  private static final int MAX_WORDS = 100_000;

  private final CommandFiles files;
  private final Set<String> trusted;
  private final Teller teller;
  private final JvmStart start = new JvmStart();
  private final Deque<Word> todo = new ArrayDeque<>();
  private int read;

  JvmWords(CommandFiles files, Set<String> trusted, Teller teller) {
    this.files = files;
    this.trusted = trusted;
    this.teller = teller;
  }

  /** Reads the words behind the program. */
  JvmStart read(List<String> words) {
    words.forEach(word -> todo.add(new Word(word, false)));
    boolean more = true;
    while (more) {
      String word = next();
      more = word != null && word.startsWith("-") && option(word);
      if (word != null && !word.startsWith("-")) {
        start.main(word);
      }
    }
    return start;
  }

  /** The class path of {@code -cp PATH} or {@code --class-path=PATH}. */
  private void classPathOf(String word) {
    int equals = word.startsWith("-") ? word.indexOf('=') : -1;
    String value = equals < 0 ? next() : word.substring(equals + 1);
    if (value != null) {
      classPath(value);
      start.classPath(equals < 0 ? word : word.substring(0, equals), value);
    }
  }

  /** Whether more options may follow. */
  private boolean option(String word) {
    JvmOption option = JvmOption.of(word);
    switch (option.use()) {
      case FREE -> start.option(word);
      case FREE_WITH_NEXT -> {
        start.option(word, next());
        return !word.equals("-m") && !word.equals("--module");
      }
      case AGENT -> agent(word);
      case UNREAD -> teller.tell(Kind.UNREAD, word, option.reason());
      case LEADS_ELSEWHERE -> {
        if (!trusted.contains(word)) {
          teller.tell(Kind.UNREAD, word, option.reason());
        }
        start.option(word);
      }
      case CLASS_PATH -> {
        classPathOf(word);
        return !word.equals("-jar");
      }
      case GOLDENS -> {
        if (!trusted.contains(word)) {
          teller.tell(Kind.REFUSED, word, option.reason());
        }
        if (word.equals("--patch-module") || word.equals("--upgrade-module-path")) {
          next();
        }
        start.untold();
      }
    }
    return true;
  }

  /** A Java agent: the golden image's own, or told. */
  void agent(String word) {
    String path = word.substring("-javaagent:".length()).split("=", 2)[0];
    start.agent(path);
    if (!trusted.contains(word) && !files.file(path).isGoldens()) {
      teller.tell(Kind.AGENT, word, "it is an agent of the service's own");
    }
  }

  private void classPath(String value) {
    for (String entry : value.split(":", -1)) {
      String path = entry.endsWith("/*") ? entry.substring(0, entry.length() - 1) : entry;
      if (!path.equals("*") && !trusted.contains(value) && !files.isInPlace(path)) {
        teller.tell(
            Kind.REFUSED,
            entry,
            "it is neither in a place of the service's nor the golden image's");
      }
    }
  }

  private @Nullable String next() {
    while (!todo.isEmpty()) {
      Word word = todo.remove();
      String text = word.text();
      if (text.equals("--disable-@files") && !word.ofFile()) {
        List<Word> plain = new ArrayList<>();
        todo.forEach(each -> plain.add(new Word(each.text(), true)));
        todo.clear();
        todo.addAll(plain);
      }
      if (word.ofFile() || !text.startsWith("@")) {
        return text;
      }
      if (text.startsWith("@@")) {
        return text.substring(1);
      }
      expand(text);
    }
    return null;
  }

  private void expand(String word) {
    String path = word.substring(1);
    CommandFiles.Found file = files.file(path);
    if (!files.isThere(file)) {
      start.missing(path);
    }
    if (file.isGoldens()) {
      start.untold();
      return;
    }
    Optional<String> content = files.content(path);
    if (content.isEmpty()) {
      start.untold();
      teller.tell(
          files.has(path) ? Kind.REFUSED : Kind.UNREAD,
          word,
          "it names options in a file that " + (files.has(path) ? "is too large" : "is not there"));
      return;
    }
    List<String> words = ArgumentFile.words(content.orElseThrow());
    read += 1 + words.size();
    if (read > MAX_WORDS) {
      throw new UnavailableException(
          "The argument files of the command have more than " + MAX_WORDS + " words.",
          "Have the image built again with each argument file named once and with fewer words in"
              + " it: no honest command needs so many.");
    }
    for (int at = words.size() - 1; at >= 0; at--) {
      todo.addFirst(new Word(words.get(at), true));
    }
  }
}
