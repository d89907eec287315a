package io.github.goldenmaven.jenkins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers the commands of the steps as Maven with the plugin does: the files that they read are
 * there afterwards, and what the plugin refuses is refused. The real ones run in the integration
 * tests.
 */
final class FakeMaven implements Shell {

  static final String DIGEST = "sha256:" + "a".repeat(64);

  private static final Pattern ARGUMENT = Pattern.compile("[\"]?[$%]\\{?(GOLDEN_ARGUMENT_\\d+)");

  /** What Maven was asked for, the arguments as it saw them. */
  final List<String> runs = new ArrayList<>();

  /** The variables that each of the runs saw. */
  final List<Map<String, String>> environments = new ArrayList<>();

  /** What was sent to registries: nothing is, where the tag has that digest already. */
  final List<String> pushed = new ArrayList<>();

  final List<String> promoted = new ArrayList<>();
  final List<String> commands = new ArrayList<>();

  private final Map<String, String> registry = new TreeMap<>();

  /** By this run of Maven. */
  private final List<String> built = new ArrayList<>();

  private final String verdict;
  private final List<String> modules;
  private boolean reproducible = true;
  private boolean skipsByItsPom;
  private boolean pushesInVerify;
  private boolean failsTests;
  private boolean failsInItsImage;
  private boolean printsItsEnvironment;
  private String refusedBase = "";
  private String summary = "";
  private int builds;

  /** A project of one module, or of several that name images of their own in their POMs. */
  FakeMaven(String verdict, String... modules) {
    this.verdict = verdict;
    this.modules = List.of(modules);
  }

  /** Every build of the image has another digest. */
  FakeMaven neverTheSame() {
    reproducible = false;
    return this;
  }

  /** The POM has {@code <golden.skip>true</golden.skip>}. */
  FakeMaven skippedByItsPom() {
    skipsByItsPom = true;
    return this;
  }

  /** The POM binds {@code build-no-fork} and names an image. */
  FakeMaven thatBindsTheGoal() {
    pushesInVerify = true;
    return this;
  }

  /** The base is none of the company's. */
  FakeMaven refusingTheBase(String problem) {
    refusedBase = problem;
    return this;
  }

  /** What the gate says of its verdict. */
  FakeMaven summedUp(String whole) {
    summary = whole;
    return this;
  }

  /** A class does not compile, say: the plugin leaves nothing. */
  FakeMaven failingInItsImage() {
    failsInItsImage = true;
    return this;
  }

  /** A registry has this tag already, with another image. */
  FakeMaven with(String taken) {
    registry.put(taken, "sha256:" + "9".repeat(64));
    return this;
  }

  /** A test fails, and the POM ignores it. */
  FakeMaven withAFailingTest() {
    failsTests = true;
    return this;
  }

  /** Code of the project prints every variable that it sees. */
  FakeMaven thatPrintsItsEnvironment() {
    printsItsEnvironment = true;
    return this;
  }

  @Override
  public Result run(Call call) {
    commands.add(call.script());
    List<String> arguments = new ArrayList<>();
    Matcher named = ARGUMENT.matcher(call.script());
    while (named.find()) {
      arguments.add(String.valueOf(call.environment().get(named.group(1))));
    }
    try {
      return arguments.isEmpty() ? FileSearch.run(call) : maven(call, arguments);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Result maven(Call call, List<String> arguments) throws IOException {
    runs.add(String.join(" ", arguments));
    environments.add(call.environment());
    Map<String, String> given = new TreeMap<>();
    for (String argument : arguments) {
      if (argument.startsWith("-Dgolden.")) {
        int equals = argument.indexOf('=');
        given.put(argument.substring("-Dgolden.".length(), equals), argument.substring(equals + 1));
      }
    }
    String said = printsItsEnvironment ? call.environment().toString() : "";
    Result result = new Result(0, "");
    for (String goal : goals(arguments)) {
      result = result.status() == 0 ? goal(call, goal, given) : result;
    }
    return new Result(result.status(), said + result.output());
  }

  /** The plugin's; of a project's own phases the last says all. */
  private static List<String> goals(List<String> arguments) {
    List<String> ours =
        arguments.stream()
            .filter(argument -> argument.startsWith("io.github.goldenmaven:"))
            .toList();
    return ours.isEmpty() ? arguments.subList(arguments.size() - 1, arguments.size()) : ours;
  }

  private Result goal(Call call, String goal, Map<String, String> given) throws IOException {
    boolean release = "true".equals(given.get("release"));
    boolean skipped = !release && (skipsByItsPom || "true".equals(given.get("skip")));
    if (goal.matches(".*:(build|verify|promote)") && skipped) {
      return new Result(0, "Skipped (golden.skip).\n");
    }
    String folder = given.getOrDefault("outputDirectory", "target/golden");
    Path golden = call.folder().resolve(folder);
    if (goal.endsWith(":build")) {
      return built(call.folder(), folder, given);
    }
    if (goal.endsWith(":verify")) {
      return checked(golden, given);
    }
    if (goal.endsWith(":promote")) {
      return promoted(golden, given);
    }
    if (goal.endsWith(":bake")) {
      written(golden, "registry.example/golden/java:21", "official");
      return new Result(0, "BUILD SUCCESS\n");
    }
    if (pushesInVerify && !"false".equals(given.get("push"))) {
      send("registry.example/apps/of-the-pom:1", DIGEST);
    }
    write(
        call.folder().resolve("target/surefire-reports/TEST-a.xml"),
        "<testsuite><testcase name='a'>"
            + (failsTests ? "<failure/>" : "")
            + "</testcase></testsuite>");
    return new Result(0, "BUILD SUCCESS\n");
  }

  private Result built(Path workspace, String folder, Map<String, String> given)
      throws IOException {
    builds++;
    built.clear();
    String image = given.get("image");
    if (failsInItsImage) {
      return new Result(1, "[ERROR] COMPILATION ERROR\n");
    }
    if (!refusedBase.isEmpty()) {
      return refused(workspace.resolve(folder));
    }
    if (image != null && modules.size() > 1) {
      return new Result(
          1,
          "The modules '%s' and '%s' both build '%s'.\n"
              .formatted(modules.get(0), modules.get(1), image));
    }
    boolean pushes = !"false".equals(given.get("push"));
    if (modules.isEmpty()) {
      built(workspace.resolve(folder), pushes ? image : null);
    }
    for (String module : modules) {
      built(
          workspace.resolve(module).resolve(folder),
          pushes ? "registry.example/apps/" + module + ":1" : null);
    }
    return new Result(0, "BUILD SUCCESS\n");
  }

  private Result refused(Path golden) throws IOException {
    write(
        golden.resolve("verify.xml"),
        "<testsuite><testcase name='b'><failure/></testcase></testsuite>");
    write(golden.resolve("verify.html"), "<html/>");
    write(golden.resolve("verify.css"), "");
    write(
        golden.resolve("result.properties"),
        "golden.goal=golden:build\n" + failure("refused", refusedBase, "Take a golden image."));
    return new Result(1, refusedBase + " Take a golden image.\n");
  }

  private void built(Path golden, @Nullable String imageOrNull) throws IOException {
    String reference = imageOrNull == null ? "oci:" + golden.resolve("image") : imageOrNull;
    if (imageOrNull != null) {
      send(reference, digest());
    }
    built.add(reference + "@" + digest());
    write(golden.resolve("image.json"), "{}");
    written(golden, reference, "registry.example/golden/java:21");
  }

  /** As java.util.Properties reads them. */
  private void written(Path golden, String reference, String base) throws IOException {
    StringBuilder escaped = new StringBuilder();
    for (int at = 0; at < reference.length(); at++) {
      char letter = reference.charAt(at);
      escaped.append(
          letter == '\\'
              ? "\\\\"
              : letter > '~' ? String.format("\\u%04X", (int) letter) : String.valueOf(letter));
    }
    write(
        golden.resolve("result.properties"),
        "golden.image.1.reference="
            + escaped
            + "\ngolden.image.1.digest="
            + digest()
            + "\ngolden.base.reference="
            + base
            + "\n");
  }

  private static String failure(String verdict, String problem, String remedy) {
    return "golden.verdict="
        + verdict
        + "\ngolden.problem="
        + problem
        + "\ngolden.remedy="
        + remedy
        + "\n";
  }

  private String digest() {
    return reproducible ? DIGEST : "sha256:" + String.valueOf(builds).repeat(64).substring(0, 64);
  }

  private void send(String reference, String digest) {
    if (!digest.equals(registry.put(reference, digest))) {
      pushed.add(reference + "@" + digest);
    }
  }

  private Result promoted(Path golden, Map<String, String> given) throws IOException {
    Result result = checked(golden, given);
    String image = given.getOrDefault("image", "");
    if (result.status() != 0) {
      return result;
    }
    if (image.contains(",")) {
      return new Result(
          1, "There are " + image.split(",", -1).length + " images to promote to one place.\n");
    }
    if (!given.containsKey("to")) {
      return new Result(1, "The promotion has no target.\n");
    }
    String digest = image.substring(image.indexOf('@') + 1);
    String there = registry.getOrDefault(given.get("to"), digest);
    if (!there.equals(digest) && !"true".equals(given.get("overwrite"))) {
      String problem = "'" + given.get("to") + "' holds '" + there + "' already.";
      write(
          golden.resolve("result.properties"),
          Files.readString(golden.resolve("result.properties"))
              + failure("pass", problem, "Promote to another tag."));
      return new Result(1, problem + " Promote to another tag.\n");
    }
    if ("true".equals(given.get("dryRun"))) {
      return result;
    }
    if (!digest.equals(registry.put(given.get("to"), digest))) {
      promoted.add(image + " -> " + given.get("to"));
    }
    return result;
  }

  private Result checked(Path golden, Map<String, String> given) throws IOException {
    boolean unnamed =
        given.containsKey("built")
            ? built.isEmpty()
            : given.getOrDefault("image", "").isEmpty()
                && !Files.exists(golden.resolve("image.json"));
    boolean nothing = !given.containsKey("policy") || unnamed;
    String verdict = nothing ? "misconfigured" : this.verdict;
    int code = List.of("pass", "refused", "unknown", "misconfigured").indexOf(verdict);
    StringBuilder properties =
        new StringBuilder("golden.verdict=" + verdict + "\ngolden.verdict.code=" + code + "\n");
    if (nothing) {
      properties.append(failure(verdict, "No policy is given.", "Name one."));
      write(golden.resolve("result.properties"), properties.toString());
      return new Result(1, "No policy is given.\n");
    }
    if (!summary.isEmpty()) {
      properties.append("golden.summary=").append(summary).append('\n');
    }
    properties.append(imageLines(given, verdict));
    writeReports(golden, code == 0);
    if (code != 0) {
      properties.append(failure(verdict, "The gate: " + verdict + ".", "Look above."));
    }
    write(golden.resolve("result.properties"), properties.toString());
    return new Result(code == 0 ? 0 : 1, "");
  }

  private String imageLines(Map<String, String> given, String verdict) {
    String images =
        given.containsKey("built") ? String.join(",", built) : given.getOrDefault("image", "built");
    StringBuilder lines = new StringBuilder();
    int number = 0;
    for (String image : images.split(",", -1)) {
      String prefix = "golden.image." + ++number + ".";
      int at = image.indexOf('@');
      lines.append(prefix).append("reference=").append(image).append('\n');
      lines.append(prefix).append("digest=");
      lines.append(at < 0 ? DIGEST : image.substring(at + 1)).append('\n');
      lines.append(prefix).append("verdict=").append(verdict).append('\n');
      if (!summary.isEmpty()) {
        lines.append(prefix).append("summary=").append(summary).append('\n');
      }
      lines.append(prefix).append("golden=registry.example/golden/java:21\n");
    }
    return lines.toString();
  }

  private static void writeReports(Path golden, boolean passes) throws IOException {
    write(
        golden.resolve("verify.xml"),
        "<testsuite><testcase name='GOLDEN_LAYERS'>"
            + (passes ? "" : "<failure/>")
            + "</testcase></testsuite>");
    write(golden.resolve("verify.json"), "{}");
    write(golden.resolve("verify.css"), "");
    write(golden.resolve("verify.html"), "<html/>");
    write(golden.resolve("verify.sarif"), "{}");
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
