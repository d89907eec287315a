package io.github.goldenmaven.provenance.jar;

import io.github.goldenmaven.provenance.ClassVersion;
import io.github.goldenmaven.provenance.ClassVersions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a jar tells of itself.
 *
 * @param versions of its classes, those in {@code META-INF/versions} left out
 * @param mainClassOrNull its manifest's {@code Main-Class}, with dots
 * @param startedOrNull the version of the class that is the application: of {@code Start-Class},
 *     which a loader starts, else of the main class; absent where it is not in the jar itself
 * @param classPath its manifest's {@code Class-Path}, as it is written
 * @param names of its classes
 * @param nested versions of the jars that it has in {@code BOOT-INF/lib} or {@code WEB-INF/lib}, by
 *     their path in it
 */
public record JarFacts(
    ClassVersions versions,
    @Nullable String mainClassOrNull,
    @Nullable ClassVersion startedOrNull,
    List<String> classPath,
    ClassNames names,
    Map<String, ClassVersions> nested) {

  /** No archive has more in the form below than this. */
  private static final int MOST = 1 << 22;

  public JarFacts {
    classPath = List.copyOf(classPath);
    nested = new TreeMap<>(nested);
  }

  public Optional<String> mainClass() {
    return Optional.ofNullable(mainClassOrNull);
  }

  public Optional<ClassVersion> started() {
    return Optional.ofNullable(startedOrNull);
  }

  /** For the next check. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeUTF(versions.toNote());
    out.writeBoolean(mainClassOrNull != null);
    if (mainClassOrNull != null) {
      out.writeUTF(mainClassOrNull);
    }
    out.writeInt(startedOrNull == null ? 0 : startedOrNull.feature());
    out.writeBoolean(startedOrNull != null && startedOrNull.preview());
    out.writeInt(classPath.size());
    for (String entry : classPath) {
      out.writeUTF(entry);
    }
    names.writeTo(out);
    out.writeInt(nested.size());
    for (Map.Entry<String, ClassVersions> jar : nested.entrySet()) {
      out.writeUTF(jar.getKey());
      out.writeUTF(jar.getValue().toNote());
    }
  }

  /**
   * Reads it back.
   *
   * @throws IOException when it is nothing that was written
   */
  public static JarFacts readFrom(DataInput in) throws IOException {
    ClassVersions versions = versions(in);
    String mainClass = in.readBoolean() ? in.readUTF() : null;
    int feature = in.readInt();
    boolean preview = in.readBoolean();
    List<String> classPath = new ArrayList<>();
    for (int left = count(in, MOST); left > 0; left--) {
      classPath.add(in.readUTF());
    }
    ClassNames names = ClassNames.readFrom(in, MOST);
    Map<String, ClassVersions> nested = new TreeMap<>();
    for (int left = count(in, MOST); left > 0; left--) {
      nested.put(in.readUTF(), versions(in));
    }
    return new JarFacts(
        versions,
        mainClass,
        feature == 0 ? null : new ClassVersion(feature, preview),
        classPath,
        names,
        nested);
  }

  private static ClassVersions versions(DataInput in) throws IOException {
    return ClassVersions.ofNote(in.readUTF()).orElseThrow(() -> new IOException("no note"));
  }

  static int count(DataInput in, int atMost) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > atMost) {
      throw new IOException("more than there can be");
    }
    return count;
  }
}
