package io.github.goldenmaven.golden;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds an image's JVMs: one way for the bake, which gives them certificates and a proxy, and for
 * the gate, which holds services to them.
 */
public final class JvmSearch {

  /** Where programs are looked for when an image has no {@code PATH}. */
  public static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static final String PROGRAM = "/bin/java";
  private static final List<String> OF_A_JVM =
      List.of("/release", "/lib/modules", "/lib/rt.jar", "/jre/lib/rt.jar");

  private static final Pattern JAVA_VERSION =
      Pattern.compile("(?m)^JAVA_VERSION=\"?(?:1\\.)?([0-9]{1,4})");

  private final ImageTree tree;
  private final Map<String, String> environment;

  /**
   * @param environment of the image
   */
  public JvmSearch(ImageTree tree, Map<String, String> environment) {
    this.tree = tree;
    this.environment = Map.copyOf(environment);
  }

  /**
   * The homes of the JVMs that a container may start, links followed: those on the {@code PATH},
   * for that is how services are started, then {@code JAVA_HOME}'s, which scripts start. A {@code
   * java} that lies in no JVM, a script before the real one, is passed over.
   */
  public List<String> homes() {
    return all().filter(this::isJvm).toList();
  }

  /** Homes of all JVMs among paths, found or not by whoever starts a container. */
  public static Set<String> homesOfAll(ImageTree tree, Collection<String> paths) {
    return paths.stream()
        .filter(path -> path.endsWith(PROGRAM) && tree.isFile(path))
        .map(path -> path.substring(0, path.length() - PROGRAM.length()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Where a {@code java} is that lies in no JVM; absolute. */
  public List<String> strays() {
    return all().filter(home -> !isJvm(home)).map(home -> "/" + home + PROGRAM).toList();
  }

  /** The file that the {@code PATH} finds as {@code java}, links followed; absolute. */
  public Optional<String> java() {
    return onPath(environment)
        .map(folder -> tree.resolve(folder + "/java"))
        .filter(tree::isFile)
        .map(path -> "/" + path)
        .findFirst();
  }

  /**
   * The first number of a JVM's version: 8, 21.
   *
   * @param release its file {@code release}
   * @return empty where that does not tell it
   */
  public static Optional<Integer> feature(String release) {
    Matcher version = JAVA_VERSION.matcher(release);
    return version.find() ? Optional.of(Integer.valueOf(version.group(1))) : Optional.empty();
  }

  /** The folders that programs are found in, in order, without a slash before them. */
  public static Stream<String> onPath(Map<String, String> environment) {
    return Stream.of(environment.getOrDefault("PATH", DEFAULT_PATH).split(":"))
        .map(JvmSearch::relative)
        .filter(folder -> !folder.isEmpty());
  }

  private Stream<String> all() {
    return Stream.concat(onPath(environment), inJavaHome())
        .flatMap(folder -> around(folder).stream())
        .map(this::aroundJre)
        .distinct();
  }

  private Stream<String> inJavaHome() {
    return Stream.of(relative(environment.getOrDefault("JAVA_HOME", "")))
        .filter(home -> !home.isEmpty())
        .map(home -> home + "/bin");
  }

  /** Like the JVM itself: where its program really lies, whatever the name it was started by. */
  private Optional<String> around(String folder) {
    return Optional.of(tree.resolve(folder + "/java"))
        .filter(tree::isFile)
        .filter(java -> java.endsWith(PROGRAM))
        .map(java -> java.substring(0, java.length() - PROGRAM.length()));
  }

  /** JDK 8 has a JRE inside, and its release file is the JDK's. */
  private String aroundJre(String home) {
    if (!home.endsWith("/jre") || there(home + "/release")) {
      return home;
    }
    String outer = home.substring(0, home.length() - "/jre".length());
    return there(outer + "/release") ? outer : home;
  }

  private boolean isJvm(String home) {
    return OF_A_JVM.stream().anyMatch(name -> there(home + name));
  }

  private boolean there(String path) {
    return tree.has(tree.resolve(path));
  }

  private static String relative(String absolute) {
    return absolute.startsWith("/") ? absolute.replaceAll("^/+|/+$", "") : "";
  }
}
