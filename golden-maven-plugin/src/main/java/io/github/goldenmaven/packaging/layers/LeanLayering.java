package io.github.goldenmaven.packaging.layers;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.assembly.ContainerPath;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.packaging.container.ContainerSettings;
import io.github.goldenmaven.packaging.container.ServiceContainer;
import io.github.goldenmaven.packaging.container.WrittenTime;
import io.github.goldenmaven.packaging.layers.RuntimeDependency.Origin;
import io.github.goldenmaven.text.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Layers of a plain jar project, exploded: the same files, paths and modes in the same layers as
 * jib-maven-plugin 3.5.2 makes of it, without the half second that loading jib costs.
 */
public final class LeanLayering {

  /** jib's default. */
  public static final String APP_ROOT = "/app";

  private final JarProject project;
  private final LayeringSettings settings;
  private final ContainerPath appRoot;
  private final Instant modified;

  private LeanLayering(JarProject project, LayeringSettings settings) {
    this.project = project;
    this.settings = settings;
    this.appRoot = appRoot(settings.container(), APP_ROOT);
    this.modified = WrittenTime.ofFiles(settings.container().filesModificationTime());
  }

  /**
   * Reads the project's files.
   *
   * @param settings with extra directories that are there, see {@link ExtraFiles#of}
   * @throws RefusedException when the project is not compiled, a dependency is no file, or a
   *     setting is malformed
   */
  public static PackagedService layersOf(JarProject project, LayeringSettings settings) {
    return new LeanLayering(project, settings).layers();
  }

  /** Where the service lies in the image. */
  public static ContainerPath appRoot(ContainerSettings settings, String byDefault) {
    String written = settings.appRoot();
    return ContainerPath.parse(
        "<container><appRoot>", written == null || written.isEmpty() ? byDefault : written);
  }

  /** Refuses a project without classes, and dependencies that are not packaged. */
  public static void requireComplete(JarProject project) {
    if (!Files.isDirectory(project.classes())) {
      throw notCompiled(project, "there is no folder");
    }
    for (RuntimeDependency dependency : project.dependencies()) {
      if (!Files.isRegularFile(dependency.file())) {
        throw new RefusedException(
            "The runtime dependency '"
                + Printable.of(dependency.coordinates())
                + "' is not packaged: '"
                + Printable.of(dependency.file().toString())
                + "' is not a file.",
            "Run 'mvn package' from the root of the reactor before golden:build-no-fork, or 'mvn"
                + " golden:build', which does it itself.");
      }
    }
  }

  static RefusedException notCompiled(JarProject project, String found) {
    return new RefusedException(
        "'"
            + Printable.of(project.coordinates())
            + "' is not compiled: "
            + found
            + " '"
            + Printable.of(project.classes().toString())
            + "'.",
        "Run 'mvn package' before golden:build-no-fork, or 'mvn golden:build', which does it"
            + " itself.");
  }

  private PackagedService layers() {
    requireComplete(project);
    List<ServiceLayer> extraFiles = ExtraFiles.layers(settings, appRoot, modified);
    String mainClass = MainClass.of(project, settings);
    Launch launch =
        Launch.of(
            settings.container(),
            appRoot,
            List.of("resources", "classes"),
            files(),
            project.javaVersion(),
            mainClass);
    ServiceContainer container =
        ServiceContainer.of(settings.container(), launch.entrypoint(), mainClass);
    List<ServiceLayer> layers = new ArrayList<>(dependencies());
    layers.addAll(ownFiles());
    layers.add(launch.argumentFiles());
    layers.addAll(extraFiles);
    return new PackagedService(layers, container, project.artifacts());
  }

  private List<ServiceLayer> dependencies() {
    List<Path> files = files();
    List<String> names = LibraryNames.of(files);
    Map<Origin, List<LayerEntry>> entries = new EnumMap<>(Origin.class);
    for (int i = 0; i < files.size(); i++) {
      RuntimeDependency dependency = project.dependencies().get(i);
      entries
          .computeIfAbsent(dependency.origin(), origin -> new ArrayList<>())
          .add(library(dependency.file(), names.get(i)));
    }
    return entries.entrySet().stream()
        .map(layer -> layer(layer.getKey().layer(), layer.getValue()))
        .toList();
  }

  private List<Path> files() {
    return project.dependencies().stream().map(RuntimeDependency::file).toList();
  }

  private LayerEntry library(Path file, String name) {
    return FileTree.file(
        file,
        FileTree.size(file),
        appRoot.resolve("libs").resolve(name),
        FileTree.FILE_MODE,
        modified);
  }

  /** Both layers name all folders, as jib's do. */
  private List<ServiceLayer> ownFiles() {
    List<FileTree.Node> files = FileTree.under(project.classes());
    return List.of(
        own(ServiceLayer.RESOURCES, "resources", files, node -> !node.isClass()),
        own(ServiceLayer.CLASSES, "classes", files, FileTree.Node::isClass));
  }

  private ServiceLayer own(
      String name, String folder, List<FileTree.Node> files, Predicate<FileTree.Node> wanted) {
    return layer(
        name,
        files.stream()
            .filter(node -> node.folder() || wanted.test(node))
            .map(
                node ->
                    node.at(
                        appRoot.resolve(folder).resolve(node.relative()),
                        node.defaultMode(),
                        modified))
            .toList());
  }

  private ServiceLayer layer(String name, List<LayerEntry> entries) {
    return ServiceLayer.listed(name, appRoot, entries);
  }
}
