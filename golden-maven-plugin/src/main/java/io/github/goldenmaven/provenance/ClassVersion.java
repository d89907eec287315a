package io.github.goldenmaven.provenance;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.Optional;

/**
 * Which Java a class file is for.
 *
 * @param feature Java's feature version: 8, 21
 * @param preview whether only that very version loads it, and only with {@code --enable-preview}
 * @see <a href="https://docs.oracle.com/javase/specs/jvms/se25/html/jvms-4.html#jvms-4.1">JVM
 *     specification, 4.1</a>
 */
public record ClassVersion(int feature, boolean preview) implements Comparable<ClassVersion> {

  /** So many bytes of a class file tell its version. */
  public static final int HEADER = 8;

  private static final int MAGIC = 0xCAFEBABE;
  private static final int PREVIEW = 0xFFFF;

  /** What Java 1.0.2 wrote is 45. */
  private static final int BEFORE_JAVA_1 = 44;

  private static final Comparator<ClassVersion> ORDER =
      Comparator.comparingInt(ClassVersion::feature).thenComparing(ClassVersion::preview);

  /** Empty for what is no class file. */
  public static Optional<ClassVersion> read(byte[] header) {
    if (header.length < HEADER) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(header);
    if (in.getInt() != MAGIC) {
      return Optional.empty();
    }
    int minor = in.getShort() & 0xFFFF;
    int major = in.getShort() & 0xFFFF;
    return major <= BEFORE_JAVA_1
        ? Optional.empty()
        : Optional.of(new ClassVersion(major - BEFORE_JAVA_1, minor == PREVIEW));
  }

  /**
   * Whether a class of this name is loaded whatever the version: a multi-release jar has others for
   * newer versions, and a module's descriptor is passed over on a class path.
   *
   * @param path in a jar or a folder of classes
   */
  public static boolean isCounted(String path) {
    return path.endsWith(".class")
        && !path.startsWith("META-INF/versions/")
        && !path.contains("/META-INF/versions/")
        && !path.equals("module-info.class")
        && !path.endsWith("/module-info.class");
  }

  /** Whether this Java loads it, its preview features enabled. */
  public boolean isLoadedBy(int java) {
    return preview ? feature == java : feature <= java;
  }

  @Override
  public int compareTo(ClassVersion other) {
    return ORDER.compare(this, other);
  }

  /** {@code Java 21 (class file version 65)}. */
  @Override
  public String toString() {
    return "Java "
        + feature
        + " (class file version "
        + (feature + BEFORE_JAVA_1)
        + (preview ? ", preview)" : ")");
  }
}
