package io.github.goldenmaven.packaging;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/**
 * Finds the class that starts a service where jib finds it: {@code <container><mainClass>}, else
 * maven-jar-plugin's manifest, else the one class of the project that can be started.
 */
public final class MainClass {

  private static final String REMEDY =
      "Name it in <container><mainClass> or with -Dgolden.container.mainClass=….";

  /** In bytes. The largest classes of generated code have a few MiB. */
  private static final long MAX_CLASS = 64L * 1024 * 1024;

  private MainClass() {}

  /**
   * The class to start; {@code null} where an entrypoint was written, which makes it optional, and
   * none is to be found.
   *
   * @throws RefusedException when it is needed and none, several, or one that is not there was
   *     found
   */
  public static @Nullable String of(JarProject project, LayeringSettings layering) {
    ContainerSettings settings = layering.container();
    if (Launch.isEntrypointWritten(settings)) {
      return ifOne(project, settings).orElse(null);
    }
    String written = settings.mainClass();
    if (written != null && !isName(written)) {
      throw new RefusedException(
          "'" + Printable.of(written) + "' in <container><mainClass> is not a name of a class.",
          "Write the class with its package, like 'com.example.Main', in <container><mainClass> or"
              + " -Dgolden.container.mainClass.");
    }
    String named = named(project, settings);
    if (named == null) {
      return inferred(project);
    }
    requirePresent(named, project, layering);
    return named;
  }

  /** Whether anything says how to start the project, or one of its classes could be started. */
  public static boolean isThere(JarProject project, LayeringSettings layering) {
    ContainerSettings settings = layering.container();
    return Launch.isEntrypointWritten(settings)
        || named(project, settings) != null
        || !candidates(project).isEmpty();
  }

  private static @Nullable String named(JarProject project, ContainerSettings settings) {
    String written = settings.mainClass();
    if (written != null) {
      return written;
    }
    String ofJar = project.jarMainClass();
    return ofJar != null && isName(ofJar) ? ofJar : null;
  }

  private static Optional<String> ifOne(JarProject project, ContainerSettings settings) {
    String named = named(project, settings);
    if (named != null) {
      return Optional.of(named).filter(MainClass::isName);
    }
    List<String> candidates = candidates(project);
    return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
  }

  private static String inferred(JarProject project) {
    List<String> candidates = candidates(project);
    if (candidates.size() == 1) {
      return candidates.get(0);
    }
    if (candidates.isEmpty()) {
      requireClasses(project);
      throw new RefusedException(
          "No class of '" + Printable.of(project.coordinates()) + "' has a main method.", REMEDY);
    }
    throw new RefusedException(
        "Several classes of '"
            + Printable.of(project.coordinates())
            + "' have a main method: '"
            + Printable.of(String.join("', '", candidates))
            + "'.",
        "Name the one that starts the service in <container><mainClass> or with"
            + " -Dgolden.container.mainClass=….");
  }

  private static void requireClasses(JarProject project) {
    if (FileTree.under(project.classes()).stream().noneMatch(FileTree.Node::isClass)) {
      throw LeanLayering.notCompiled(project, "there is no class in");
    }
  }

  private static List<String> candidates(JarProject project) {
    if (!Files.isDirectory(project.classes())) {
      return List.of();
    }
    return FileTree.under(project.classes()).stream()
        .filter(FileTree.Node::isClass)
        .flatMap(node -> ClassFile.read(bytes(node)).stream())
        .filter(ClassFile::hasMain)
        .map(ClassFile::name)
        .distinct()
        .toList();
  }

  private static void requirePresent(String name, JarProject project, LayeringSettings layering) {
    String file = name.replace('.', '/') + ".class";
    if (!isClass(project, file)
        && project.dependencies().stream().noneMatch(jar -> holds(jar.file(), file))
        && !mayComeOtherwise(layering)) {
      throw new RefusedException(
          "The main class '"
              + Printable.of(name)
              + "' is neither in '"
              + Printable.of(project.classes().toString())
              + "' nor in a runtime dependency of '"
              + Printable.of(project.coordinates())
              + "'.",
          "Correct <container><mainClass> or -Dgolden.container.mainClass, or the mainClass of"
              + " maven-jar-plugin's manifest if neither is set.");
    }
  }

  /** By the walked names: a name outside ASCII is no path in the C locale. */
  private static boolean isClass(JarProject project, String file) {
    return Files.isDirectory(project.classes())
        && FileTree.under(project.classes()).stream()
            .anyMatch(node -> !node.folder() && node.relative().equals(file));
  }

  /** A class path entry or extra files of the user's own may hold what is not looked into here. */
  private static boolean mayComeOtherwise(LayeringSettings layering) {
    return !ContainerSettings.orEmpty(layering.container().extraClasspath()).isEmpty()
        || layering.extraDirectories().stream()
            .flatMap(directory -> FileTree.under(directory.from()).stream())
            .anyMatch(node -> node.isClass() || node.relative().endsWith(".jar"));
  }

  private static boolean holds(Path jar, String file) {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.getEntry(file) != null;
    } catch (IOException notAnArchive) {
      // A class path may hold files that are no archives, like a POM: no class is in them.
      return false;
    }
  }

  private static boolean isName(String name) {
    return Arrays.stream(name.split("\\.", -1)).allMatch(SourceVersion::isIdentifier);
  }

  private static byte[] bytes(FileTree.Node node) {
    if (node.size() > MAX_CLASS) {
      throw new RefusedException(
          "The class file '" + Printable.of(node.relative()) + "' has " + node.size() + " bytes.",
          "No compiler writes that: remove it, or name the class that starts the service in"
              + " <container><mainClass> or with -Dgolden.container.mainClass=….");
    }
    try {
      return Files.readAllBytes(node.path());
    } catch (IOException e) {
      throw FileTree.unreadable(node.path(), e);
    }
  }
}
