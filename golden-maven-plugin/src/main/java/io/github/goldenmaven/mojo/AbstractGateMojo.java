package io.github.goldenmaven.mojo;

import io.github.goldenmaven.Console;
import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.golden.GoldenPolicy;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.LayoutReference;
import io.github.goldenmaven.verify.Gate;
import io.github.goldenmaven.verify.GateReport;
import io.github.goldenmaven.verify.GateRequest;
import io.github.goldenmaven.verify.Verdict;
import io.github.goldenmaven.verify.VerifyHtml;
import io.github.goldenmaven.verify.VerifyJson;
import io.github.goldenmaven.verify.VerifyJunit;
import io.github.goldenmaven.verify.VerifyProperties;
import io.github.goldenmaven.verify.VerifySarif;
import io.github.goldenmaven.verify.VerifyText;
import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** What goals share that hold images to a policy: the subjects, the policy, the reports. */
abstract class AbstractGateMojo extends AbstractGoldenMojo {

  private static final String JSON = "verify.json";
  static final String RESULT = "result.properties";
  private static final List<String> ALL =
      List.of(JSON, RESULT, "verify.xml", "verify.sarif", "verify.html", VerifyHtml.CSS);

  /**
   * The images to check, separated by commas. Default: what <code>golden:build</code> built here,
   * in a reactor what it built in its modules. Example: <code>
   * registry.company.example/shop/orders:1.4.2</code>.
   */
  @Parameter(property = "golden.image")
  private @Nullable List<@Nullable String> image;

  /**
   * A file with one more image to check a line; empty lines and those that begin with <code>#
   * </code> count for nothing. Example: <code>fleet.txt</code>.
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
   * to hold an image to. In a release it counts only from the command line.
   */
  @Parameter(property = "golden.policy")
  private @Nullable File policy;

  @Override
  void skipped() {
    results().clear(ALL.toArray(String[]::new));
  }

  final ResultFiles results() {
    return new ResultFiles(outputDirectory.toPath());
  }

  @Override
  final void run(Console console) {
    skipped();
    GateReport report;
    try {
      report = check(console);
    } catch (RefusedException e) {
      results().write(RESULT, VerifyProperties.verdict(Verdict.MISCONFIGURED));
      throw e;
    } catch (UnavailableException e) {
      results().write(RESULT, VerifyProperties.verdict(Verdict.UNKNOWN));
      throw e;
    }
    write(report);
    StandardOutput.print(VerifyText.of(report, StandardOutput.isColoured()));
    console.info("Written to " + outputDirectory.toPath().resolve("verify.html"));
    end(report);
    passed(report, console);
  }

  /** What a goal does with images that all passed. */
  void passed(GateReport report, Console console) {}

  private GateReport check(Console console) {
    List<ImageReference> images =
        new SubjectImages(results(), modules(), image, fleet).references();
    GoldenPolicy held = required();
    GateRequest request =
        new GateRequest(
            images.stream().map(this::here).toList(),
            elements(base).stream().map(ImageReference::parse).map(this::here).toList(),
            held,
            cacheFolder(),
            Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS));
    return new Gate(request, stores()::open, console).check();
  }

  private List<ResultFiles> modules() {
    return session.getProjects().stream()
        .map(project -> Path.of(project.getBuild().getDirectory(), "golden"))
        .map(ResultFiles::new)
        .toList();
  }

  private GoldenPolicy required() {
    boolean given = session.getUserProperties().getProperty("golden.policy") != null;
    if (release && !given) {
      throw new RefusedException(
          "This is a release, and no policy is given on the command line.",
          "Give the release's own with -Dgolden.policy=PATH: a POM may not choose what it is held"
              + " to.");
    }
    GoldenPolicy read = policy(policy);
    if (read == null) {
      throw new RefusedException(
          "No policy is given.",
          "Name a golden-policy.yaml in <policy> or with -Dgolden.policy: without one there is"
              + " nothing to hold an image to.");
    }
    return read;
  }

  final ImageReference here(ImageReference reference) {
    return reference instanceof LayoutReference layout
        ? layout.in(Path.of(session.getExecutionRootDirectory()))
        : reference;
  }

  /** The verdict last: a run that is killed leaves none that says pass. */
  private void write(GateReport report) {
    ResultFiles results = results();
    results.writeText("verify.xml", VerifyJunit.of(report));
    results.write("verify.sarif", VerifySarif.of(report));
    results.writeText(VerifyHtml.CSS, VerifyHtml.css());
    results.writeText("verify.html", VerifyHtml.of(report));
    results.write(JSON, VerifyJson.of(report));
    Map<String, String> properties = VerifyProperties.of(report);
    results.write(RESULT, properties);
  }

  private static void end(GateReport report) {
    GoldenException ending = Endings.of(report);
    if (ending != null) {
      throw ending;
    }
  }
}
