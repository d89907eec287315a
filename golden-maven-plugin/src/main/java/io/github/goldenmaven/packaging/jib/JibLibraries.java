package io.github.goldenmaven.packaging.jib;

import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import io.github.goldenmaven.assembly.ContainerPath;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.packaging.layers.JarProject;
import io.github.goldenmaven.packaging.layers.LibraryNames;
import io.github.goldenmaven.packaging.layers.RuntimeDependency;
import io.github.goldenmaven.packaging.layers.ServiceLayer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.project.MavenProject;

/**
 * The libraries in jib's plan, as ours are: each under a name of its own, which two of one name and
 * size do not have in jib's (jib#4179), and without those that no image gets.
 *
 * @param names by the file of each dependency; a file that comes twice has two
 */
record JibLibraries(ContainerPath folder, Map<Path, Queue<String>> names) {

  static JibLibraries of(JarProject project, ContainerPath appRoot) {
    List<Path> files = project.dependencies().stream().map(RuntimeDependency::file).toList();
    List<String> names = LibraryNames.of(files);
    Map<Path, Queue<String>> byFile = new HashMap<>();
    for (int at = 0; at < files.size(); at++) {
      byFile.computeIfAbsent(files.get(at), file -> new ArrayDeque<>()).add(names.get(at));
    }
    return new JibLibraries(appRoot.resolve("libs"), byFile);
  }

  /** Coordinates of the libraries of a WAR, which have the names that they have in a repository. */
  static Map<Path, String> ofWar(MavenProject war, List<ServiceLayer> layers) {
    Map<String, String> byName = new HashMap<>();
    for (Artifact artifact : war.getArtifacts()) {
      if (artifact.getFile() != null) {
        byName.putIfAbsent(
            artifact.getFile().getName(),
            artifact.getGroupId() + ":" + artifact.getArtifactId() + ":" + artifact.getVersion());
      }
    }
    Map<Path, String> byFile = new HashMap<>();
    for (ServiceLayer layer : layers) {
      for (LayerEntry entry : layer.entries()) {
        if (entry instanceof LayerEntry.File file
            && file.content() instanceof LayerEntry.OnDisk onDisk) {
          String coordinates = byName.get(String.valueOf(onDisk.file().getFileName()));
          if (coordinates != null) {
            byFile.put(onDisk.file(), coordinates);
          }
        }
      }
    }
    return byFile;
  }

  /** The layers planned so far. */
  List<FileEntriesLayer> named(JibContainerBuilder builder) {
    return builder.toContainerBuildPlan().getLayers().stream()
        .map(layer -> named((FileEntriesLayer) layer))
        .filter(layer -> !layer.getEntries().isEmpty())
        .toList();
  }

  private FileEntriesLayer named(FileEntriesLayer layer) {
    return layer.toBuilder()
        .setEntries(layer.getEntries().stream().flatMap(entry -> named(entry).stream()).toList())
        .build();
  }

  private Optional<FileEntry> named(FileEntry entry) {
    String path = entry.getExtractionPath().toString();
    if (!path.startsWith(folder + "/")) {
      return Optional.of(entry);
    }
    return Optional.ofNullable(names.get(entry.getSourceFile()))
        .map(Queue::poll)
        .map(
            name ->
                new FileEntry(
                    entry.getSourceFile(),
                    AbsoluteUnixPath.get(folder.resolve(name).toString()),
                    entry.getPermissions(),
                    entry.getModificationTime(),
                    entry.getOwnership()));
  }
}
