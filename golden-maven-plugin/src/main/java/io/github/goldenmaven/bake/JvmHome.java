package io.github.goldenmaven.bake;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.bake.ImageFiles.Node;
import io.github.goldenmaven.oci.Printable;
import io.github.goldenmaven.provenance.JavaVersions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where an image's JVM is.
 *
 * @param path in the image, as in a layer: {@code opt/java/openjdk}; every link followed
 * @param feature its version's first number: 8, 21
 * @param kind whose machine it is
 */
record JvmHome(String path, int feature, Kind kind) {

  /** Java's virtual machines, as far as they differ here. */
  enum Kind {
    HOTSPOT,
    /** It passes over any {@code -XX:} option it does not know, VMOptionsFile among them. */
    OPENJ9
  }

  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final List<String> OF_A_JVM =
      List.of("/release", "/lib/modules", "/lib/rt.jar", "/jre/lib/rt.jar");
  private static final Pattern JAVA_VERSION =
      Pattern.compile("(?m)^JAVA_VERSION=\"?(?:1\\.)?([0-9]{1,4})");

  private static final Pattern OPENJ9 =
      Pattern.compile("(?mi)^JVM_VARIANT=\"?openj9\\b|^JVM_VERSION=\"?openj9-");

  /** HotSpot's. */
  JvmHome(String path, int feature) {
    this(path, feature, Kind.HOTSPOT);
  }

  /**
   * The JVMs that a container may start: those on the {@code PATH}, for that is how services are
   * started, then {@code JAVA_HOME}'s, which scripts start. A {@code java} that lies in no JVM, a
   * script before the real one, is passed over.
   *
   * @param environment of the image
   * @throws RefusedException when there is one whose version cannot be told
   */
  static List<JvmHome> of(ImageFiles files, Map<String, String> environment) {
    return homes(files, environment)
        .filter(path -> isJvm(files, path))
        .map(path -> told(files, path))
        .toList();
  }

  /** Where a {@code java} is that lies in no JVM; absolute. */
  static List<String> strays(ImageFiles files, Map<String, String> environment) {
    return homes(files, environment)
        .filter(path -> !isJvm(files, path))
        .map(path -> "/" + path + "/bin/java")
        .toList();
  }

  private static Stream<String> homes(ImageFiles files, Map<String, String> environment) {
    return Stream.concat(onPath(environment), inJavaHome(environment))
        .flatMap(folder -> around(files, folder).stream())
        .map(path -> aroundJre(files, path))
        .distinct();
  }

  /** Folders of programs. */
  private static Stream<String> onPath(Map<String, String> environment) {
    return Stream.of(environment.getOrDefault("PATH", DEFAULT_PATH).split(":"))
        .map(JvmHome::relative)
        .filter(folder -> !folder.isEmpty());
  }

  private static Stream<String> inJavaHome(Map<String, String> environment) {
    return Stream.of(relative(environment.getOrDefault("JAVA_HOME", "")))
        .filter(home -> !home.isEmpty())
        .map(home -> home + "/bin");
  }

  /** Like the JVM itself: where its program really lies, whatever the name it was started by. */
  private static Optional<String> around(ImageFiles files, String folder) {
    return Optional.of(files.resolve(folder + "/java"))
        .filter(java -> files.lookup(java).filter(JvmHome::isFile).isPresent())
        .filter(java -> java.endsWith("/bin/java"))
        .map(java -> java.substring(0, java.length() - "/bin/java".length()));
  }

  private static boolean isFile(Node node) {
    return node.type() == ImageFiles.Type.FILE;
  }

  /** JDK 8 has a JRE inside, and its release file is the JDK's. */
  private static String aroundJre(ImageFiles files, String home) {
    if (!home.endsWith("/jre") || files.find(home + "/release").isPresent()) {
      return home;
    }
    String outer = home.substring(0, home.length() - "/jre".length());
    return files.find(outer + "/release").isPresent() ? outer : home;
  }

  private static boolean isJvm(ImageFiles files, String home) {
    return OF_A_JVM.stream().anyMatch(name -> files.find(home + name).isPresent());
  }

  private static JvmHome told(ImageFiles files, String home) {
    String release =
        files
            .content(home + "/release")
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
            .orElse("");
    Matcher version = JAVA_VERSION.matcher(release);
    if (version.find()) {
      Kind kind = OPENJ9.matcher(release).find() ? Kind.OPENJ9 : Kind.HOTSPOT;
      return new JvmHome(home, Integer.parseInt(version.group(1)), kind);
    }
    throw new RefusedException(
        "The JVM in '/"
            + Printable.of(home)
            + "' of the official image does not tell its version: its file 'release' has no"
            + " JAVA_VERSION.",
        "Name an official image in 'from' whose JVM has one, as every JDK's build makes it.");
  }

  /**
   * What the golden image's label tells of these; empty where there is none, or one so old that the
   * label has no place for it.
   *
   * @param jvms in the order of {@link #of}
   */
  static Optional<JavaVersions> versions(List<JvmHome> jvms) {
    List<Integer> features = jvms.stream().map(JvmHome::feature).toList();
    return features.isEmpty() || !features.stream().allMatch(JavaVersions::canBeStamped)
        ? Optional.empty()
        : Optional.of(new JavaVersions(features));
  }

  /** Of the trust store; of JDK 8 in the JRE inside it. */
  String security(ImageFiles files) {
    String inside = path + "/jre/lib/security";
    return files.find(inside).isPresent() ? inside : path + "/lib/security";
  }

  private static String relative(String absolute) {
    return absolute.startsWith("/") ? absolute.replaceAll("^/+|/+$", "") : "";
  }
}
