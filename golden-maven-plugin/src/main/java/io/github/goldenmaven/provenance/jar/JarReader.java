package io.github.goldenmaven.provenance.jar;

import io.github.goldenmaven.provenance.ClassVersion;
import io.github.goldenmaven.provenance.ClassVersions;
import io.github.goldenmaven.provenance.jar.ZipDirectory.Entry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads jars: their directory, their manifest and the first eight bytes of each class. Takes
 * bounded time and memory for all jars that one reader is given; what is beyond says nothing.
 */
public final class JarReader implements AutoCloseable {

  /** Held in memory; larger ones in a file. */
  private static final int IN_MEMORY = 4 << 20;

  private static final long MAX_JAR = 512L << 20;
  private static final long MAX_JARS = 2L << 30;
  private static final int MAX_CLASSES = 1_000_000;
  private static final int MAX_NESTED = 16 << 20;
  private static final int MAX_MANIFEST = 8 << 20;
  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  /** Of texts that are kept: a class's name, a class path's entry. */
  private static final int MAX_TEXT = 1024;

  /** Of all jars. */
  private static final int MAX_TEXTS = 8 << 20;

  private static final int MAX_VERSIONS = 64;

  private final Inflater inflater = new Inflater(true);
  private long bytesLeft = MAX_JARS;
  private int classesLeft = MAX_CLASSES;
  private int textLeft = MAX_TEXTS;

  /** Whether a file of this name is taken for a jar. */
  public static boolean isJar(String path) {
    return path.endsWith(".jar") || path.endsWith(".war");
  }

  /**
   * Reads one as its bytes come.
   *
   * @param content passes on what is thrown by it
   * @param size of the content
   * @return empty for what is no jar, or beyond the bounds
   */
  public Optional<JarFacts> read(InputStream content, long size) {
    if (size > MAX_JAR || size > bytesLeft) {
      return Optional.empty();
    }
    bytesLeft -= size;
    try (ZipBytes bytes =
        size > IN_MEMORY
            ? ZipBytes.inAFile(content, size)
            : ZipBytes.of(content.readNBytes((int) size))) {
      return Optional.of(read(bytes, true));
    } catch (IOException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * Reads a file.
   *
   * @return empty for what is no jar, or beyond the bounds
   */
  public Optional<JarFacts> read(Path jar) {
    try (ZipBytes bytes = ZipBytes.of(jar)) {
      return Optional.of(read(bytes, true));
    } catch (IOException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  private JarFacts read(ZipBytes zip, boolean outer) throws IOException {
    ZipDirectory directory = ZipDirectory.of(zip);
    ClassVersions.Gathered gathered = new ClassVersions.Gathered();
    Map<String, ClassVersions> nested = new TreeMap<>();
    int[] names = new int[directory.entries().size()];
    int classes = 0;
    Attributes manifest = manifest(directory);
    Set<String> started = started(manifest);
    List<String> classPath = classPath(manifest);
    @Nullable ClassVersion startedVersion = null;
    for (Entry entry : directory.entries()) {
      String name = entry.name();
      if (name.endsWith(".class")) {
        spend();
        names[classes++] = ClassNames.hash(name);
      }
      if (ClassVersion.isCounted(name)) {
        Optional<ClassVersion> version =
            ClassVersion.read(directory.first(entry, ClassVersion.HEADER, inflater));
        version.ifPresent(known -> gathered.add(name, known));
        startedVersion = started.contains(name) ? version.orElse(null) : startedVersion;
      } else if (outer && isNested(name)) {
        nested(directory, entry).ifPresent(versions -> nested.put(name, versions));
      }
    }
    return new JarFacts(
        bounded(gathered.versions()),
        text(manifest.getValue(Attributes.Name.MAIN_CLASS)),
        startedVersion,
        classPath,
        ClassNames.of(Arrays.copyOf(names, classes)),
        nested);
  }

  private void keep(String text) throws IOException {
    textLeft -= text.length() + 16;
    if (text.length() > MAX_TEXT || textLeft < 0) {
      throw new ZipException("has texts beyond what is kept");
    }
  }

  private void spend() throws IOException {
    if (classesLeft-- <= 0) {
      throw new ZipException("is beyond what is read");
    }
  }

  /** Where the class is that is the application: in the jar itself, or where a loader looks. */
  private static Set<String> started(Attributes manifest) {
    String start = text(manifest.getValue("Start-Class"));
    String main = start == null ? text(manifest.getValue(Attributes.Name.MAIN_CLASS)) : start;
    if (main == null) {
      return Set.of();
    }
    String path = main.replace('.', '/') + ".class";
    return Set.of(path, "BOOT-INF/classes/" + path, "WEB-INF/classes/" + path);
  }

  private static boolean isNested(String name) {
    return name.endsWith(".jar")
        && (name.startsWith("BOOT-INF/lib/") || name.startsWith("WEB-INF/lib/"));
  }

  /** One that cannot be read says nothing, and the others go on. */
  private Optional<ClassVersions> nested(ZipDirectory directory, Entry entry) {
    try {
      keep(entry.name());
      if (entry.method() == ZipEntry.STORED) {
        return Optional.of(read(directory.stored(entry), false).versions());
      }
      bytesLeft -= entry.size();
      return bytesLeft < 0
          ? Optional.empty()
          : Optional.of(
              read(ZipBytes.of(directory.all(entry, MAX_NESTED, inflater)), false).versions());
    } catch (IOException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  private Attributes manifest(ZipDirectory directory) throws IOException {
    for (Entry entry : directory.entries()) {
      if (entry.name().equalsIgnoreCase(MANIFEST)) {
        byte[] bytes = directory.all(entry, MAX_MANIFEST, inflater);
        return new Manifest(new ByteArrayInputStream(bytes)).getMainAttributes();
      }
    }
    return new Attributes();
  }

  private static @Nullable String text(@Nullable String written) {
    String text = written == null ? "" : written.strip();
    return text.isEmpty() || text.length() > MAX_TEXT ? null : text;
  }

  private List<String> classPath(Attributes manifest) throws IOException {
    List<String> entries = new ArrayList<>();
    String written = manifest.getValue(Attributes.Name.CLASS_PATH);
    for (String entry : written == null ? new String[0] : written.strip().split("[ \t]+", -1)) {
      if (!entry.isEmpty()) {
        keep(entry);
        entries.add(entry);
      }
    }
    return entries;
  }

  /** No compiler has so many versions: such a jar says nothing of them. */
  private static ClassVersions bounded(ClassVersions versions) {
    return versions.counts().size() > MAX_VERSIONS ? ClassVersions.NONE : versions;
  }

  @Override
  public void close() {
    inflater.end();
  }
}
