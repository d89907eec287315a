package io.github.goldenmaven.bake.jvm;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.contents.ImageFiles;
import io.github.goldenmaven.golden.JvmSearch;
import io.github.goldenmaven.provenance.JavaVersions;
import io.github.goldenmaven.text.Printable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where an image's JVM is.
 *
 * @param path in the image, as in a layer: {@code opt/java/openjdk}; every link followed
 * @param feature its version's first number: 8, 21
 * @param kind whose machine it is
 */
public record JvmHome(String path, int feature, Kind kind) {

  /** Java's virtual machines, as far as they differ here. */
  enum Kind {
    HOTSPOT,
    /** It passes over any {@code -XX:} option it does not know, VMOptionsFile among them. */
    OPENJ9
  }

  private static final Pattern OPENJ9 =
      Pattern.compile("(?mi)^JVM_VARIANT=\"?openj9\\b|^JVM_VERSION=\"?openj9-");

  /** HotSpot's. */
  public JvmHome(String path, int feature) {
    this(path, feature, Kind.HOTSPOT);
  }

  /**
   * The JVMs that a container may start, as {@link JvmSearch} finds them.
   *
   * @param environment of the image
   * @throws RefusedException when there is one whose version cannot be told
   */
  public static List<JvmHome> of(ImageFiles files, Map<String, String> environment) {
    return new JvmSearch(files.tree(), environment)
        .homes().stream().map(path -> told(files, path)).toList();
  }

  /** Where a {@code java} is that lies in no JVM; absolute. */
  public static List<String> strays(ImageFiles files, Map<String, String> environment) {
    return new JvmSearch(files.tree(), environment).strays();
  }

  private static JvmHome told(ImageFiles files, String home) {
    String release =
        files
            .content(home + "/release")
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
            .orElse("");
    Kind kind = OPENJ9.matcher(release).find() ? Kind.OPENJ9 : Kind.HOTSPOT;
    return JvmSearch.feature(release)
        .map(feature -> new JvmHome(home, feature, kind))
        .orElseThrow(() -> untold(home));
  }

  private static RefusedException untold(String home) {
    return new RefusedException(
        "The JVM in '/"
            + Printable.of(home)
            + "' of the official image does not say its version: its file 'release' has no"
            + " JAVA_VERSION.",
        "Name an official image in 'from' whose JVM has one, as every JDK's build makes it.");
  }

  /**
   * What the golden image's label tells of these; empty where there is one so old that the label
   * has no place for it, or none but a {@code java} that nobody knows.
   *
   * @param jvms in the order of {@link #of}
   * @param strays as of {@link #strays}
   */
  public static Optional<JavaVersions> versions(List<JvmHome> jvms, List<String> strays) {
    List<Integer> features = jvms.stream().map(JvmHome::feature).toList();
    return (features.isEmpty() && !strays.isEmpty())
            || !features.stream().allMatch(JavaVersions::canBeStamped)
        ? Optional.empty()
        : Optional.of(new JavaVersions(features));
  }

  /** Of the trust store; of JDK 8 in the JRE inside it. */
  public String security(ImageFiles files) {
    String inside = path + "/jre/lib/security";
    return files.find(inside).isPresent() ? inside : path + "/lib/security";
  }
}
