package io.github.goldenmaven.jenkins.controller;

import hudson.AbortException;
import io.github.goldenmaven.jenkins.Agent;
import io.github.goldenmaven.jenkins.Fault;
import io.github.goldenmaven.jenkins.StepType;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** Injects faults at the steps: failures, aborts, lost agents, restarts of the controller. */
final class FaultInjector {

  private final List<Fault> faults;
  private final Path root;
  private final Set<String> lostWorkspaces = new TreeSet<>();

  FaultInjector(Settings settings, Path root) {
    this.faults = settings.faults;
    this.root = root;
  }

  boolean happens(Fault.Kind kind, int number) {
    return faults.contains(new Fault(kind, number));
  }

  /**
   * Throws the fault that is planned for a step, if there is one.
   *
   * @param restarted whether the controller was restarted when it began
   */
  void inject(Program program, StepType type, Context context, int number, boolean restarted)
      throws Exception {
    if (happens(Fault.Kind.FAILURE, number)) {
      throw new AbortException("planted fault at step " + number);
    }
    if (happens(Fault.Kind.ABORT, number)) {
      throw new FlowInterruptedException("ABORTED", "Aborted by somebody");
    }
    if (happens(Fault.Kind.AGENT_LOST, number) && context.agentOrNull() != null) {
      program.lostNodes.add(context.node());
      lostWorkspaces.add(context.environment().getOrDefault("WORKSPACE", context.folder()));
      throw InfrastructureFailures.agent(context.agent());
    }
    if (restarted && !type.resumable()) {
      throw InfrastructureFailures.controller(type.name());
    }
  }

  /** Where a {@code node} on this agent works; never in a workspace that was lost or is taken. */
  String workspace(Agent agent, Set<String> taken) {
    Path home = root.resolve("agents").resolve(agent.name()).resolve("workspace");
    Path workspace = home.resolve("job");
    for (int i = 2;
        lostWorkspaces.contains(workspace.toString()) || taken.contains(workspace.toString());
        i++) {
      workspace = home.resolve("job@" + i);
    }
    return workspace.toString();
  }
}
