package io.github.goldenmaven.packaging.start;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.packaging.classfile.ClassPathEntries;
import io.github.goldenmaven.packaging.classfile.JarClasses;
import io.github.goldenmaven.packaging.container.ServiceContainer;
import io.github.goldenmaven.packaging.layers.PackagedService;
import io.github.goldenmaven.provenance.JavaVersions;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.text.Printable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a service whose command names what its image will not have: a server that the golden
 * image lacks, {@code java} where there is none, a file of the service's own or a class that no
 * layer brings. The golden's layers are not read: what only they can tell is for the release gate.
 */
public final class StartCheck {

  private static final String ENTRYPOINT = "<container><entrypoint>";

  private final ImageReference base;
  private final PackagedService service;
  private final ServiceContainer container;
  private final PlannedFiles files;

  /**
   * A check of one service.
   *
   * @param base as the user named it
   */
  public StartCheck(ImageReference base, PackagedService service) {
    this.base = base;
    this.service = service;
    this.container = service.container();
    this.files = PlannedFiles.of(service);
  }

  /**
   * Looks at each platform.
   *
   * @param goldens the golden image's config for each platform
   * @throws RefusedException for the first thing that the image will not have
   */
  public void require(List<ImageConfig> goldens) {
    for (ImageConfig golden : goldens) {
      Command command = Command.of(golden, container);
      if (container.entrypoint() == null) {
        requireServer(command);
      } else {
        requireProgram(golden, command);
        requireClasses(command);
      }
    }
  }

  /** A WAR, or a service that takes the golden's own entrypoint. */
  private void requireServer(Command command) {
    if (command.startsNothing()) {
      throw new RefusedException(
          "Nothing would start the service: it has no entrypoint of its own, as a WAR has none, and"
              + " the golden image '"
              + Printable.of(base.toString())
              + "' runs "
              + (command.words().isEmpty() ? "nothing." : "'" + command.shown() + "'."),
          "Name a golden image with a server in it, like Jetty or Tomcat, in <base> or with"
              + " -Dgolden.base, or write what starts the service into "
              + ENTRYPOINT
              + ".");
    }
  }

  private void requireProgram(ImageConfig golden, Command command) {
    if (command.program().equals("java")
        && !container.environment().containsKey("PATH")
        && hasNoJava(golden)) {
      throw new RefusedException(
          "The service is started by 'java', and the golden image '"
              + Printable.of(base.toString())
              + "' has no JVM.",
          "Name a golden image with a JVM in <base> or with -Dgolden.base, or write another program"
              + " into "
              + ENTRYPOINT
              + ".");
    }
    String folder = workingDirectory(golden);
    for (String file : command.filesNeeded(folder)) {
      if (files.isPlace(file) && !files.has(file) && !isTheGoldens(golden, file)) {
        throw missing("'" + Printable.of(file) + "'", "is in no layer of the service");
      }
    }
  }

  private static boolean hasNoJava(ImageConfig golden) {
    return Label.GOLDEN_JAVA
        .in(golden.labels())
        .map(JavaVersions::parse)
        .filter(JavaVersions::isNone)
        .isPresent();
  }

  private String workingDirectory(ImageConfig golden) {
    @Nullable String written = container.workingDirectory();
    return written != null ? written : golden.runtime().string("WorkingDir").orElse("/");
  }

  /** A golden image may have scripts of its own in the place that it gives to services. */
  private static boolean isTheGoldens(ImageConfig golden, String file) {
    return golden.runtime().strings("Entrypoint").contains(file)
        || golden.runtime().strings("Cmd").contains(file);
  }

  /** The class that the command names, where all of its class path is the service's own. */
  private void requireClasses(Command command) {
    Optional<String> named = command.mainClass();
    ClassPathEntries classPath = ClassPathEntries.of(service);
    if (named.isEmpty()
        || classPath.paths().isEmpty()
        || !classPath.paths().stream().allMatch(files::bringsClassPath)) {
      return;
    }
    String path = named.orElseThrow().replace('.', '/') + ".class";
    boolean there =
        classPath.paths().stream().anyMatch(folder -> files.has("/" + folder + "/" + path))
            || files.jars().entrySet().stream()
                .filter(jar -> classPath.holds(jar.getKey()))
                .map(Map.Entry::getValue)
                .anyMatch(jar -> JarClasses.of(jar, path).isPresent());
    if (!there) {
      throw missing(
          "the class '" + Printable.of(named.orElseThrow()) + "'", "is nowhere on its class path");
    }
  }

  private static RefusedException missing(String what, String where) {
    return new RefusedException(
        "The service's command names " + what + ", which " + where + ".",
        "Correct "
            + ENTRYPOINT
            + " or <container><args>, or bring the file with <extraDirectories>.");
  }
}
