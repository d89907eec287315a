package io.github.goldenmaven.mojo.pipeline;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.library.Library;
import io.github.goldenmaven.mojo.AbstractGoldenMojo;
import io.github.goldenmaven.mojo.ResultFiles;
import io.github.goldenmaven.mojo.StandardOutput;
import io.github.goldenmaven.simulate.Simulation;
import io.github.goldenmaven.simulate.SimulationReport;
import io.github.goldenmaven.simulate.SimulationRequest;
import io.github.goldenmaven.text.Printable;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Runs a Jenkinsfile off Jenkins, with Jenkins' own interpreter, sandbox and program format,
 * against the shared libraries in folders. Prints the stages, the restarts that it survived and
 * what to fix, with file and line; fails if there is something to fix or the build did not succeed.
 * Of a declarative pipeline, which only Jenkins can run, the steps and their parameters are
 * checked. Writes <code>
 * simulate.json</code>. Needs no project.
 */
@Mojo(name = "simulate", requiresProject = false, aggregator = true, threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the fields.
public final class SimulateMojo extends AbstractGoldenMojo {

  private static final String SIMULATE_JSON = "simulate.json";

  /** The pipeline's script. */
  @Parameter(property = "golden.jenkinsfile", defaultValue = "Jenkinsfile")
  private File jenkinsfile;

  /**
   * Shared libraries as <code>name=path</code>, separated by commas; the path is the library's
   * root, the folder that holds <code>vars</code>. Example: <code>golden=../golden-maven</code>.
   */
  @Parameter(property = "golden.library")
  private @Nullable List<@Nullable String> library;

  /**
   * When the controller is restarted: <code>none</code>; <code>every</code>, when a step begins; or
   * <code>during</code>, under each step in turn, in a build of its own, which names the steps that
   * lose the build.
   */
  @Parameter(property = "golden.restart", defaultValue = "none")
  private String restart;

  /**
   * A file with more steps that the pipeline may call, a line each: <code>
   * name | plugin | traits | parameters</code>. Traits are <code>node</code> (works only inside
   * node), <code>lost</code> (cannot go on after a restart) and <code>block</code> (has a body);
   * <code>*</code> marks a parameter that must be given, <code>#</code> one that takes a number.
   * Example: <code>slackSend | slack | | message*, channel</code>.
   */
  @Parameter(property = "golden.steps")
  private @Nullable File steps;

  /** Steps whose plugin is not installed, separated by commas. Example: <code>lock,junit</code>. */
  @Parameter(property = "golden.absent")
  private @Nullable List<@Nullable String> absent;

  /** Whether the Jenkinsfile and the libraries run in the sandbox, as a folder's library does. */
  @Parameter(property = "golden.sandbox", defaultValue = "false")
  private boolean sandbox;

  /**
   * What runs <code>sh</code>: <code>dry</code> (nothing; every command succeeds without output) or
   * <code>bash</code> (this machine's, in a workspace of its own).
   */
  @Parameter(property = "golden.shell", defaultValue = "dry")
  private String shell;

  /**
   * The answer to <code>input</code>: <code>approve</code>, <code>reject</code> or <code>none
   * </code>.
   */
  @Parameter(property = "golden.approval", defaultValue = "approve")
  private String approval;

  /**
   * Variables of the job as <code>NAME=value</code>, separated by commas. Example: <code>
   * BRANCH_NAME=main</code>.
   */
  @Parameter(property = "golden.environment")
  private @Nullable List<@Nullable String> environment;

  /** Managed files as <code>id=path</code>, separated by commas: what configFileProvider gives. */
  @Parameter(property = "golden.files")
  private @Nullable List<@Nullable String> files;

  /**
   * Usernames with passwords as <code>id=VARIABLE</code>, separated by commas; the environment
   * variable holds <code>user:password</code>. Example: <code>push=PUSH_LOGIN</code>.
   */
  @Parameter(property = "golden.credentials")
  private @Nullable List<@Nullable String> credentials;

  @Override
  protected void run(Console console) {
    ResultFiles results = results();
    results.clear(SIMULATE_JSON);
    SimulationReport report = simulation().run(request());
    results.write(SIMULATE_JSON, report.toJson());
    StandardOutput.print(report.toText());
    console.info("Written as JSON to " + outputDirectory.toPath().resolve(SIMULATE_JSON));
    if (!report.violations().isEmpty()) {
      throw new RefusedException(
          "The pipeline breaks "
              + report.violations().size()
              + " of Jenkins' rules, first at "
              + Printable.of(report.violations().get(0).toString()),
          "Fix the lines above, and run golden:simulate again.");
    }
    if (!report.isGood()) {
      throw new RefusedException(
          "The build ended with " + report.result() + ": " + Printable.of(report.error()) + ".",
          "Look at the stages above; -Dgolden.shell, -Dgolden.approval and -Dgolden.environment set"
              + " the circumstances.");
    }
  }

  private Simulation simulation() {
    return libraries()
        .open(
            Library.JENKINS,
            Simulation.class,
            "io.github.goldenmaven.simulate.jenkins.JenkinsSimulation",
            "to run a pipeline");
  }

  private SimulationRequest request() {
    Path here = startFolder();
    Map<String, Path> libraries = new LinkedHashMap<>();
    pairs("library", library).forEach((name, path) -> libraries.put(name, here.resolve(path)));
    Map<String, Path> managed = new LinkedHashMap<>();
    pairs("files", files).forEach((id, path) -> managed.put(id, here.resolve(path)));
    Map<String, SimulationRequest.Login> logins = new LinkedHashMap<>();
    pairs("credentials", credentials).forEach((id, name) -> logins.put(id, login(name)));
    return new SimulationRequest(
        here.resolve(jenkinsfile.toPath()),
        libraries,
        choice("restart", restart, SimulationRequest.Restart.class),
        steps == null ? null : here.resolve(steps.toPath()),
        elements(absent),
        sandbox,
        choice("shell", shell, SimulationRequest.Shell.class),
        choice("approval", approval, SimulationRequest.Approval.class),
        here,
        pairs("environment", environment),
        managed,
        logins,
        outputDirectory.toPath().resolve("jenkins"),
        text -> text.lines().forEach(line -> getLog().info(Printable.of(line))));
  }

  private static SimulationRequest.Login login(String variable) {
    String value = System.getenv(variable);
    int colon = value == null ? -1 : value.indexOf(':');
    if (value == null || colon < 0) {
      throw new RefusedException(
          "The environment variable '" + variable + "' does not hold user:password.",
          "Set it, or name another in <credentials> or -Dgolden.credentials.");
    }
    return new SimulationRequest.Login(value.substring(0, colon), value.substring(colon + 1));
  }

  private static Map<String, String> pairs(String name, @Nullable List<@Nullable String> list) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String element : elements(list)) {
      int equals = element.indexOf('=');
      if (equals <= 0) {
        throw new RefusedException(
            "'" + Printable.of(element) + "' has no name before a '='.",
            "Write name=value in <" + name + "> or -Dgolden." + name + ".");
      }
      pairs.put(element.substring(0, equals), element.substring(equals + 1));
    }
    return pairs;
  }

  private static <E extends Enum<E>> E choice(String name, String given, Class<E> type) {
    for (E choice : type.getEnumConstants()) {
      if (choice.name().toLowerCase(Locale.ROOT).equals(given)) {
        return choice;
      }
    }
    throw new RefusedException(
        "'" + Printable.of(given) + "' is not known.",
        "Take one of %s in <%s> or -Dgolden.%s."
            .formatted(
                Arrays.stream(type.getEnumConstants())
                    .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", ")),
                name,
                name));
  }
}
