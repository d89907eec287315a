package io.github.goldenmaven.verify.report;

import io.github.goldenmaven.text.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who asked for a report: this plugin's version and, where the environment tells, the CI job, its
 * page and the user. Environment variables are anybody's: bounded, without users and passwords of
 * URLs, without queries.
 */
public record MadeBy(
    @Nullable String pluginOrNull,
    @Nullable String jobOrNull,
    @Nullable String pageOrNull,
    @Nullable String userOrNull) {

  public static final MadeBy UNKNOWN = new MadeBy(null, null, null, null);

  private static final int SHOWN = 300;
  private static final Pattern QUERY = Pattern.compile("[?#].*", Pattern.DOTALL);

  /**
   * Variables of one CI server.
   *
   * @param mark set wherever it runs
   * @param job those that name the job, joined by " #"
   * @param page those that are its page, joined by what stands between them
   */
  private record Server(String mark, List<String> job, List<String> page, String user) {}

  private static final List<Server> SERVERS =
      List.of(
          new Server(
              "JENKINS_URL",
              List.of("JOB_NAME", "BUILD_NUMBER"),
              List.of("BUILD_URL"),
              "BUILD_USER_ID"),
          new Server(
              "GITLAB_CI",
              List.of("CI_PROJECT_PATH", "CI_JOB_ID"),
              List.of("CI_JOB_URL"),
              "GITLAB_USER_LOGIN"),
          new Server(
              "GITHUB_ACTIONS",
              List.of("GITHUB_REPOSITORY", "GITHUB_RUN_ID"),
              List.of(
                  "GITHUB_SERVER_URL", "/", "GITHUB_REPOSITORY", "/actions/runs/", "GITHUB_RUN_ID"),
              "GITHUB_ACTOR"),
          new Server(
              "TF_BUILD",
              List.of("BUILD_DEFINITIONNAME", "BUILD_BUILDID"),
              List.of(),
              "BUILD_REQUESTEDFOR"),
          new Server(
              "TEAMCITY_VERSION",
              List.of("TEAMCITY_BUILDCONF_NAME", "BUILD_NUMBER"),
              List.of("BUILD_URL"),
              ""),
          new Server(
              "BITBUCKET_BUILD_NUMBER",
              List.of("BITBUCKET_REPO_FULL_NAME", "BITBUCKET_BUILD_NUMBER"),
              List.of(),
              "BITBUCKET_STEP_TRIGGERER_UUID"),
          new Server("CI", List.of("JOB_NAME", "BUILD_NUMBER"), List.of("BUILD_URL"), ""));

  public MadeBy {
    pluginOrNull = shown(pluginOrNull);
    jobOrNull = shown(jobOrNull);
    pageOrNull =
        pageOrNull == null
            ? null
            : shown(Printable.withoutCredentials(QUERY.matcher(pageOrNull).replaceFirst("")));
    userOrNull = shown(userOrNull);
  }

  /**
   * As the environment tells.
   *
   * @param plugin version of this plugin
   * @param user of the machine, which counts where no CI server runs: an agent's says nothing
   */
  public static MadeBy of(String plugin, Map<String, String> environment, @Nullable String user) {
    for (Server server : SERVERS) {
      if (!environment.getOrDefault(server.mark(), "").isEmpty()) {
        return new MadeBy(
            plugin,
            joined(environment, server.job(), " #"),
            joined(environment, server.page(), ""),
            environment.get(server.user()));
      }
    }
    return new MadeBy(plugin, null, null, user);
  }

  /** Null where one of the variables is not set; what is no variable's name stands for itself. */
  private static @Nullable String joined(
      Map<String, String> environment, List<String> names, String between) {
    boolean all =
        names.stream()
            .allMatch(name -> name.contains("/") || !environment.getOrDefault(name, "").isEmpty());
    return names.isEmpty() || !all
        ? null
        : names.stream()
            .map(name -> environment.getOrDefault(name, name))
            .collect(Collectors.joining(between));
  }

  private static @Nullable String shown(@Nullable String foreign) {
    return foreign == null || foreign.isBlank()
        ? null
        : Printable.of(Printable.concealed(foreign.strip()), SHOWN);
  }

  /** What is known, as the reports have it. */
  Map<String, String> entries() {
    Map<String, String> entries = new LinkedHashMap<>();
    put(entries, "plugin", pluginOrNull);
    put(entries, "job", jobOrNull);
    put(entries, "page", pageOrNull);
    put(entries, "user", userOrNull);
    return entries;
  }

  private static void put(Map<String, String> entries, String key, @Nullable String value) {
    if (value != null) {
      entries.put(key, value);
    }
  }
}
