package io.github.goldenmaven.jenkins.controller;

import hudson.AbortException;
import io.github.goldenmaven.jenkins.Agent;
import io.github.goldenmaven.jenkins.Disturbance;
import io.github.goldenmaven.jenkins.StepType;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** What goes wrong around the steps: faults, aborts, lost agents and controllers. */
final class Disturber {

  private final List<Disturbance> disturbances;
  private final Path root;
  private final Set<String> lostWorkspaces = new TreeSet<>();

  Disturber(Settings settings, Path root) {
    this.disturbances = settings.disturbances;
    this.root = root;
  }

  boolean happens(Disturbance.Kind kind, int number) {
    return disturbances.contains(new Disturbance(kind, number));
  }

  /**
   * Lets happen what is planned for a step.
   *
   * @param gone whether the controller was restarted under it
   */
  void disturb(Program program, StepType type, Context context, int number, boolean gone)
      throws Exception {
    if (happens(Disturbance.Kind.FAULT, number)) {
      throw new AbortException("planted fault at step " + number);
    }
    if (happens(Disturbance.Kind.ABORT, number)) {
      throw new FlowInterruptedException("ABORTED", "Aborted by somebody");
    }
    if (happens(Disturbance.Kind.AGENT_LOST, number) && context.agentOrNull() != null) {
      program.lostNodes.add(context.node());
      lostWorkspaces.add(context.environment().getOrDefault("WORKSPACE", context.folder()));
      throw Losses.agent(context.agent());
    }
    if (gone && !type.resumable()) {
      throw Losses.controller(type.name());
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
