package io.github.goldenmaven.golden.definition;

import io.github.goldenmaven.golden.Given;
import io.github.goldenmaven.golden.ImageTree;
import io.github.goldenmaven.golden.JvmOption;
import io.github.goldenmaven.golden.JvmSearch;
import io.github.goldenmaven.golden.PathSet;
import io.github.goldenmaven.golden.Places;
import io.github.goldenmaven.golden.Variables;
import io.github.goldenmaven.golden.definition.GoldenDefinition.Protect;
import io.github.goldenmaven.oci.ImageConfig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is the golden image's although services could put something there: what its {@code protect}
 * names, its JVMs, where its programs and libraries are found, and what its config and its links
 * name and it lacks. All else that it has is its own by being there.
 *
 * @param links paths of all its symbolic links
 * @param searched folders in which its programs look for libraries; absolute
 */
public record GoldenNeeds(
    ImageConfig config,
    Protect protect,
    ImageTree golden,
    Given given,
    PathSet jvms,
    Collection<String> links,
    Collection<String> searched) {

  /** An absolute path within a command or a variable, like a Java agent's. */
  private static final Pattern PATH = Pattern.compile("(?<![A-Za-z0-9._/-])/[A-Za-z0-9._/+@-]+");

  /** A proxy's, which names no file. */
  private static final Pattern URL = Pattern.compile("\\b(?!file:)[A-Za-z][A-Za-z0-9+.-]*://\\S*");

  /** Of all that, what no place has. */
  public PathSet kept() {
    Set<String> kept = new TreeSet<>(jvms.all());
    Map<String, String> environment = config.environment();
    kept.add("opt/golden");
    protect.paths().forEach(path -> put(path, kept));
    searched.forEach(path -> put(path, kept));
    JvmSearch.onPath(environment).forEach(folder -> put(folder, kept));
    put(environment.getOrDefault("JAVA_HOME", ""), kept);
    put(environment.getOrDefault("SSL_CERT_DIR", ""), kept);
    List<String> told = new ArrayList<>(config.runtime().strings("Entrypoint"));
    told.addAll(config.runtime().strings("Cmd"));
    config.runtime().object("Healthcheck").ifPresent(check -> told.addAll(check.strings("Test")));
    environment.forEach(
        (name, value) -> {
          told.add(value);
          told.addAll(Arrays.asList(value.split(":", -1)));
          if (Variables.isGoldens(name) && !name.equals("CLASSPATH") && !isOptions(value)) {
            paths(URL.matcher(value).replaceAll(" ").replaceAll("[\\s:]+", " "))
                .forEach(path -> waitedFor(path, kept));
          }
        });
    for (String text : told) {
      paths(text).stream().filter(golden::isFile).forEach(kept::add);
      decisive(text).forEach(word -> paths(word).forEach(path -> lacking(path, kept)));
    }
    for (String link : links) {
      waitedFor(golden.resolve(link), kept);
    }
    return new PathSet(kept);
  }

  private void put(String path, Set<String> kept) {
    String relative = clean(path);
    kept.add(relative);
    kept.add(golden.resolve(relative));
  }

  /** As it is, without dots and slashes too many; no link is followed. */
  private static String clean(String path) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }

  /** What is named in a text, links followed. */
  private List<String> paths(String text) {
    List<String> paths = new ArrayList<>();
    Matcher path = PATH.matcher(text);
    while (path.find()) {
      paths.add(golden.resolve(path.group()));
    }
    return paths;
  }

  private static boolean isOptions(String value) {
    return words(value).stream().anyMatch(word -> word.startsWith("-"));
  }

  /**
   * Options for a JVM that no service may give, and files with options: theirs is what they name.
   */
  private static List<String> decisive(String text) {
    return words(text).stream()
        .filter(
            word ->
                word.startsWith("@")
                    || JvmOption.isGoldens(word)
                    || JvmOption.of(word).use() == JvmOption.Use.AGENT)
        .toList();
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split("[\\s\"']+", -1)).filter(word -> !word.isEmpty()).toList();
  }

  /** What somebody names who means the golden image's, or what is given to the service. */
  private void waitedFor(String path, Set<String> kept) {
    if (given.folder(path).isEmpty()) {
      lacking(path, kept);
    }
  }

  /** Programs would trust whoever brings it. */
  private void lacking(String path, Set<String> kept) {
    boolean empty = golden.type(path) == ImageTree.Type.NOTHING || golden.isEmptyFolder(path);
    // A link to one of these means the folder, and everybody's names in it.
    boolean shared = Places.OPEN.contains(path) || path.equals("data");
    if (empty && !shared) {
      kept.add(path);
    }
  }
}
