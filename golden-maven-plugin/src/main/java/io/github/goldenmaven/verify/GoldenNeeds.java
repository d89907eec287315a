package io.github.goldenmaven.verify;

import io.github.goldenmaven.golden.Given;
import io.github.goldenmaven.golden.GoldenDefinition.Protect;
import io.github.goldenmaven.golden.ImageTree;
import io.github.goldenmaven.golden.JvmSearch;
import io.github.goldenmaven.golden.PathSet;
import io.github.goldenmaven.oci.ImageConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is the golden image's although services could put something there: what its {@code protect}
 * names, its JVMs, where its programs are found, and what its config and its links name and it
 * lacks. All else that it has is its own by being there.
 */
record GoldenNeeds(
    ImageConfig config, Protect protect, GoldenContents contents, Given given, PathSet jvms) {

  /** An absolute path within a command or a variable, like a Java agent's. */
  private static final Pattern PATH = Pattern.compile("(?<![A-Za-z0-9._/-])/[A-Za-z0-9._/+@-]+");

  private static final Pattern DECISIVE =
      Pattern.compile(
          "-(javaagent|agentpath|agentlib|Xbootclasspath|XX:VMOptionsFile|XX:Flags|XXaltjvm"
              + "|Djavax\\.net\\.ssl\\.|Djava\\.security\\.|Djava\\.home).*");

  /** A link to one of these means the folder, and everybody's names in it. */
  private static final Set<String> SHARED =
      Set.of("home", "media", "mnt", "opt", "srv", "tmp", "data");

  PathSet kept() {
    Set<String> kept = new TreeSet<>(jvms.all());
    Map<String, String> environment = config.environment();
    kept.add("opt/golden");
    protect.paths().forEach(path -> put(path, kept));
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
          if (Variables.isGoldens(name) && !name.equals("CLASSPATH")) {
            decisive(value).forEach(text -> paths(text).forEach(path -> lacking(path, kept)));
          }
        });
    told.forEach(text -> paths(text).stream().filter(contents::isFile).forEach(kept::add));
    for (String link : contents.links().paths()) {
      lacking(contents.resolve(link), kept);
    }
    return new PathSet(kept);
  }

  private void put(String path, Set<String> kept) {
    String relative = new Links().follow(path).orElse("");
    kept.add(relative);
    kept.add(contents.resolve(relative));
  }

  /** What is named in a text, links followed. */
  private List<String> paths(String text) {
    List<String> paths = new ArrayList<>();
    Matcher path = PATH.matcher(text);
    while (path.find()) {
      paths.add(contents.resolve(path.group()));
    }
    return paths;
  }

  /** Of options for a JVM those that decide which code runs and whom it trusts; else all. */
  private static List<String> decisive(String value) {
    List<String> words =
        Arrays.stream(value.split("[\\s:]+", -1)).filter(word -> !word.isEmpty()).toList();
    return words.stream().anyMatch(word -> word.startsWith("-"))
        ? Arrays.stream(value.split("\\s+", -1))
            .filter(word -> DECISIVE.matcher(word).matches())
            .toList()
        : words;
  }

  /** What somebody names who means the golden image's: whoever brings it is believed. */
  private void lacking(String path, Set<String> kept) {
    ImageTree.Type type = contents.type(path);
    boolean empty = type == ImageTree.Type.NOTHING || contents.isEmptyFolder(path);
    if (empty && !SHARED.contains(path) && given.folder(path).isEmpty()) {
      kept.add(path);
    }
  }
}
