package io.github.goldenmaven.packaging.layers;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.assembly.ContainerPath;
import io.github.goldenmaven.files.Glob;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.text.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Layers of the extra directories. */
public final class ExtraFiles {

  /** The only folder that may be missing: nobody has to have it. */
  private static final Path DEFAULT = Path.of("src", "main", "jib");

  private ExtraFiles() {}

  /** The directories that are there; where none was written, jib's default of the project. */
  public static List<ExtraDirectory> of(Path project, List<ExtraDirectory> written) {
    List<ExtraDirectory> directories =
        written.isEmpty() ? List.of(ExtraDirectory.of(project.resolve(DEFAULT))) : written;
    directories.forEach(ExtraFiles::requirePresent);
    return directories.stream().filter(directory -> Files.exists(directory.from())).toList();
  }

  private static void requirePresent(ExtraDirectory directory) {
    if (directory.from().toString().isEmpty()) {
      throw new RefusedException(
          "A <path> in <extraDirectories><paths> does not say which folder it means.",
          "Write the folder in <from> of that <path>.");
    }
    if (!Files.isDirectory(directory.from())
        && (Files.exists(directory.from()) || !directory.from().endsWith(DEFAULT))) {
      throw new RefusedException(
          "The extra directory '"
              + Printable.of(directory.from().toString())
              + "' is not "
              + (Files.exists(directory.from()) ? "a folder." : "there."),
          "Create it, or remove it from <extraDirectories><paths>.");
    }
  }

  /** One layer for each extra directory. */
  static List<ServiceLayer> layers(
      LayeringSettings settings, ContainerPath appRoot, Instant modified) {
    FilePermissions permissions = FilePermissions.parse(settings.permissions());
    return settings.extraDirectories().stream()
        .map(directory -> layer(directory, permissions, appRoot, modified))
        .toList();
  }

  public static ServiceLayer layer(
      ExtraDirectory directory,
      FilePermissions permissions,
      ContainerPath appRoot,
      Instant modified) {
    ContainerPath into = directory.target();
    List<Glob> includes = globs("includes", directory.includes());
    List<Glob> excludes = globs("excludes", directory.excludes());
    List<LayerEntry> entries =
        FileTree.under(directory.from()).stream()
            .filter(node -> includes.isEmpty() || matches(includes, node))
            .filter(node -> !matches(excludes, node))
            .map(node -> entry(node, into.resolve(node.relative()), permissions, modified))
            .toList();
    return ServiceLayer.listed(ServiceLayer.EXTRA_FILES, appRoot, entries);
  }

  private static LayerEntry entry(
      FileTree.Node node, ContainerPath place, FilePermissions permissions, Instant modified) {
    return node.at(place, permissions.of(place, node.defaultMode()), modified);
  }

  private static List<Glob> globs(String parameter, List<String> globs) {
    return globs.stream()
        .map(glob -> Glob.parse("<extraDirectories><" + parameter + ">", glob))
        .toList();
  }

  private static boolean matches(List<Glob> globs, FileTree.Node node) {
    return globs.stream().anyMatch(glob -> glob.matches(node.relative()));
  }
}
