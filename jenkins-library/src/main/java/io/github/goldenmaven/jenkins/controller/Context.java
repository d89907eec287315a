package io.github.goldenmaven.jenkins.controller;

import io.github.goldenmaven.jenkins.Agent;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the blocks around a step give it.
 *
 * @param depth how many blocks there are
 * @param branch the branch of {@code parallel}, empty outside
 * @param agentOrNull the agent of the {@code node}
 * @param node the number of the {@code node} block, 0 outside
 * @param folder the present folder on the agent, empty outside {@code node}
 * @param environment the variables that blocks have set
 * @param timeouts how many blocks limit the time
 * @param stage the number of the innermost stage; -1 outside
 */
record Context(
    int depth,
    String branch,
    @Nullable Agent agentOrNull,
    int node,
    String folder,
    LinkedHashMap<String, String> environment,
    int timeouts,
    int stage)
    implements Serializable {

  static final Context OUTERMOST = new Context(0, "", null, 0, "", new LinkedHashMap<>(), 0, -1);

  Context inside() {
    return new Context(depth + 1, branch, agentOrNull, node, folder, environment, timeouts, stage);
  }

  Context inBranch(String name) {
    String path = branch.isEmpty() ? name : branch + "/" + name;
    return new Context(depth, path, agentOrNull, node, folder, environment, timeouts, stage);
  }

  Context on(Agent agent, int number, String workspace) {
    Context moved =
        new Context(depth, branch, agent, number, workspace, environment, timeouts, stage);
    return moved.with(Map.of("WORKSPACE", workspace, "NODE_NAME", agent.name()));
  }

  Context in(String other) {
    return new Context(depth, branch, agentOrNull, node, other, environment, timeouts, stage);
  }

  Context with(Map<String, String> variables) {
    LinkedHashMap<String, String> more = new LinkedHashMap<>(environment);
    more.putAll(variables);
    return new Context(depth, branch, agentOrNull, node, folder, more, timeouts, stage);
  }

  Context inStage(int number) {
    return new Context(depth, branch, agentOrNull, node, folder, environment, timeouts, number);
  }

  Context timed() {
    return new Context(depth, branch, agentOrNull, node, folder, environment, timeouts + 1, stage);
  }

  String agent() {
    return agentOrNull == null ? "" : agentOrNull.name();
  }
}
