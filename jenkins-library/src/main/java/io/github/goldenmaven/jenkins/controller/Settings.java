package io.github.goldenmaven.jenkins.controller;

import io.github.goldenmaven.jenkins.Agent;
import io.github.goldenmaven.jenkins.Approval;
import io.github.goldenmaven.jenkins.Credentials;
import io.github.goldenmaven.jenkins.Fault;
import io.github.goldenmaven.jenkins.Library;
import io.github.goldenmaven.jenkins.Restarts;
import io.github.goldenmaven.jenkins.Shell;
import io.github.goldenmaven.jenkins.StepBehaviour;
import io.github.goldenmaven.jenkins.StepCatalogue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a controller is set up. Never changed once a controller has it: see {@link #with}. */
public final class Settings {

  /** The steps that there are. */
  public StepCatalogue catalogue = StepCatalogue.jenkins();

  /** What steps do in place of what the engine does, by name. */
  public final Map<String, StepBehaviour> behaviours = new LinkedHashMap<>();

  /** The steps whose plugin is not installed. */
  public final Set<String> absent = new LinkedHashSet<>();

  /** The shared libraries. */
  public final List<Library> libraries = new ArrayList<>();

  /** What {@code node} may choose from, in this order. */
  public List<Agent> agents = List.of(Agent.unix("agent", "linux"));

  /** What runs commands. */
  public Shell shell = Shell.DRY;

  /** The folder that {@code checkout} copies. */
  public @Nullable Path checkoutOrNull;

  /** The variables of the job. */
  public final Map<String, String> environment = new LinkedHashMap<>();

  /** The parameters of the build. */
  public final Map<String, Object> parameters = new LinkedHashMap<>();

  /** Credentials by id. */
  public final Map<String, Credentials> credentials = new LinkedHashMap<>();

  /** The texts of config files by id. */
  public final Map<String, String> managedFiles = new LinkedHashMap<>();

  /** The answer to {@code input}. */
  public Approval approval = Approval.approvedBy("somebody");

  /** When the controller is restarted. */
  public Restarts restarts = Restarts.NONE;

  /** Whether the Jenkinsfile runs in the sandbox. */
  public boolean sandboxed;

  /** The faults that are injected. */
  public final List<Fault> faults = new ArrayList<>();

  /** Where the log is also written while the build runs. */
  public Consumer<String> console = line -> {};

  /** The usual ones. */
  public Settings() {}

  /** Other settings: a copy of these, changed. */
  public Settings with(Consumer<Settings> change) {
    Settings other = new Settings();
    other.catalogue = catalogue;
    other.behaviours.putAll(behaviours);
    other.absent.addAll(absent);
    other.libraries.addAll(libraries);
    other.agents = agents;
    other.shell = shell;
    other.checkoutOrNull = checkoutOrNull;
    other.environment.putAll(environment);
    other.parameters.putAll(parameters);
    other.credentials.putAll(credentials);
    other.managedFiles.putAll(managedFiles);
    other.approval = approval;
    other.restarts = restarts;
    other.sandboxed = sandboxed;
    other.faults.addAll(faults);
    other.console = console;
    change.accept(other);
    return other;
  }
}
