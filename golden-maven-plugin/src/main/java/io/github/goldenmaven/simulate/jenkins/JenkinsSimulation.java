package io.github.goldenmaven.simulate.jenkins;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.jenkins.Approval;
import io.github.goldenmaven.jenkins.BashShell;
import io.github.goldenmaven.jenkins.Build;
import io.github.goldenmaven.jenkins.Controller;
import io.github.goldenmaven.jenkins.Credentials;
import io.github.goldenmaven.jenkins.DeclarativePipeline;
import io.github.goldenmaven.jenkins.Disturbance;
import io.github.goldenmaven.jenkins.Jenkinsfile;
import io.github.goldenmaven.jenkins.Library;
import io.github.goldenmaven.jenkins.Restarts;
import io.github.goldenmaven.jenkins.Shell;
import io.github.goldenmaven.jenkins.StepRecord;
import io.github.goldenmaven.jenkins.controller.Workspace;
import io.github.goldenmaven.simulate.Simulation;
import io.github.goldenmaven.simulate.SimulationReport;
import io.github.goldenmaven.simulate.SimulationRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a pipeline with our engine. */
public final class JenkinsSimulation implements Simulation {

  private static final long LARGEST = 1 << 20;

  @Override
  public SimulationReport run(SimulationRequest request) {
    Jenkinsfile jenkinsfile =
        new Jenkinsfile(
            String.valueOf(request.jenkinsfile().getFileName()),
            text(request.jenkinsfile(), "-Dgolden.jenkinsfile"));
    if (DeclarativePipeline.is(jenkinsfile)) {
      throw new RefusedException(
          "'" + request.jenkinsfile() + "' is declarative, and only Jenkins itself can run that.",
          "Name a scripted Jenkinsfile with -Dgolden.jenkinsfile, or simulate the steps that it"
              + " calls.");
    }
    Workspace.delete(request.folder());
    Controller controller = controller(request);
    Build build = controller.build(jenkinsfile);
    List<SimulationReport.Violation> violations = violations(build);
    if (request.restarts() == SimulationRequest.Restart.DURING && violations.isEmpty()) {
      violations = lostByARestart(controller, jenkinsfile, build, request);
    }
    return report(build, violations);
  }

  /** One more build for each step, whose controller is restarted while that step is under way. */
  private static List<SimulationReport.Violation> lostByARestart(
      Controller controller, Jenkinsfile jenkinsfile, Build whole, SimulationRequest request) {
    List<SimulationReport.Violation> lost = new ArrayList<>();
    for (StepRecord step : whole.steps()) {
      Workspace.delete(request.folder());
      Build build =
          controller.disturbedBy(Disturbance.controllerGone(step.number())).build(jenkinsfile);
      if (!build.result().equals(whole.result())) {
        lost.add(
            new SimulationReport.Violation(
                step.file(),
                step.line(),
                step.name(),
                "a restart of the controller under this step loses the build. Put retry(count: 2,"
                    + " conditions: [agent(), nonresumable()]) around its node."));
      }
    }
    return lost.stream().distinct().toList();
  }

  private static Controller controller(SimulationRequest request) {
    Controller controller =
        Controller.create()
            .withShell(
                request.shell() == SimulationRequest.Shell.BASH ? new BashShell() : Shell.DRY)
            .withCheckout(request.checkout())
            .withEnvironment(request.environment())
            .withRestarts(
                request.restarts() == SimulationRequest.Restart.EVERY
                    ? Restarts.EVERY
                    : Restarts.NONE)
            .withoutSteps(request.absent().toArray(String[]::new))
            .withApproval(approval(request.approval()))
            .withConsole(request.console())
            .in(request.folder());
    for (Map.Entry<String, Path> library : request.libraries().entrySet()) {
      controller = controller.with(library(library.getKey(), library.getValue(), request));
    }
    for (Map.Entry<String, Path> file : request.files().entrySet()) {
      controller =
          controller.withManagedFile(file.getKey(), text(file.getValue(), "-Dgolden.files"));
    }
    for (Map.Entry<String, SimulationRequest.Login> login : request.credentials().entrySet()) {
      controller =
          controller.withCredentials(
              login.getKey(),
              Credentials.usernamePassword(login.getValue().user(), login.getValue().password()));
    }
    return request.sandboxed() ? controller.sandboxed() : controller;
  }

  private static Library library(String name, Path root, SimulationRequest request) {
    if (!Files.isDirectory(root)) {
      throw new RefusedException(
          "The library '" + name + "' is not a folder: '" + root + "'.",
          "Name its root, the folder that holds vars, with -Dgolden.library=" + name + "=PATH.");
    }
    try {
      return request.sandboxed() ? Library.folder(name, root) : Library.global(name, root);
    } catch (IllegalArgumentException rejected) {
      throw new RefusedException(
          "The library '" + name + "' cannot be loaded: " + rejected.getMessage(),
          "Or name another with -Dgolden.library=" + name + "=PATH.");
    }
  }

  private static Approval approval(SimulationRequest.Approval approval) {
    return switch (approval) {
      case APPROVE -> Approval.approvedBy("somebody");
      case REJECT -> Approval.rejectedBy("somebody");
      case NONE -> Approval.timedOut();
    };
  }

  private static String text(Path file, String property) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new RefusedException(
            "'" + file + "' has more than 1 MiB.", "Name a script with " + property + ".");
      }
      return Files.readString(file);
    } catch (NoSuchFileException missing) {
      throw new RefusedException(
          "There is no file '" + file + "'.", "Name one with " + property + ".");
    } catch (MalformedInputException foreign) {
      throw new RefusedException(
          "'" + file + "' is not UTF-8.", "Save it so, or name another with " + property + ".");
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot read '" + file + "'", failed);
    }
  }

  private static SimulationReport report(Build build, List<SimulationReport.Violation> violations) {
    return new SimulationReport(
        build.result(),
        build.error().orElse(""),
        build.description().orElse(""),
        build.stages(),
        build.transcript(),
        build.restarts(),
        violations);
  }

  private static List<SimulationReport.Violation> violations(Build build) {
    return build.violations().stream()
        .map(
            violation ->
                new SimulationReport.Violation(
                    violation.file(), violation.line(), violation.step(), violation.message()))
        .toList();
  }
}
