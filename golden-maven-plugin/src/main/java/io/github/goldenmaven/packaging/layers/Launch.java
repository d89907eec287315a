package io.github.goldenmaven.packaging.layers;

import io.github.goldenmaven.assembly.ContainerPath;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.packaging.container.ContainerSettings;
import io.github.goldenmaven.packaging.container.WrittenTime;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a service that is no WAR starts: jib's command line, and the two files beside it that a
 * custom entrypoint can use.
 *
 * @param entrypoint {@code null} inherits the base's
 * @param mainClass {@code null} where none was found and an own entrypoint needs none
 * @param classPath content of {@code jib-classpath-file}
 */
public record Launch(
    @Nullable List<String> entrypoint,
    @Nullable String mainClass,
    String classPath,
    ContainerPath appRoot) {

  public static final String CLASS_PATH_FILE = "jib-classpath-file";
  public static final String MAIN_CLASS_FILE = "jib-main-class-file";

  private static final String INHERIT = "INHERIT";

  /** What jib writes into its main class file when there is none. */
  private static final String NO_MAIN_CLASS = "could-not-infer-a-main-class";

  /** From Java 9 on, {@code java} reads its class path from a file. */
  private static final int READS_ARGUMENT_FILES = 9;

  /** Whether somebody wrote an entrypoint, so that no main class is needed. */
  public static boolean isEntrypointWritten(ContainerSettings settings) {
    return !ContainerSettings.orEmpty(settings.entrypoint()).isEmpty();
  }

  /** The entrypoint that somebody wrote; empty where the base's is to be inherited. */
  public static Optional<List<String>> writtenEntrypoint(ContainerSettings settings) {
    List<String> written = ContainerSettings.orEmpty(settings.entrypoint());
    return written.equals(List.of(INHERIT)) ? Optional.empty() : Optional.of(written);
  }

  /**
   * Works out how the service starts.
   *
   * @param own the class path's entries of the project itself, below the application root
   * @param dependencies jars in the order of the class path
   * @param mainClass {@code null} only where an entrypoint was written
   */
  public static Launch of(
      ContainerSettings settings,
      ContainerPath appRoot,
      List<String> own,
      List<Path> dependencies,
      int javaVersion,
      @Nullable String mainClass) {
    List<String> classPath = new ArrayList<>(ContainerSettings.orEmpty(settings.extraClasspath()));
    own.forEach(entry -> classPath.add(appRoot.resolve(entry).toString()));
    boolean argumentFile = javaVersion >= READS_ARGUMENT_FILES;
    if (argumentFile || Boolean.TRUE.equals(settings.expandClasspathDependencies())) {
      LibraryNames.of(dependencies)
          .forEach(name -> classPath.add(appRoot.resolve("libs").resolve(name).toString()));
    } else {
      classPath.add(appRoot.resolve("libs/*").toString());
    }
    String joined = String.join(":", classPath);
    List<String> entrypoint;
    if (isEntrypointWritten(settings)) {
      entrypoint = writtenEntrypoint(settings).orElse(null);
    } else {
      entrypoint = new ArrayList<>(List.of("java"));
      entrypoint.addAll(ContainerSettings.orEmpty(settings.jvmFlags()));
      entrypoint.add("-cp");
      entrypoint.add(argumentFile ? "@" + appRoot.resolve(CLASS_PATH_FILE) : joined);
      entrypoint.add(shown(mainClass));
    }
    return new Launch(entrypoint, mainClass, joined, appRoot);
  }

  /** The layer of the two files. Their time is always jib's, whatever other files are given. */
  public ServiceLayer argumentFiles() {
    return ServiceLayer.listed(
        ServiceLayer.JVM_ARG_FILES,
        appRoot,
        List.of(text(CLASS_PATH_FILE, classPath), text(MAIN_CLASS_FILE, mainClassText())));
  }

  /** Content of {@code jib-main-class-file}. */
  public String mainClassText() {
    return shown(mainClass);
  }

  private static String shown(@Nullable String mainClass) {
    return mainClass == null ? NO_MAIN_CLASS : mainClass;
  }

  private LayerEntry text(String name, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new LayerEntry.File(
        appRoot.resolve(name).inLayer(),
        bytes.length,
        () -> new ByteArrayInputStream(bytes),
        FileTree.FILE_MODE,
        Owner.ROOT,
        WrittenTime.EPOCH_PLUS_SECOND);
  }
}
