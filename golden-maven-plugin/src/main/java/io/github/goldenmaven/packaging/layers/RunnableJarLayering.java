package io.github.goldenmaven.packaging.layers;

import io.github.goldenmaven.assembly.ContainerPath;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.packaging.container.ContainerSettings;
import io.github.goldenmaven.packaging.container.ServiceContainer;
import io.github.goldenmaven.packaging.container.WrittenTime;
import io.github.goldenmaven.text.Printable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Layers of a service that a framework packaged itself, with extra files on top. */
public final class RunnableJarLayering {

  private final RunnableJar service;
  private final LayeringSettings settings;
  private final ContainerPath appRoot;
  private final Instant modified;

  private RunnableJarLayering(RunnableJar service, LayeringSettings settings) {
    this.service = service;
    this.settings = settings;
    this.appRoot = LeanLayering.appRoot(settings.container(), LeanLayering.APP_ROOT);
    this.modified = WrittenTime.ofFiles(settings.container().filesModificationTime());
  }

  /**
   * Reads the files.
   *
   * @param settings with extra directories that are there, see {@link ExtraFiles#of}
   * @throws io.github.goldenmaven.RefusedException when a setting is malformed
   */
  public static PackagedService layersOf(
      RunnableJar service, LayeringSettings settings, Console console) {
    tellWhatIsIgnored(service, settings.container(), console);
    return new RunnableJarLayering(service, settings).layers();
  }

  private PackagedService layers() {
    List<ServiceLayer> layers = new ArrayList<>();
    for (RunnableJar.Part part : service.parts()) {
      layers.add(
          ServiceLayer.listed(
              part.layer(), appRoot, part.files().stream().map(this::entry).toList()));
    }
    layers.addAll(ExtraFiles.layers(settings, appRoot, modified));
    return new PackagedService(
        layers, ServiceContainer.of(settings.container(), entrypoint(), null));
  }

  private LayerEntry entry(RunnableJar.Placed placed) {
    return FileTree.file(
        placed.file(),
        FileTree.size(placed.file()),
        appRoot.resolve(placed.place()),
        FileTree.FILE_MODE,
        modified);
  }

  private @Nullable List<String> entrypoint() {
    ContainerSettings container = settings.container();
    if (Launch.isEntrypointWritten(container)) {
      return Launch.writtenEntrypoint(container).orElse(null);
    }
    List<String> entrypoint = new ArrayList<>(List.of("java"));
    entrypoint.addAll(service.options());
    entrypoint.addAll(ContainerSettings.orEmpty(container.jvmFlags()));
    entrypoint.add("-jar");
    entrypoint.add(appRoot.resolve(service.jar()).toString());
    return entrypoint;
  }

  private static void tellWhatIsIgnored(
      RunnableJar service, ContainerSettings written, Console console) {
    if (written.mainClass() != null
        || written.extraClasspath() != null
        || written.expandClasspathDependencies() != null) {
      console.warn(
          "<mainClass>, <extraClasspath> and <expandClasspathDependencies> of <container> have no"
              + " effect on '"
              + Printable.of(service.coordinates())
              + "', which is started with 'java -jar'.",
          "Take them out; the jar's own manifest says its main class and its class path.");
    }
  }
}
