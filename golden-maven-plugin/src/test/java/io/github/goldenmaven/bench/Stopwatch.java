package io.github.goldenmaven.bench;

import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs Maven on a project and measures it.
 *
 * @param arguments settings and local repository
 */
record Stopwatch(Path maven, List<String> arguments, DockerRegistry registry) {

  private static final Pattern GOAL_BEGINS =
      Pattern.compile("(?m)^(\\d+) \\[INFO] --- (?:jib|golden)[^ ]* \\(default-cli\\)");
  private static final Pattern BUILD_ENDS = Pattern.compile("(?m)^(\\d+) \\[INFO] BUILD SUCCESS");
  private static final String LOG_MILLIS = "-Dorg.slf4j.simpleLogger.showDateTime=true";

  /**
   * Compiles the project and runs the tool's goal.
   *
   * @param jvm options of Maven's JVM, separated by blanks
   */
  Measurement run(Path project, String jvm, Map<String, String> environment, List<String> goal) {
    List<String> goals = new ArrayList<>(List.of("compile"));
    goals.addAll(goal);
    return goals(project, jvm, environment, goals);
  }

  /** Runs the tool's goal without compiling anything. */
  Measurement goals(Path folder, String jvm, Map<String, String> environment, List<String> goals) {
    List<String> line = new ArrayList<>(List.of(maven.resolve("bin/mvn").toString(), "-B"));
    line.addAll(arguments);
    line.addAll(goals);
    Command command =
        Command.of(line.toArray(String[]::new))
            .in(folder)
            .environment("MAVEN_OPTS", (LOG_MILLIS + " " + jvm).strip())
            .timeout(Duration.ofMinutes(10));
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      command = command.environment(variable.getKey(), variable.getValue());
    }
    registry.mark();
    long begin = System.nanoTime();
    String log = command.run();
    long wall = Duration.ofNanos(System.nanoTime() - begin).toMillis();
    List<Request> requests = registry.requests();
    return new Measurement(
        millis(BUILD_ENDS, log) - millis(GOAL_BEGINS, log),
        wall,
        requests.size(),
        requests.stream().mapToLong(Request::bytes).sum());
  }

  private static long millis(Pattern line, String log) {
    Matcher matcher = line.matcher(log);
    if (!matcher.find()) {
      throw new IllegalStateException("Maven printed no line like '" + line + "':\n" + log);
    }
    return Long.parseLong(matcher.group(1));
  }
}
