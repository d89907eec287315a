package io.github.goldenmaven.simulate;

import io.github.goldenmaven.RefusedException;

/** Runs a pipeline, behind the engine's classes, which only one goal loads. */
public interface Simulation {

  /**
   * Runs it to its end.
   *
   * @throws RefusedException when the Jenkinsfile or a library cannot be run at all
   */
  SimulationReport run(SimulationRequest request);
}
