package io.github.goldenmaven.mojo.release;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.mojo.AbstractGoldenMojo;
import io.github.goldenmaven.mojo.BuiltImages;
import io.github.goldenmaven.mojo.CommandLine;
import io.github.goldenmaven.mojo.ResultFiles;
import io.github.goldenmaven.mojo.StandardOutput;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.registry.stores.ImageStores;
import io.github.goldenmaven.verify.Gate;
import io.github.goldenmaven.verify.GateRequest;
import io.github.goldenmaven.verify.finding.Verdict;
import io.github.goldenmaven.verify.report.GateReport;
import io.github.goldenmaven.verify.report.GoalFailure;
import io.github.goldenmaven.verify.report.VerifyCsv;
import io.github.goldenmaven.verify.report.VerifyHtml;
import io.github.goldenmaven.verify.report.VerifyJson;
import io.github.goldenmaven.verify.report.VerifyJunit;
import io.github.goldenmaven.verify.report.VerifyProperties;
import io.github.goldenmaven.verify.report.VerifySarif;
import io.github.goldenmaven.verify.report.VerifyText;
import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * What the goals share that check images against a policy: the subjects, the policy, the reports.
 */
public abstract class AbstractGateMojo extends AbstractGoldenMojo {

  private static final String JSON = "verify.json";
  static final String RESULT = "result.properties";

  /**
   * The images to check, separated by commas. Default: what <code>golden:build</code> built here,
   * in a reactor what it built in its modules. Example: <code>
   * registry.company.example/shop/orders:1.4.2</code>.
   */
  @Parameter(property = "golden.image")
  private @Nullable List<@Nullable String> image;

  /**
   * A file with one more image to check a line; empty lines and those that begin with <code>#
   * </code> count for nothing. A <code>*</code> in the path stands for all repositories that the
   * registry lists, with all their tags or the one given: <code>registry.company.example/apps/*
   * </code>, <code>registry.company.example/apps/*:stable</code>. What is not a container image
   * there, such as a Helm chart, is left out with a note. Example: <code>fleet.txt</code>.
   */
  @Parameter(property = "golden.fleet")
  private @Nullable File fleet;

  /**
   * Golden images that an image may stand on without saying so, separated by commas, besides those
   * that the policy lists: helps to name what an unstamped image stands on.
   */
  @Parameter(property = "golden.base")
  private @Nullable List<@Nullable String> base;

  /**
   * Path of the <code>golden-policy.yaml</code>. Must be given: without a policy there is nothing
   * to check an image against. In a release this and all other parameters count only from the
   * command line.
   */
  @Parameter(property = "golden.policy")
  private @Nullable File policy;

  /** Whether a report of the gate was written. */
  private volatile boolean reported;

  @Override
  protected void skipped() {
    results().clearReports();
  }

  @Override
  protected final void run(Console console) {
    if (release) {
      takeFrom(commandLine());
    } else {
      prefer(commandLine());
    }
    skipped();
    GateReport report;
    try {
      report = check(console);
      write(report);
    } catch (RefusedException e) {
      results().write(RESULT, VerifyProperties.verdict(Verdict.MISCONFIGURED));
      throw e;
    } catch (RuntimeException | Error e) {
      // What nobody expected is not known to be good either.
      results().write(RESULT, VerifyProperties.verdict(Verdict.UNKNOWN));
      throw e;
    }
    StandardOutput.print(outputDirectory.toPath().resolve("verify.html").toString());
    // Scripts look for its last line.
    StandardOutput.print(VerifyText.of(report, StandardOutput.isColoured()).stripTrailing());
    end(report);
    passed(report, console);
  }

  @Override
  protected void takeFrom(CommandLine typed) {
    super.takeFrom(typed);
    image = typed.list("golden.image");
    fleet = typed.file("golden.fleet");
    base = typed.list("golden.base");
    policy = typed.file("golden.policy");
  }

  /**
   * Whoever names an image or a policy for one run means it, whatever a POM's configuration says.
   */
  private void prefer(CommandLine typed) {
    if (typed.isPlain("golden.image")) {
      image = typed.list("golden.image");
    }
    if (typed.isPlain("golden.policy")) {
      policy = typed.file("golden.policy");
    }
  }

  /** Nothing of the project speaks for the command line, and nothing built here is believed. */
  private void requireTyped(Console console) {
    File root = session.getRequest().getMultiModuleProjectDirectory();
    if (root != null) {
      CommandLine.requireNoneIn(root.toPath());
    }
    if (commandLine().says("golden.built")) {
      throw new RefusedException(
          "This is a release, and golden.built is given.",
          "Run golden:verify apart from golden:build, and name the image with -Dgolden.image: what"
              + " builds an image may not choose what is checked.");
    }
    if (policy == null) {
      throw new RefusedException(
          "This is a release, and no policy is given on the command line.",
          "Give the release's own with -Dgolden.policy=PATH: a POM may not choose what it is"
              + " checked against.");
    }
    if (elements(image).isEmpty() && fleet == null) {
      throw new RefusedException(
          "This is a release, and no image is named on the command line.",
          "Name it with -Dgolden.image or -Dgolden.fleet: a POM and what was built before may not"
              + " choose what is checked.");
    }
    if (policy.toPath().normalize().startsWith(commandLine().folder().normalize())) {
      console.warn(
          "The policy '" + policy + "' lies in the folder that the release is started in.",
          "Whoever can change the project can change what it is checked against: give a release a"
              + " policy from another place with -Dgolden.policy.");
    }
  }

  /** Beside the verdict, where there is a report; else a page and a test case that say as much. */
  @Override
  protected void failed(GoldenException failure) {
    if (reported) {
      results().add(RESULT, GoalFailure.sentences(failure.problem(), failure.remedy()));
      return;
    }
    results()
        .write(
            new GoalFailure(
                goal(),
                goal(),
                failure instanceof RefusedException ? Verdict.MISCONFIGURED : Verdict.UNKNOWN,
                failure.problem(),
                failure.remedy(),
                audit()));
  }

  /** As it is typed. */
  protected abstract String goal();

  /** What a goal does with images that all passed. */
  protected void passed(GateReport report, Console console) {}

  private GateReport check(Console console) {
    if (release) {
      requireTyped(console);
    }
    ImageStores stores = stores();
    GoldenPolicy held = required();
    Set<ImageReference> found = new HashSet<>();
    boolean built = commandLine().says("golden.built");
    List<ImageReference> images =
        built
            ? BuiltImages.of(session).references(session.getProjects())
            : new SubjectImages(results(), modules(), image, fleet, stores, found).references();
    try (ScanFolder scans = ScanFolder.of(cacheFolder(), mayBelieveScans(), console)) {
      GateRequest request =
          new GateRequest(
              images.stream().map(this::here).toList(),
              elements(built ? null : base).stream()
                  .map(ImageReference::parse)
                  .map(this::here)
                  .toList(),
              held,
              cacheFolder(),
              scans.folder(),
              target(images),
              Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS),
              found,
              release);
      return signed(
          new Gate(request, stores::open, console).check(report -> write(signed(report))));
    }
  }

  private GateReport signed(GateReport report) {
    return report.by(madeBy());
  }

  /** Where the images are to go; null where they go nowhere. */
  protected @Nullable ImageReference target(List<ImageReference> images) {
    return null;
  }

  /** Builds run as the same user and can write the user's own cache: a release names its own. */
  private boolean mayBelieveScans() {
    return !release || commandLine().text("golden.cache") != null;
  }

  private List<ResultFiles> modules() {
    return session.getProjects().stream()
        .map(project -> Path.of(project.getBuild().getDirectory(), "golden"))
        .map(ResultFiles::new)
        .toList();
  }

  private GoldenPolicy required() {
    GoldenPolicy read = policy(policy);
    if (read == null) {
      throw new RefusedException(
          "No policy is given.",
          "Name a golden-policy.yaml in <policy> or with -Dgolden.policy: without one there is"
              + " nothing to check an image against.");
    }
    return read;
  }

  /** The verdict last: a run that is killed leaves none that says pass. */
  private void write(GateReport report) {
    ResultFiles results = results();
    results.writeText("verify.xml", VerifyJunit.of(report));
    results.write("verify.sarif", VerifySarif.of(report));
    results.writeText("verify.csv", VerifyCsv.of(report));
    results.writeText(VerifyHtml.CSS, VerifyHtml.css());
    results.writeText("verify.html", VerifyHtml.of(report));
    results.write(JSON, VerifyJson.of(report));
    Map<String, String> properties = VerifyProperties.of(report);
    results.write(RESULT, properties);
    reported = true;
  }

  private static void end(GateReport report) {
    GoldenException ending = VerdictExceptions.of(report);
    if (ending != null) {
      throw ending;
    }
  }
}
