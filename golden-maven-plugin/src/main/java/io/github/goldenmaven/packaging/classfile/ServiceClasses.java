package io.github.goldenmaven.packaging.classfile;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.OnDisk;
import io.github.goldenmaven.packaging.layers.PackagedService;
import io.github.goldenmaven.packaging.layers.ServiceLayer;
import io.github.goldenmaven.provenance.ClassVersion;
import io.github.goldenmaven.provenance.ClassVersions;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All classes that a service brings.
 *
 * @param own of the project itself, as files; and its main class, wherever that is
 * @param libraries jars
 */
public record ServiceClasses(ClassVersions own, List<Library> libraries) {

  /** Layers that hold what the service reads, not what it loads, unless its class path names it. */
  private static final Set<String> NOT_LOADED =
      Set.of(ServiceLayer.RESOURCES, ServiceLayer.EXTRA_FILES);

  private static final String OF_A_WAR = "/WEB-INF/classes/";

  /**
   * A jar of the service.
   *
   * @param name coordinates, or the file's name where nobody knows them; printable
   * @param loaded whether the service loads classes from it, as far as can be told
   */
  public record Library(String name, boolean loaded, ClassVersions versions) {}

  public ServiceClasses {
    libraries = List.copyOf(libraries);
  }

  /** Reads the classes' first bytes, and those jars that are not known yet. */
  public static ServiceClasses of(PackagedService service, JarClasses jars) {
    ClassPathEntries classPath = ClassPathEntries.of(service);
    ClassVersions.Gathered own = new ClassVersions.Gathered();
    Map<Path, Boolean> found = new LinkedHashMap<>();
    for (ServiceLayer layer : service.layers()) {
      boolean loads = !NOT_LOADED.contains(layer.name());
      for (LayerEntry entry : layer.entries()) {
        if (!(entry instanceof LayerEntry.File file)) {
          continue;
        }
        Optional<String> name = classPath.nameIn(file.path());
        if (ClassVersion.isCounted(file.path()) && (loads || name.isPresent())) {
          version(file)
              .ifPresent(version -> own.add(name.orElseGet(() -> inWar(file.path())), version));
        } else if (file.path().endsWith(".jar") && file.content() instanceof OnDisk onDisk) {
          found.merge(onDisk.file(), loads || classPath.holds(file.path()), Boolean::logicalOr);
        }
      }
    }
    Map<Path, ClassVersions> versions = jars.of(List.copyOf(found.keySet()));
    List<Library> libraries = new ArrayList<>();
    found.forEach(
        (jar, loaded) -> {
          ClassVersions ofJar = versions.getOrDefault(jar, new ClassVersions(List.of()));
          libraries.add(new Library(name(service, jar), loaded, ofJar));
          mainClass(service, jar, ofJar).ifPresent(main -> own.add(main.path(), main.version()));
        });
    return new ServiceClasses(own.versions(), libraries);
  }

  private static String inWar(String path) {
    int folder = path.indexOf(OF_A_WAR);
    return folder < 0 ? path : path.substring(folder + OF_A_WAR.length());
  }

  private record MainClassFile(String path, ClassVersion version) {}

  /**
   * The project packaged as one jar may have other people's classes in it, so that only its main
   * class tells what it was compiled for. A jar whose coordinates are known is not the project's.
   */
  private static Optional<MainClassFile> mainClass(
      PackagedService service, Path jar, ClassVersions versions) {
    String main = service.container().mainClass();
    if (main == null || service.artifacts().containsKey(jar) || versions.counts().size() < 2) {
      return Optional.empty();
    }
    String path = main.replace('.', '/') + ".class";
    return JarClasses.of(jar, path).map(version -> new MainClassFile(path, version));
  }

  private static String name(PackagedService service, Path jar) {
    return Printable.of(service.artifacts().getOrDefault(jar, String.valueOf(jar.getFileName())));
  }

  private static Optional<ClassVersion> version(LayerEntry.File file) {
    try (InputStream in = file.content().open()) {
      return ClassVersion.read(in.readNBytes(ClassVersion.HEADER));
    } catch (IOException e) {
      throw new UnavailableException(
          "Cannot read the class file '/" + Printable.of(file.path()) + "'.",
          "Check that it is still there and that this user may read it.",
          e);
    }
  }
}
