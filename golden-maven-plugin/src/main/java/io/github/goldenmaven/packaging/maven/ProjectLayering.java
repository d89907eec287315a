package io.github.goldenmaven.packaging.maven;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.packaging.layers.ExtraFiles;
import io.github.goldenmaven.packaging.layers.LayeringSettings;
import io.github.goldenmaven.packaging.layers.LeanLayering;
import io.github.goldenmaven.packaging.layers.MainClass;
import io.github.goldenmaven.packaging.layers.PackagedService;
import io.github.goldenmaven.packaging.layers.RunnableJarLayering;
import io.github.goldenmaven.text.Printable;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Layers a Maven project: by our lean path where that is enough, by jib-maven-plugin's classes
 * where the project is a WAR, is packaged as a jar, or uses jib's extensions.
 *
 * <p>The goal that calls this must ask Maven for dependencies of scope {@code runtime+system}, as
 * jib's goals do: the runtime class path is taken as Maven hands it over.
 */
public final class ProjectLayering {

  /** {@code golden.layering}. */
  public enum Choice {
    /** The lean path where it does. */
    AUTO,
    /** jib's classes always. */
    JIB;

    /** Reads the parameter. */
    public static Choice parse(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "auto" -> AUTO;
        case "jib" -> JIB;
        default ->
            throw new RefusedException(
                "'" + Printable.of(text) + "' in <layering> is not a way of layering.",
                "Write 'auto' or 'jib' in <layering> or -Dgolden.layering.");
      };
    }
  }

  /** Packagings whose artifact is no service. Any other is treated like a jar, as by jib. */
  private static final Set<String> NO_SERVICE =
      Set.of("ear", "rar", "par", "maven-plugin", "maven-archetype", "bom", "toolchains");

  private static final Set<String> WAR = Set.of("war", "gwt-app");

  private final MavenSession session;
  private final Log log;
  private final Console console;
  private final Supplier<LayeringByJib> jibLayering;
  private final ExtensionClassPath extensionClassPath;

  /**
   * A layering for one session.
   *
   * @param log for jib and its extensions, and for which way was taken
   * @param jibLayering asked only where the lean path is not enough
   */
  public ProjectLayering(
      MavenSession session,
      Log log,
      Console console,
      Supplier<LayeringByJib> jibLayering,
      ExtensionClassPath extensionClassPath) {
    this.session = session;
    this.log = log;
    this.console = console;
    this.jibLayering = jibLayering;
    this.extensionClassPath = extensionClassPath;
  }

  /**
   * The layers of a project that was compiled, or packaged where it has to be.
   *
   * @param settings ours, which win over those of jib-maven-plugin in the POM
   * @param scratch a folder of this project for files that jib makes, like an unpacked WAR; emptied
   *     first; the layers read from it, so it has to stay until they are written
   * @throws RefusedException when the project is no service, is not built, or a setting is wrong
   */
  public PackagedService layersOf(
      MavenProject project, LayeringSettings settings, Choice choice, Path scratch) {
    requireService(project);
    ExistingJib jib = ExistingJib.of(session, project);
    LayeringSettings merged = settings.over(jib.settings());
    merged =
        merged.withExtraDirectories(
            ExtraFiles.of(ProjectReader.folder(project), merged.extraDirectories()));
    tellWhatIsNotTaken(jib, settings);
    BoundJib.of(session, project).ifPresent(this::tellThatJibRuns);
    if (!isWar(project)) {
      tellWhatIsLeftOut(project);
    }
    boolean packaged = isPackaged(merged);
    if (jib.extensions().isEmpty() && QuarkusReader.packages(project)) {
      log.debug("Layering '" + ProjectReader.coordinates(project) + "' as Quarkus packaged it.");
      return RunnableJarLayering.layersOf(
          new QuarkusReader(session, project).read(), merged, console);
    }
    boolean lean =
        choice == Choice.AUTO
            && project.getPackaging().equals("jar")
            && !packaged
            && jib.extensions().isEmpty();
    log.debug(
        "Layering '"
            + ProjectReader.coordinates(project)
            + (lean ? "' without jib." : "' with jib-maven-plugin."));
    return lean
        ? LeanLayering.layersOf(ProjectReader.read(session, project), merged)
        : layersByJib(project, merged, jib, scratch);
  }

  private PackagedService layersByJib(
      MavenProject project, LayeringSettings merged, ExistingJib jib, Path scratch) {
    LayeringByJib.Job job =
        new LayeringByJib.Job(
            session,
            project,
            merged,
            jib,
            extensionClassPath,
            isWar(project),
            isPackaged(merged),
            scratch,
            log,
            console);
    return jibLayering.get().layersOf(job);
  }

  /**
   * Whether no image is expected of a project because it only is a part of a larger reactor: the
   * POM over the modules, or a library that another module depends on and that cannot be started.
   * Before it is compiled only a module whose POM says how it is started is known to be more.
   */
  public boolean isOnlyPartOfReactor(MavenProject project, LayeringSettings settings) {
    if (session.getProjects().size() < 2) {
      return false;
    }
    if (project.getPackaging().equals("pom")) {
      return true;
    }
    return project.getPackaging().equals("jar")
        && isUsedInReactor(project)
        && !QuarkusReader.packages(project)
        && !MainClass.isThere(
            ProjectReader.startable(session, project),
            settings.over(ExistingJib.of(session, project).settings()));
  }

  private boolean isUsedInReactor(MavenProject project) {
    return session.getProjects().stream()
        .flatMap(other -> other.getDependencies().stream())
        .anyMatch(
            dependency ->
                dependency.getGroupId().equals(project.getGroupId())
                    && dependency.getArtifactId().equals(project.getArtifactId()));
  }

  /**
   * Demands a project that can be a service.
   *
   * @throws RefusedException when its packaging is none
   */
  public static void requireService(MavenProject project) {
    String packaging = project.getPackaging();
    String named = "'" + Printable.of(ProjectReader.coordinates(project)) + "'";
    if (packaging.equals("pom")) {
      throw new RefusedException(
          named + " has packaging 'pom': there is nothing in it to put into an image.",
          "Run golden:build in the module that is the service, or set golden.skip to true in this"
              + " POM's properties and to false in the modules'.");
    }
    if (NO_SERVICE.contains(packaging)) {
      throw new RefusedException(
          named + " has packaging '" + packaging + "', which is not a service that can be started.",
          "Run golden:build in a module with packaging 'jar' or 'war', or set golden.skip here.");
    }
  }

  static boolean isWar(MavenProject project) {
    return WAR.contains(project.getPackaging());
  }

  private static boolean isPackaged(LayeringSettings settings) {
    return isPackaged(settings.containerizingMode());
  }

  /**
   * Reads {@code <containerizingMode>}.
   *
   * @throws RefusedException when it is none
   */
  public static boolean isPackaged(@Nullable String mode) {
    if (mode == null || mode.equals("exploded")) {
      return false;
    }
    if (mode.equals("packaged")) {
      return true;
    }
    throw new RefusedException(
        "'" + Printable.of(mode) + "' in <containerizingMode> is not a containerizing mode.",
        "Write 'exploded' or 'packaged' in <containerizingMode> or -Dgolden.containerizingMode.");
  }

  private void tellWhatIsLeftOut(MavenProject project) {
    List<Artifact> leftOut = new BootRepackaging(session, project).leftOut();
    if (!leftOut.isEmpty()) {
      console.info(
          "Left out, as Spring Boot's repackaging does: "
              + leftOut.stream()
                  .map(tool -> "'" + tool.getArtifactId() + "-" + tool.getVersion() + "'")
                  .map(Printable::of)
                  .collect(Collectors.joining(", ")));
    }
  }

  private void tellWhatIsNotTaken(ExistingJib jib, LayeringSettings settings) {
    if (jib.timestamped() && settings.container().creationTime() == null) {
      console.warn(
          "jib-maven-plugin's <creationTime> is 'USE_CURRENT_TIMESTAMP', which golden:build does"
              + " not follow: the image would be another one at every build.",
          "Nothing has to be done; a <container><creationTime> of golden-maven-plugin silences"
              + " this.");
    }
  }

  private void tellThatJibRuns(BoundJib bound) {
    console.warn(
        "The POM binds jib-maven-plugin's goal '"
            + bound.goal()
            + "' to the phase '"
            + Printable.of(bound.phase())
            + "': golden:build runs that phase first, so jib makes an image of its own beside this"
            + " one, on its own base and to its own target.",
        "Give -Djib.skip=true to Maven, or remove that <execution> from the POM.");
  }
}
