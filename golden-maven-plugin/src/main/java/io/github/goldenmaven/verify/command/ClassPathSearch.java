package io.github.goldenmaven.verify.command;

import io.github.goldenmaven.golden.PathSet;
import io.github.goldenmaven.provenance.jar.JarFacts;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Looks for a class where a JVM does: in folders and jars of a class path, and in those that a
 * jar's manifest names.
 *
 * @see <a
 *     href="https://docs.oracle.com/en/java/javase/21/docs/specs/jar/jar.html#class-path-attribute">JAR
 *     file specification, Class-Path attribute</a>
 */
public final class ClassPathSearch {

  /** What is known of a class. */
  public enum Answer {
    THERE,
    ABSENT,
    /** It may be in what is read nowhere here. */
    UNTOLD
  }

  /** Whose classes are the JVM's own. */
  private static final Pattern OF_A_JVM = Pattern.compile("(java|javax|jdk|sun|com\\.sun)\\..*");

  /** Jars of one class path; some thousand are known. */
  private static final int MAX_JARS = 20_000;

  private final CommandFiles files;
  private final Deque<String> todo = new ArrayDeque<>();
  private final Set<String> seen = new HashSet<>();
  private boolean untold;

  public ClassPathSearch(CommandFiles files) {
    this.files = files;
  }

  /**
   * Looks for one.
   *
   * @param name with dots or slashes
   * @param classPath its entries as a command has them
   */
  public Answer find(String name, List<String> classPath) {
    String dotted = name.replace('/', '.');
    if (OF_A_JVM.matcher(dotted).matches()) {
      return Answer.UNTOLD;
    }
    for (String entry : classPath) {
      if (entry.equals("*") || entry.endsWith("/*")) {
        files
            .jarsIn(entry.equals("*") ? "." : entry.substring(0, entry.length() - 2))
            .forEach(this::add);
      } else if (isIn(entry.isEmpty() ? "." : entry, dotted)) {
        return Answer.THERE;
      } else {
        add(files.file(entry).path());
      }
    }
    while (!todo.isEmpty()) {
      String path = todo.remove();
      Optional<JarFacts> jar = files.jar(path);
      if (jar.isEmpty()) {
        untold = true;
      } else if (jar.orElseThrow().names().has(dotted) || named(path, jar.orElseThrow(), dotted)) {
        return Answer.THERE;
      }
    }
    return untold ? Answer.UNTOLD : Answer.ABSENT;
  }

  /** A file that is on the class path; one that is not there is passed over, as a JVM does. */
  private void add(String path) {
    if (seen.size() >= MAX_JARS) {
      untold = true;
    } else if (seen.add(path) && files.isThere(path)) {
      todo.add(path);
    }
  }

  private boolean isIn(String folder, String dotted) {
    return files.isThere(files.file(folder + "/" + dotted.replace('.', '/') + ".class").path());
  }

  /** Whether it is in a folder that a jar's manifest names; the jars named are looked at later. */
  private boolean named(String path, JarFacts jar, String dotted) {
    String folder = "/" + PathSet.parent(path);
    for (String written : jar.classPath()) {
      String plain =
          written.startsWith("file:") ? written.substring(5).replaceFirst("^//(?=/)", "") : written;
      String entry = decoded(plain);
      String absolute = entry.startsWith("/") ? entry : folder + "/" + entry;
      if (absolute.endsWith("/")) {
        if (isIn(absolute, dotted)) {
          return true;
        }
      } else {
        add(files.file(absolute).path());
      }
    }
    return false;
  }

  private static String decoded(String url) {
    try {
      return URLDecoder.decode(url.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return url;
    }
  }
}
