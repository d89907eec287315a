package io.github.goldenmaven.simulate.jenkins;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.files.RegularFile;
import io.github.goldenmaven.jenkins.Approval;
import io.github.goldenmaven.jenkins.BashShell;
import io.github.goldenmaven.jenkins.Build;
import io.github.goldenmaven.jenkins.Controller;
import io.github.goldenmaven.jenkins.Credentials;
import io.github.goldenmaven.jenkins.DeclarativePipeline;
import io.github.goldenmaven.jenkins.Fault;
import io.github.goldenmaven.jenkins.Jenkinsfile;
import io.github.goldenmaven.jenkins.Library;
import io.github.goldenmaven.jenkins.Restarts;
import io.github.goldenmaven.jenkins.Shell;
import io.github.goldenmaven.jenkins.StepCatalogue;
import io.github.goldenmaven.jenkins.StepRecord;
import io.github.goldenmaven.jenkins.Violation;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Runs a pipeline with our engine. */
public final class JenkinsSimulation implements Simulation {

  private static final long LARGEST = 1 << 20;

  @Override
  public SimulationReport run(SimulationRequest request) {
    Jenkinsfile jenkinsfile =
        new Jenkinsfile(
            String.valueOf(request.jenkinsfile().getFileName()),
            text(request.jenkinsfile(), "-Dgolden.jenkinsfile"));
    StepCatalogue steps = steps(request);
    List<Library> libraries = new ArrayList<>();
    request.libraries().forEach((name, root) -> libraries.add(library(name, root, request)));
    if (DeclarativePipeline.is(jenkinsfile)) {
      return looked(jenkinsfile, request, steps, libraries);
    }
    Controller controller = controller(request, steps, libraries);
    Build build = controller.build(jenkinsfile);
    Set<SimulationReport.Violation> violations = new LinkedHashSet<>(violations(build));
    if (request.restarts() == SimulationRequest.Restart.DURING) {
      violations.addAll(lostByARestart(controller, jenkinsfile, build));
    }
    return report(build, List.copyOf(violations));
  }

  /** What can be told of a declarative pipeline, which only Jenkins' core runs. */
  private static SimulationReport looked(
      Jenkinsfile jenkinsfile,
      SimulationRequest request,
      StepCatalogue steps,
      List<Library> libraries) {
    Set<String> variables = new TreeSet<>();
    libraries.forEach(library -> variables.addAll(library.variables()));
    return new SimulationReport(
        SimulationReport.NOT_RUN,
        ("'%s' is declarative, and only Jenkins itself can run that. Its steps and their parameters"
                + " were looked at; script blocks and the keys of a library's steps were not.")
            .formatted(request.jenkinsfile()),
        "",
        List.of(),
        List.of(),
        0,
        violations(new DeclarativePipeline(jenkinsfile).check(steps, variables)));
  }

  private static StepCatalogue steps(SimulationRequest request) {
    StepCatalogue steps = StepCatalogue.jenkins();
    Path table = request.stepsOrNull();
    if (table != null) {
      try {
        steps = steps.withTable(text(table, "-Dgolden.steps"));
      } catch (IllegalArgumentException wrong) {
        throw new RefusedException(
            "The table of steps '" + table + "' cannot be read: " + wrong.getMessage() + ".",
            "Write name | plugin | traits | parameters, such as slackSend | slack | | message*, in"
                + " the file of <steps> or -Dgolden.steps.");
      }
    }
    for (String absent : request.absent()) {
      if (steps.find(absent).isEmpty()) {
        throw new RefusedException(
            "There is no step '%s' that could be absent. Did you mean '%s'?"
                .formatted(absent, steps.nearest(absent)),
            "Name steps in <absent> or -Dgolden.absent.");
      }
    }
    return steps;
  }

  /** One more build for each step, whose controller is restarted while that step is under way. */
  private static List<SimulationReport.Violation> lostByARestart(
      Controller controller, Jenkinsfile jenkinsfile, Build whole) {
    List<SimulationReport.Violation> lost = new ArrayList<>();
    for (StepRecord step : whole.steps()) {
      Build build = controller.withFault(Fault.controllerRestart(step.number())).build(jenkinsfile);
      lost.addAll(violations(build));
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
    return lost;
  }

  private static Controller controller(
      SimulationRequest request, StepCatalogue steps, List<Library> libraries) {
    Controller controller =
        Controller.create()
            .withCatalogue(steps)
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
    for (Library library : libraries) {
      controller = controller.with(library);
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
    RegularFile.require(file, "Name a file with " + property + ", no pipe, device or folder.");
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
    return violations(build.violations());
  }

  private static List<SimulationReport.Violation> violations(List<Violation> violations) {
    return violations.stream()
        .map(
            violation ->
                new SimulationReport.Violation(
                    violation.file(), violation.line(), violation.step(), violation.message()))
        .toList();
  }
}
