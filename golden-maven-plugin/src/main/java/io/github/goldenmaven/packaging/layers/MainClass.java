package io.github.goldenmaven.packaging.layers;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.packaging.container.ContainerSettings;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipFile;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/**
 * Finds the class that starts a service. The first that says something is believed:
 *
 * <ol>
 *   <li>{@code <container><mainClass>};
 *   <li>the plugins that package the project ({@link JarProject.Starts#declared});
 *   <li>the classes of the project that can be started, when there is one;
 *   <li>what tells one of several apart, or names one elsewhere: Spring Boot's annotation, the
 *       manifest of the packaged jar, the tools that run the project ({@link
 *       JarProject.Starts#hints}).
 * </ol>
 */
public final class MainClass {

  private static final String REMEDY =
      "Name it in <container><mainClass> or with -Dgolden.container.mainClass=….";

  private static final String IN_CONTAINER =
      "<container><mainClass> or -Dgolden.container.mainClass";

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
      return ifAny(project, layering).orElse(null);
    }
    String written = settings.mainClass();
    if (written != null && !isName(written)) {
      throw new RefusedException(
          "'" + Printable.of(written) + "' in <container><mainClass> is not a name of a class.",
          "Write the class with its package, like 'com.example.Main', in <container><mainClass> or"
              + " -Dgolden.container.mainClass.");
    }
    SaidMain said = said(project, settings);
    if (said == null) {
      return inferred(project, layering);
    }
    requirePresent(said, project, layering);
    return said.className();
  }

  /**
   * Whether anything says how to start the project, or one of its classes could be started. A main
   * class that the project has nowhere was said of another module, by the parent of both.
   */
  public static boolean isThere(JarProject project, LayeringSettings layering) {
    ContainerSettings settings = layering.container();
    return Launch.isEntrypointWritten(settings)
        || settings.mainClass() != null
        || isSaidHere(project, layering)
        || !MainCandidates.of(project).names().isEmpty();
  }

  private static boolean isSaidHere(JarProject project, LayeringSettings layering) {
    SaidMain said = said(project, layering.container());
    return said != null
        && (!ContainerSettings.orEmpty(layering.container().extraClasspath()).isEmpty()
            || isPresent(said.className(), project, layering, false));
  }

  private static @Nullable SaidMain said(JarProject project, ContainerSettings settings) {
    String written = settings.mainClass();
    return written != null
        ? new SaidMain(written, IN_CONTAINER)
        : project.starts().declared().stream()
            .filter(
                said -> isName(said.className()) && !MainCandidates.isLauncher(said.className()))
            .findFirst()
            .orElse(null);
  }

  private static Optional<String> ifAny(JarProject project, LayeringSettings layering) {
    SaidMain said = said(project, layering.container());
    return said != null
        ? Optional.of(said.className()).filter(MainClass::isName)
        : chosen(project, MainCandidates.of(project), layering);
  }

  private static String inferred(JarProject project, LayeringSettings layering) {
    MainCandidates candidates = MainCandidates.of(project);
    Optional<String> chosen = chosen(project, candidates, layering);
    if (chosen.isPresent()) {
      return chosen.orElseThrow();
    }
    if (candidates.names().isEmpty()) {
      requireClasses(project);
      throw new RefusedException(
          "No class of '" + Printable.of(project.coordinates()) + "' has a main method.", REMEDY);
    }
    throw new RefusedException(
        "Several classes of '"
            + Printable.of(project.coordinates())
            + "' have a main method: '"
            + Printable.of(String.join("', '", candidates.names()))
            + "'.",
        "Name the one that starts the service in <container><mainClass> or with"
            + " -Dgolden.container.mainClass=….");
  }

  private static Optional<String> chosen(
      JarProject project, MainCandidates candidates, LayeringSettings layering) {
    if (candidates.names().size() == 1) {
      return Optional.of(candidates.names().get(0));
    }
    Set<String> named = new LinkedHashSet<>();
    candidates.springBoot().ifPresent(named::add);
    candidates.ofManifest().ifPresent(named::add);
    project.starts().hints().forEach(hint -> named.add(hint.className()));
    return named.stream()
        .filter(MainClass::isName)
        .filter(
            name -> candidates.names().contains(name) || isPresent(name, project, layering, false))
        .findFirst();
  }

  private static void requireClasses(JarProject project) {
    if (FileTree.under(project.classes()).stream().noneMatch(FileTree.Node::isClass)) {
      throw LeanLayering.notCompiled(project, "there is no class in");
    }
  }

  private static void requirePresent(SaidMain said, JarProject project, LayeringSettings layering) {
    if (!isPresent(said.className(), project, layering, true)) {
      throw new RefusedException(
          "The main class '"
              + Printable.of(said.className())
              + "' is neither in '"
              + Printable.of(project.classes().toString())
              + "' nor in a runtime dependency of '"
              + Printable.of(project.coordinates())
              + "'.",
          said.by().equals(IN_CONTAINER)
              ? "Correct " + IN_CONTAINER + ", or jib-maven-plugin's <mainClass> if neither is set."
              : "Correct "
                  + said.by()
                  + ", or name the class in <container><mainClass> or with"
                  + " -Dgolden.container.mainClass=….");
    }
  }

  /**
   * Whether the image will have this class.
   *
   * @param orMayBe also where files come along that are not looked into
   */
  private static boolean isPresent(
      String name, JarProject project, LayeringSettings layering, boolean orMayBe) {
    String file = name.replace('.', '/') + ".class";
    return isClass(project, file)
        || project.dependencies().stream().anyMatch(jar -> holds(jar.file(), file))
        || (orMayBe && mayComeOtherwise(layering));
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
}
