package io.github.goldenmaven.jenkins;

/**
 * A step that was called.
 *
 * @param number from 1, in the order of the calls
 * @param depth how many blocks stand around it
 * @param name its name
 * @param arguments as the pipeline gave them, closures left out
 * @param file where it was called
 * @param line the line in that file, from 1
 * @param agent the agent that it ran on; empty outside {@code node}
 */
public record StepRecord(
    int number, int depth, String name, String arguments, String file, int line, String agent) {}
