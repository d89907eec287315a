package io.github.goldenmaven.jenkins.controller;

import io.github.goldenmaven.jenkins.Violation;
import io.github.goldenmaven.jenkins.program.Interpreter;
import io.github.goldenmaven.jenkins.program.PipelineSources;
import io.github.goldenmaven.jenkins.program.ProgramStore;
import io.github.goldenmaven.jenkins.program.Sandbox;
import io.github.goldenmaven.jenkins.program.ScriptBindings;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** The classes of a pipeline and their interpreter; a restart replaces both. */
final class Restarter {

  private final PipelineSources sources;
  private final ScriptBindings bindings;
  private final Consumer<String> violation;
  private final Set<Violation> ofSources = new LinkedHashSet<>();
  private PipelineSources.Classes classes;
  private Interpreter interpreter;
  private int restarts;

  /**
   * Compiles nothing yet.
   *
   * @param violation is called with what the interpreter or the sandbox refuses, before the program
   *     goes on
   */
  Restarter(PipelineSources sources, ScriptBindings bindings, Consumer<String> violation) {
    this.sources = sources;
    this.bindings = bindings;
    this.violation = violation;
    this.classes = sources.open();
    this.interpreter = newInterpreter();
  }

  /** Saves the program, and loads it into new classes. */
  Program restart(Program program) throws NotSerializableException, IOException {
    byte[] saved = ProgramStore.save(program);
    close();
    classes = sources.open();
    interpreter = newInterpreter();
    Program loaded = (Program) ProgramStore.load(saved, classes.loader());
    restarts++;
    return loaded;
  }

  private Interpreter newInterpreter() {
    PipelineSources.Classes now = classes;
    Sandbox sandbox =
        new Sandbox(
            now::compiled,
            refusal ->
                violation.accept(
                    refusal.getMessage() + ": the sandbox of a folder's library refuses it."));
    return new Interpreter(
        bindings,
        sources.anySandboxed() ? sandbox : null,
        broken -> violation.accept(String.valueOf(broken.getMessage())));
  }

  void close() {
    ofSources.addAll(classes.violations());
    classes.close();
  }

  /** What is wrong in the sources, as far as they were compiled. */
  Set<Violation> ofSources() {
    return ofSources;
  }

  PipelineSources.Classes classes() {
    return classes;
  }

  Interpreter interpreter() {
    return interpreter;
  }

  int restarts() {
    return restarts;
  }
}
