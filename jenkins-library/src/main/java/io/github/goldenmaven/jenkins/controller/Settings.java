package io.github.goldenmaven.jenkins.controller;

import io.github.goldenmaven.jenkins.Agent;
import io.github.goldenmaven.jenkins.Approval;
import io.github.goldenmaven.jenkins.Credentials;
import io.github.goldenmaven.jenkins.Disturbance;
import io.github.goldenmaven.jenkins.Library;
import io.github.goldenmaven.jenkins.Restarts;
import io.github.goldenmaven.jenkins.Shell;
import io.github.goldenmaven.jenkins.StepCatalogue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a controller is set up.
 *
 * @param catalogue the steps that there are
 * @param absent the steps whose plugin is not installed
 * @param libraries the shared libraries, all loaded
 * @param agents what {@code node} may choose from, in this order
 * @param shell what runs commands
 * @param checkoutOrNull the folder that {@code checkout} copies
 * @param environment the variables of the job
 * @param parameters the parameters of the build
 * @param credentials by id
 * @param managedFiles the texts of config files by id
 * @param approval the answer to {@code input}
 * @param restarts when the controller is restarted
 * @param sandboxed whether the Jenkinsfile runs in the sandbox
 * @param disturbances what goes wrong
 * @param console where the log is also written while the build runs
 */
public record Settings(
    StepCatalogue catalogue,
    Set<String> absent,
    List<Library> libraries,
    List<Agent> agents,
    Shell shell,
    @Nullable Path checkoutOrNull,
    Map<String, String> environment,
    Map<String, Object> parameters,
    Map<String, Credentials> credentials,
    Map<String, String> managedFiles,
    Approval approval,
    Restarts restarts,
    boolean sandboxed,
    List<Disturbance> disturbances,
    Consumer<String> console) {

  /** Another {@code catalogue}. */
  public Settings withCatalogue(StepCatalogue value) {
    return new Settings(
        value,
        absent,
        libraries,
        agents,
        shell,
        checkoutOrNull,
        environment,
        parameters,
        credentials,
        managedFiles,
        approval,
        restarts,
        sandboxed,
        disturbances,
        console);
  }

  /** Another {@code absent}. */
  public Settings withAbsent(Set<String> value) {
    return new Settings(
        catalogue,
        value,
        libraries,
        agents,
        shell,
        checkoutOrNull,
        environment,
        parameters,
        credentials,
        managedFiles,
        approval,
        restarts,
        sandboxed,
        disturbances,
        console);
  }

  /** Another {@code libraries}. */
  public Settings withLibraries(List<Library> value) {
    return new Settings(
        catalogue,
        absent,
        value,
        agents,
        shell,
        checkoutOrNull,
        environment,
        parameters,
        credentials,
        managedFiles,
        approval,
        restarts,
        sandboxed,
        disturbances,
        console);
  }

  /** Another {@code agents}. */
  public Settings withAgents(List<Agent> value) {
    return new Settings(
        catalogue,
        absent,
        libraries,
        value,
        shell,
        checkoutOrNull,
        environment,
        parameters,
        credentials,
        managedFiles,
        approval,
        restarts,
        sandboxed,
        disturbances,
        console);
  }

  /** Another {@code shell}. */
  public Settings withShell(Shell value) {
    return new Settings(
        catalogue,
        absent,
        libraries,
        agents,
        value,
        checkoutOrNull,
        environment,
        parameters,
        credentials,
        managedFiles,
        approval,
        restarts,
        sandboxed,
        disturbances,
        console);
  }

  /** Another {@code checkout}. */
  public Settings withCheckout(Path value) {
    return new Settings(
        catalogue,
        absent,
        libraries,
        agents,
        shell,
        value,
        environment,
        parameters,
        credentials,
        managedFiles,
        approval,
        restarts,
        sandboxed,
        disturbances,
        console);
  }

  /** Another {@code environment}. */
  public Settings withEnvironment(Map<String, String> value) {
    return new Settings(
        catalogue,
        absent,
        libraries,
        agents,
        shell,
        checkoutOrNull,
        value,
        parameters,
        credentials,
        managedFiles,
        approval,
        restarts,
        sandboxed,
        disturbances,
        console);
  }

  /** Another {@code parameters}. */
  public Settings withParameters(Map<String, Object> value) {
    return new Settings(
        catalogue,
        absent,
        libraries,
        agents,
        shell,
        checkoutOrNull,
        environment,
        value,
        credentials,
        managedFiles,
        approval,
        restarts,
        sandboxed,
        disturbances,
        console);
  }

  /** Another {@code credentials}. */
  public Settings withCredentials(Map<String, Credentials> value) {
    return new Settings(
        catalogue,
        absent,
        libraries,
        agents,
        shell,
        checkoutOrNull,
        environment,
        parameters,
        value,
        managedFiles,
        approval,
        restarts,
        sandboxed,
        disturbances,
        console);
  }

  /** Another {@code managedFiles}. */
  public Settings withManagedFiles(Map<String, String> value) {
    return new Settings(
        catalogue,
        absent,
        libraries,
        agents,
        shell,
        checkoutOrNull,
        environment,
        parameters,
        credentials,
        value,
        approval,
        restarts,
        sandboxed,
        disturbances,
        console);
  }

  /** Another {@code approval}. */
  public Settings withApproval(Approval value) {
    return new Settings(
        catalogue,
        absent,
        libraries,
        agents,
        shell,
        checkoutOrNull,
        environment,
        parameters,
        credentials,
        managedFiles,
        value,
        restarts,
        sandboxed,
        disturbances,
        console);
  }

  /** Another {@code restarts}. */
  public Settings withRestarts(Restarts value) {
    return new Settings(
        catalogue,
        absent,
        libraries,
        agents,
        shell,
        checkoutOrNull,
        environment,
        parameters,
        credentials,
        managedFiles,
        approval,
        value,
        sandboxed,
        disturbances,
        console);
  }

  /** Another {@code sandboxed}. */
  public Settings withSandboxed(boolean value) {
    return new Settings(
        catalogue,
        absent,
        libraries,
        agents,
        shell,
        checkoutOrNull,
        environment,
        parameters,
        credentials,
        managedFiles,
        approval,
        restarts,
        value,
        disturbances,
        console);
  }

  /** Another {@code disturbances}. */
  public Settings withDisturbances(List<Disturbance> value) {
    return new Settings(
        catalogue,
        absent,
        libraries,
        agents,
        shell,
        checkoutOrNull,
        environment,
        parameters,
        credentials,
        managedFiles,
        approval,
        restarts,
        sandboxed,
        value,
        console);
  }

  /** Another {@code console}. */
  public Settings withConsole(Consumer<String> value) {
    return new Settings(
        catalogue,
        absent,
        libraries,
        agents,
        shell,
        checkoutOrNull,
        environment,
        parameters,
        credentials,
        managedFiles,
        approval,
        restarts,
        sandboxed,
        disturbances,
        value);
  }
}
