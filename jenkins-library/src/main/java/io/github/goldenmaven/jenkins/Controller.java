package io.github.goldenmaven.jenkins;

import io.github.goldenmaven.jenkins.controller.BuildRun;
import io.github.goldenmaven.jenkins.controller.Settings;
import io.github.goldenmaven.jenkins.controller.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A simulated Jenkins controller with its agents. Each {@code with} gives another controller; this
 * one stays as it is. A controller may run many builds, one after the other, and in parallel unless
 * {@link #in} gives them all one folder.
 */
public final class Controller {

  private final Settings settings;
  private final @Nullable Path rootOrNull;

  private Controller(Settings settings, @Nullable Path rootOrNull) {
    this.settings = settings;
    this.rootOrNull = rootOrNull;
  }

  /** A controller with the usual steps, one POSIX agent labelled {@code linux}, and a dry shell. */
  public static Controller create() {
    return new Controller(new Settings(), null);
  }

  /** With a library, loaded for every build as if it were set to be loaded implicitly. */
  public Controller with(Library library) {
    return change(s -> s.libraries.add(library));
  }

  /** With these agents instead of the default one. */
  public Controller withAgents(Agent... agents) {
    return change(s -> s.agents = List.of(agents));
  }

  /** With a shell that runs commands. */
  public Controller withShell(Shell shell) {
    return change(s -> s.shell = shell);
  }

  /** With a folder that {@code checkout} copies. */
  public Controller withCheckout(Path project) {
    return change(s -> s.checkoutOrNull = project);
  }

  /** With variables of the job, such as {@code BRANCH_NAME}. */
  public Controller withEnvironment(Map<String, String> variables) {
    return change(s -> s.environment.putAll(variables));
  }

  /** With parameters of the build. */
  public Controller withParameters(Map<String, Object> parameters) {
    return change(s -> s.parameters.putAll(parameters));
  }

  /** With credentials under an id. */
  public Controller withCredentials(String id, Credentials credentials) {
    return change(s -> s.credentials.put(id, credentials));
  }

  /** With a config file under an id. */
  public Controller withManagedFile(String id, String text) {
    return change(s -> s.managedFiles.put(id, text));
  }

  /** With an answer to {@code input}. */
  public Controller withApproval(Approval approval) {
    return change(s -> s.approval = approval);
  }

  /** With restarts. */
  public Controller withRestarts(Restarts restarts) {
    return change(s -> s.restarts = restarts);
  }

  /** Without the plugins that bring these steps. */
  public Controller withoutSteps(String... names) {
    return change(s -> Collections.addAll(s.absent, names));
  }

  /** With another catalogue of steps. */
  public Controller withCatalogue(StepCatalogue catalogue) {
    return change(s -> s.catalogue = catalogue);
  }

  /**
   * With a step of your own, or another behaviour of a known one; its value goes to the pipeline.
   */
  public Controller withStep(StepType type, StepBehaviour behaviour) {
    return change(
        s -> {
          s.catalogue = s.catalogue.with(type);
          s.behaviours.put(type.name(), behaviour);
        });
  }

  /** With the Jenkinsfile in the sandbox too. */
  public Controller sandboxed() {
    return change(s -> s.sandboxed = true);
  }

  /** With a fault at one of the steps. */
  public Controller withFault(Fault fault) {
    return change(s -> s.faults.add(fault));
  }

  /** With a consumer of the log while a build runs. */
  public Controller withConsole(Consumer<String> console) {
    return change(s -> s.console = console);
  }

  /**
   * With a folder that keeps the workspaces and archives of its last build; each build empties it.
   */
  public Controller in(Path root) {
    return new Controller(settings, root);
  }

  /**
   * Runs a pipeline to its end.
   *
   * @throws UncheckedIOException if the folders of the build cannot be written
   */
  public Build build(Jenkinsfile jenkinsfile) {
    try {
      Path root = rootOrNull == null ? Files.createTempDirectory("jenkins") : emptied(rootOrNull);
      try {
        return new BuildRun(settings, jenkinsfile, root.toRealPath()).run();
      } finally {
        if (rootOrNull == null) {
          Workspace.delete(root);
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot write the folders of a build", failed);
    }
  }

  private static Path emptied(Path root) throws IOException {
    Workspace.delete(root);
    return Files.createDirectories(root);
  }

  private Controller change(Consumer<Settings> change) {
    return new Controller(settings.with(change), rootOrNull);
  }
}
