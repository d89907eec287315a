package io.github.goldenmaven.jenkins;

import io.github.goldenmaven.jenkins.controller.BuildRun;
import io.github.goldenmaven.jenkins.controller.Settings;
import io.github.goldenmaven.jenkins.controller.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A simulated Jenkins controller with its agents. Each {@code with} gives another controller; this
 * one stays as it is. A controller may run many builds, one after the other or at once.
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
    return new Controller(
        new Settings(
            StepCatalogue.jenkins(),
            Set.of(),
            List.of(),
            List.of(Agent.unix("agent", "linux")),
            Shell.DRY,
            null,
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Approval.approvedBy("somebody"),
            Restarts.NONE,
            false,
            List.of(),
            line -> {}),
        null);
  }

  /** With a library, loaded for every build. */
  public Controller with(Library library) {
    return change(s -> s.withLibraries(add(s.libraries(), library)));
  }

  /** With these agents in place of the one that there is. */
  public Controller withAgents(Agent... agents) {
    return change(s -> s.withAgents(List.of(agents)));
  }

  /** With something that runs commands. */
  public Controller withShell(Shell shell) {
    return change(s -> s.withShell(shell));
  }

  /** With a folder that {@code checkout} copies. */
  public Controller withCheckout(Path project) {
    return change(s -> s.withCheckout(project));
  }

  /** With variables of the job, such as {@code BRANCH_NAME}. */
  public Controller withEnvironment(Map<String, String> variables) {
    return change(s -> s.withEnvironment(merge(s.environment(), variables)));
  }

  /** With parameters of the build. */
  public Controller withParameters(Map<String, Object> parameters) {
    return change(s -> s.withParameters(merge(s.parameters(), parameters)));
  }

  /** With credentials under an id. */
  public Controller withCredentials(String id, Credentials credentials) {
    return change(s -> s.withCredentials(merge(s.credentials(), Map.of(id, credentials))));
  }

  /** With a config file under an id. */
  public Controller withManagedFile(String id, String text) {
    return change(s -> s.withManagedFiles(merge(s.managedFiles(), Map.of(id, text))));
  }

  /** With an answer to {@code input}. */
  public Controller withApproval(Approval approval) {
    return change(s -> s.withApproval(approval));
  }

  /** With restarts. */
  public Controller withRestarts(Restarts restarts) {
    return change(s -> s.withRestarts(restarts));
  }

  /** Without the plugins that bring these steps. */
  public Controller withoutSteps(String... names) {
    Set<String> absent = new LinkedHashSet<>(settings.absent());
    Collections.addAll(absent, names);
    return change(s -> s.withAbsent(absent));
  }

  /** With other steps than the usual ones. */
  public Controller withCatalogue(StepCatalogue catalogue) {
    return change(s -> s.withCatalogue(catalogue));
  }

  /** With the Jenkinsfile in the sandbox too. */
  public Controller sandboxed() {
    return change(s -> s.withSandboxed(true));
  }

  /** With something that goes wrong. */
  public Controller disturbedBy(Disturbance disturbance) {
    return change(s -> s.withDisturbances(add(s.disturbances(), disturbance)));
  }

  /** With somebody who reads the log while a build runs. */
  public Controller withConsole(Consumer<String> console) {
    return change(s -> s.withConsole(console));
  }

  /** With a folder that keeps the workspaces and archives of its last build. */
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
      Path root =
          rootOrNull == null
              ? Files.createTempDirectory("jenkins")
              : Files.createDirectories(rootOrNull);
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

  private Controller change(UnaryOperator<Settings> change) {
    return new Controller(change.apply(settings), rootOrNull);
  }

  private static <T> List<T> add(List<T> list, T element) {
    List<T> more = new ArrayList<>(list);
    more.add(element);
    return List.copyOf(more);
  }

  private static <V> Map<String, V> merge(Map<String, V> map, Map<String, ? extends V> other) {
    Map<String, V> more = new LinkedHashMap<>(map);
    more.putAll(other);
    return Collections.unmodifiableMap(more);
  }
}
