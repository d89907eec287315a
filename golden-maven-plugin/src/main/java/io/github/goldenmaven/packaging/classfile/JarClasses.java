package io.github.goldenmaven.packaging.classfile;

import io.github.goldenmaven.cache.CacheFailure;
import io.github.goldenmaven.cache.CacheFiles;
import io.github.goldenmaven.cache.FileDigests;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.provenance.ClassVersion;
import io.github.goldenmaven.provenance.ClassVersions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The versions of the classes in jars, each jar read once on a machine: they are kept by its
 * digest, and the digest by what the file system tells of the file.
 */
public final class JarClasses {

  private static final int MAX_NOTE = 1 << 20;

  private final Path folder;
  private final Clock clock;

  /**
   * @param folder created at the first write
   */
  public JarClasses(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** The versions in each jar; none in what is no archive. */
  public Map<Path, ClassVersions> of(List<Path> jars) {
    if (jars.isEmpty()) {
      return Map.of();
    }
    try {
      Files.createDirectories(folder);
      Map<Path, Digest> digests = digests(jars);
      Map<Path, ClassVersions> versions = new ConcurrentHashMap<>();
      digests.entrySet().parallelStream()
          .forEach(jar -> versions.put(jar.getKey(), known(jar.getKey(), jar.getValue())));
      return versions;
    } catch (IOException e) {
      throw CacheFailure.of(folder, e);
    }
  }

  private Map<Path, Digest> digests(List<Path> jars) throws IOException {
    MessageDigest paths = Digest.sha256();
    jars.forEach(jar -> paths.update((jar + "\n").getBytes(StandardCharsets.UTF_8)));
    String note = Digest.of(paths).hex() + ".files";
    FileDigests known = FileDigests.in(folder, note, clock);
    Map<Path, Digest> digests = new HashMap<>();
    for (Path jar : jars) {
      digests.put(jar, known.of(jar));
    }
    if (known.hasNews()) {
      CacheFiles.write(folder, note, known.toNote());
    } else {
      CacheFiles.touch(folder.resolve(note), clock.instant());
    }
    return digests;
  }

  private ClassVersions known(Path jar, Digest digest) {
    Path note = folder.resolve(digest.hex() + ".classes");
    Optional<ClassVersions> known =
        CacheFiles.read(note, MAX_NOTE)
            .flatMap(bytes -> ClassVersions.ofNote(new String(bytes, StandardCharsets.UTF_8)));
    if (known.isPresent()) {
      CacheFiles.touch(note, clock.instant());
      return known.orElseThrow();
    }
    ClassVersions versions = read(jar);
    try {
      CacheFiles.write(
          folder,
          note.getFileName().toString(),
          versions.toNote().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw CacheFailure.of(folder, e);
    }
    return versions;
  }

  private static ClassVersions read(Path jar) {
    ClassVersions.Gathered gathered = new ClassVersions.Gathered();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (!entry.isDirectory() && ClassVersion.isCounted(entry.getName())) {
          version(zip, entry).ifPresent(version -> gathered.add(entry.getName(), version));
        }
      }
    } catch (IOException | IllegalArgumentException notAnArchive) {
      // A class path may hold files that are no archives, like a POM: no class is in them.
    }
    return gathered.versions();
  }

  /** The version of one class of a jar; empty where it has no such class. */
  public static Optional<ClassVersion> of(Path jar, String path) {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      @Nullable ZipEntry entry = zip.getEntry(path);
      return entry == null ? Optional.empty() : version(zip, entry);
    } catch (IOException notAnArchive) {
      return Optional.empty();
    }
  }

  /** Only the first bytes are inflated; what cannot be, no JVM loads either. */
  private static Optional<ClassVersion> version(ZipFile zip, ZipEntry entry) {
    try (InputStream in = zip.getInputStream(entry)) {
      return ClassVersion.read(in.readNBytes(ClassVersion.HEADER));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
