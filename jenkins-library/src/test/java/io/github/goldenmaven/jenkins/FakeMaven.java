package io.github.goldenmaven.jenkins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers the commands of the steps as Maven with the plugin does: the files that they read are
 * there afterwards. The real ones run in the integration tests.
 */
final class FakeMaven implements Shell {

  static final String DIGEST = "sha256:" + "a".repeat(64);

  private static final Pattern ARGUMENT = Pattern.compile("[\"]?[$%]\\{?(GOLDEN_ARGUMENT_\\d+)");

  /** What Maven was asked for, the arguments as it saw them. */
  final List<String> runs = new ArrayList<>();

  /** What a registry holds afterwards. */
  final Set<String> pushed = new LinkedHashSet<>();

  final Set<String> promoted = new LinkedHashSet<>();
  final List<String> commands = new ArrayList<>();

  private final String verdict;
  private final List<String> modules;

  FakeMaven(String verdict, String... modules) {
    this.verdict = verdict;
    this.modules = List.of(modules);
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
      return arguments.isEmpty() ? other(call) : maven(call, arguments);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Result other(Call call) throws IOException {
    boolean deletes = call.script().contains("rm -f") || call.script().contains("del /q");
    if (!deletes && call.script().contains("result.properties")) {
      StringBuilder found = new StringBuilder();
      try (var folders = Files.list(call.folder())) {
        for (Path folder : folders.sorted().toList()) {
          if (Files.exists(folder.resolve("target/golden/result.properties"))) {
            found.append(folder.getFileName()).append("/target/golden/result.properties\n");
          }
        }
      }
      return new Result(0, found.toString());
    }
    if (deletes) {
      try (var files = Files.walk(call.folder())) {
        for (Path file : files.filter(f -> f.endsWith("result.properties")).toList()) {
          Files.delete(file);
        }
      }
    }
    return new Result(0, "");
  }

  private Result maven(Call call, List<String> arguments) throws IOException {
    String goal = arguments.get(arguments.size() - 1);
    runs.add(String.join(" ", arguments));
    Map<String, String> given = new java.util.TreeMap<>();
    for (String argument : arguments) {
      if (argument.startsWith("-Dgolden.")) {
        int equals = argument.indexOf('=');
        given.put(argument.substring("-Dgolden.".length(), equals), argument.substring(equals + 1));
      }
    }
    Path golden = call.folder().resolve("target/golden");
    if (goal.endsWith(":build")) {
      for (String module : modules.isEmpty() ? List.of("") : modules) {
        built(call.folder().resolve(module).resolve("target/golden"), given, module);
      }
    } else if (goal.endsWith(":verify") && goal.contains(":")) {
      return checked(golden, given);
    } else if (goal.endsWith(":promote")) {
      Result result = checked(golden, given);
      if (result.status() == 0) {
        promoted.add(given.get("image") + " -> " + given.get("to"));
      }
      return result;
    } else {
      write(
          call.folder().resolve("target/surefire-reports/TEST-a.xml"),
          "<testsuite><testcase name='a'/></testsuite>");
    }
    return new Result(0, "BUILD SUCCESS\n");
  }

  private void built(Path golden, Map<String, String> given, String module) throws IOException {
    boolean pushes = given.containsKey("image") && !"false".equals(given.get("push"));
    String reference = (pushes ? given.get("image") : "oci:target/golden/image") + module;
    if (pushes) {
      pushed.add(reference + "@" + DIGEST);
    }
    write(golden.resolve("image.json"), "{}");
    write(
        golden.resolve("result.properties"),
        "golden.image.1.reference="
            + reference
            + "\ngolden.image.1.digest="
            + DIGEST
            + "\ngolden.base.reference=registry.example/golden/java:21\n");
  }

  private Result checked(Path golden, Map<String, String> given) throws IOException {
    int code = List.of("pass", "refused", "unknown", "misconfigured").indexOf(verdict);
    StringBuilder properties =
        new StringBuilder("golden.verdict=" + verdict + "\ngolden.verdict.code=" + code + "\n");
    int number = 0;
    for (String image : given.getOrDefault("image", "built").split(",", -1)) {
      String prefix = "golden.image." + ++number + ".";
      properties.append(prefix).append("reference=").append(image).append('\n');
      properties.append(prefix).append("digest=").append(DIGEST).append('\n');
      properties.append(prefix).append("verdict=").append(verdict).append('\n');
      properties.append(prefix).append("golden=registry.example/golden/java:21\n");
    }
    write(
        golden.resolve("verify.xml"),
        "<testsuite><testcase name='GOLDEN_LAYERS'>"
            + (code == 0 ? "" : "<failure/>")
            + "</testcase></testsuite>");
    write(golden.resolve("verify.html"), "<html/>");
    write(golden.resolve("verify.sarif"), "{}");
    write(golden.resolve("result.properties"), properties.toString());
    return new Result(code == 0 ? 0 : 1, "");
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
