package io.github.goldenmaven.packaging.jib;

import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.JavaContainerBuilder;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.Ports;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.ModificationTimeProvider;
import com.google.cloud.tools.jib.maven.MavenProjectProperties;
import com.google.cloud.tools.jib.plugins.common.ContainerizingMode;
import com.google.cloud.tools.jib.plugins.common.JavaContainerBuilderHelper;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.assembly.ContainerPath;
import io.github.goldenmaven.assembly.ImageAssembly;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.packaging.container.ContainerSettings;
import io.github.goldenmaven.packaging.container.ServiceContainer;
import io.github.goldenmaven.packaging.container.WrittenTime;
import io.github.goldenmaven.packaging.layers.ExtraDirectory;
import io.github.goldenmaven.packaging.layers.FilePermissions;
import io.github.goldenmaven.packaging.layers.JarProject;
import io.github.goldenmaven.packaging.layers.Launch;
import io.github.goldenmaven.packaging.layers.LayeringSettings;
import io.github.goldenmaven.packaging.layers.LeanLayering;
import io.github.goldenmaven.packaging.layers.MainClass;
import io.github.goldenmaven.packaging.layers.PackagedService;
import io.github.goldenmaven.packaging.layers.RuntimeDependency;
import io.github.goldenmaven.packaging.layers.ServiceLayer;
import io.github.goldenmaven.packaging.maven.LayeringByJib.Job;
import io.github.goldenmaven.packaging.maven.ProjectReader;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Layers a project by jib-maven-plugin's own classes. Nothing of jib's transport is used: its base
 * is {@code scratch}, and only its build plan is read.
 */
final class JibLayering {

  private static final String WAR_APP_ROOT = "/var/lib/jetty/webapps/ROOT";

  private final Job job;
  private final MavenProject project;
  private final LayeringSettings settings;
  private final Console console;

  JibLayering(Job job) {
    this.job = job;
    this.project = job.project();
    this.settings = job.settings();
    this.console = job.console();
  }

  PackagedService layers() {
    ContainerPath appRoot =
        LeanLayering.appRoot(
            settings.container(), job.war() ? WAR_APP_ROOT : LeanLayering.APP_ROOT);
    ScratchFolders folders = ScratchFolders.emptied(job.scratch());
    if (job.war() && job.packaged()) {
      throw new RefusedException(
          "'packaged' in <containerizingMode> does not go with a WAR, which is unpacked always.",
          "Leave <containerizingMode> out for '" + coordinates() + "'.");
    }
    try (JibExtensions extensions =
        JibExtensions.load(
            project, job.jib(), job.extensionClassPath(), getClass().getClassLoader())) {
      MavenProjectProperties properties =
          MavenProjectProperties.getForProject(
              new PluginDescriptor(),
              project,
              job.session(),
              job.log(),
              folders,
              extensions.loaded());
      try {
        return layers(appRoot, properties, extensions, folders);
      } finally {
        properties.waitForLoggingThread();
      }
    }
  }

  private PackagedService layers(
      ContainerPath appRoot,
      MavenProjectProperties properties,
      JibExtensions extensions,
      ScratchFolders folders) {
    JarProject jar = job.war() ? null : ProjectReader.read(job.session(), project);
    if (jar != null) {
      LeanLayering.requireComplete(jar);
    }
    Launch launch = jar == null ? null : launch(jar, appRoot);
    ServiceContainer container = container(launch);
    JibContainerBuilder builder = projectLayers(appRoot, properties);
    try {
      if (jar != null && launch != null) {
        builder.setFileEntriesLayers(JibLibraries.of(jar, appRoot).named(builder));
        builder.addFileEntriesLayer(argumentFiles(launch, appRoot, folders.newDirectory()));
      }
      fill(builder, container);
      addExtraFiles(builder);
      builder = extensions.run(properties, builder);
    } catch (IOException e) {
      throw unreadable(e);
    }
    PackagedService service =
        new JibPlan(builder.toContainerBuildPlan(), appRoot, console)
            .read(container, settings.container());
    return new PackagedService(
        service.layers(),
        service.container(),
        jar == null ? JibLibraries.ofWar(project, service.layers()) : jar.artifacts());
  }

  private JibContainerBuilder projectLayers(
      ContainerPath appRoot, MavenProjectProperties properties) {
    try {
      return properties.createJibContainerBuilder(
          JavaContainerBuilder.from(JibPlan.BASE)
              .setAppRoot(AbsoluteUnixPath.get(appRoot.toString()))
              .setModificationTimeProvider(modificationTime()),
          job.packaged() ? ContainerizingMode.PACKAGED : ContainerizingMode.EXPLODED);
    } catch (InvalidImageReferenceException e) {
      throw new IllegalStateException("jib knows scratch", e);
    } catch (IOException e) {
      throw e.getCause() instanceof NoSuchFileException missing
          ? notPackaged(missing)
          : unreadable(e);
    }
  }

  private Launch launch(JarProject jar, ContainerPath appRoot) {
    return Launch.of(
        settings.container(),
        appRoot,
        job.packaged() ? List.of("classpath/*") : List.of("resources", "classes"),
        jar.dependencies().stream().map(RuntimeDependency::file).toList(),
        jar.javaVersion(),
        MainClass.of(jar, settings));
  }

  /** A WAR's entrypoint is the base's servlet engine, as with any base that is not jib's own. */
  private ServiceContainer container(@Nullable Launch launch) {
    if (launch != null) {
      return ServiceContainer.of(settings.container(), launch.entrypoint(), launch.mainClass());
    }
    tellWhatAWarIgnores();
    return ServiceContainer.of(
        settings.container(),
        Launch.isEntrypointWritten(settings.container())
            ? Launch.writtenEntrypoint(settings.container()).orElse(null)
            : null,
        null);
  }

  private void tellWhatAWarIgnores() {
    ContainerSettings written = settings.container();
    if (written.mainClass() != null
        || written.jvmFlags() != null
        || written.extraClasspath() != null
        || written.expandClasspathDependencies() != null) {
      console.warn(
          "<mainClass>, <jvmFlags>, <extraClasspath> and <expandClasspathDependencies> of"
              + " <container> have no effect on the WAR '"
              + coordinates()
              + "'.",
          "Take them out; the base's servlet engine says how it starts.");
    }
  }

  private static void fill(JibContainerBuilder builder, ServiceContainer container) {
    builder
        .setEntrypoint(container.entrypoint())
        .setProgramArguments(container.cmd())
        .setEnvironment(container.environment())
        .setLabels(container.labels())
        .setExposedPorts(Ports.parse(container.ports()))
        .setVolumes(
            container.volumes().stream().map(AbsoluteUnixPath::get).collect(Collectors.toSet()))
        .setUser(container.user())
        .setCreationTime(container.created() == null ? Instant.EPOCH : container.created())
        .setFormat(
            container.format() == ImageAssembly.Format.DOCKER
                ? ImageFormat.Docker
                : ImageFormat.OCI);
    if (container.workingDirectory() != null) {
      builder.setWorkingDirectory(AbsoluteUnixPath.get(container.workingDirectory()));
    }
  }

  private static FileEntriesLayer argumentFiles(Launch launch, ContainerPath appRoot, Path folder)
      throws IOException {
    return FileEntriesLayer.builder()
        .setName(ServiceLayer.JVM_ARG_FILES)
        .addEntry(
            written(folder, Launch.CLASS_PATH_FILE, launch.classPath()),
            at(appRoot, Launch.CLASS_PATH_FILE))
        .addEntry(
            written(folder, Launch.MAIN_CLASS_FILE, launch.mainClassText()),
            at(appRoot, Launch.MAIN_CLASS_FILE))
        .build();
  }

  private static Path written(Path folder, String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
  }

  private static AbsoluteUnixPath at(ContainerPath appRoot, String name) {
    return AbsoluteUnixPath.get(appRoot.resolve(name).toString());
  }

  private void addExtraFiles(JibContainerBuilder builder) throws IOException {
    Map<String, com.google.cloud.tools.jib.api.buildplan.FilePermissions> permissions =
        new LinkedHashMap<>();
    FilePermissions.parse(settings.permissions())
        .bits()
        .forEach((file, bits) -> permissions.put(file, jibPermissions(bits)));
    for (ExtraDirectory directory : settings.extraDirectories()) {
      builder.addFileEntriesLayer(
          JavaContainerBuilderHelper.extraDirectoryLayerConfiguration(
              directory.from(),
              AbsoluteUnixPath.get(directory.target().toString()),
              directory.includes(),
              directory.excludes(),
              permissions,
              modificationTime()));
    }
  }

  private static com.google.cloud.tools.jib.api.buildplan.FilePermissions jibPermissions(int bits) {
    return com.google.cloud.tools.jib.api.buildplan.FilePermissions.fromOctalString(
        String.format("%03o", bits));
  }

  private ModificationTimeProvider modificationTime() {
    Instant modified = WrittenTime.ofFiles(settings.container().filesModificationTime());
    return (file, path) -> modified;
  }

  private RefusedException notPackaged(NoSuchFileException missing) {
    return new RefusedException(
        "'"
            + coordinates()
            + "' is not packaged: '"
            + Printable.of(String.valueOf(missing.getFile()))
            + "' is not there.",
        "Run 'mvn package' before golden:build-no-fork, or 'mvn golden:build', which does it"
            + " itself.",
        missing);
  }

  private UnavailableException unreadable(IOException cause) {
    return new UnavailableException(
        "The files of '"
            + coordinates()
            + "' cannot be read: '"
            + Printable.of(String.valueOf(cause.getMessage()))
            + "'.",
        "Check that the project is built, and that this user may read and write in its folder.",
        cause);
  }

  private String coordinates() {
    return Printable.of(ProjectReader.coordinates(project));
  }
}
