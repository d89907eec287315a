package io.github.goldenmaven.jenkins;

/**
 * Something that Jenkins forbids, ignores or fails on, and that a developer must fix.
 *
 * @param step the step that it shows at; empty where it is none
 * @param file the file, for example {@code vars/goldenBuild.groovy}
 * @param line the line in it, from 1; 0 where it is not known
 * @param message the problem and its remedy
 */
public record Violation(String step, String file, int line, String message) {

  @Override
  public String toString() {
    return file + ":" + line + ": " + (step.isEmpty() ? "" : step + ": ") + message;
  }
}
