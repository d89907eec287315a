package io.github.goldenmaven.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** G3: what a variable may not say, on the command line. */
final class ConfigCommand implements Rule {

  private static final About ABOUT =
      new About(
          "CONFIG_COMMAND",
          "The service's command leaves the golden image's trust, proxy and JVM as they are",
          "A flag on the command line switches off the company's trust store, proxy or JVM as well"
              + " as a variable does.",
          "Take it out of <jvmFlags>, <container><entrypoint> and <container><args>; what all"
              + " services need is baked into the golden image.",
          true);

  /** Flags that replace what the golden set up, and variables that are its own. */
  private static final List<Pattern> AROUND =
      List.of(
          Pattern.compile("-Djavax\\.net\\.ssl\\.trustStore[A-Za-z]*"),
          Pattern.compile("-Djava\\.security\\.properties"),
          Pattern.compile("-XX:(VMOptionsFile|Flags)="),
          Pattern.compile("-Xbootclasspath"),
          Pattern.compile("--patch-module"),
          Pattern.compile("-D(https?|ftp)\\.(proxyHost|nonProxyHosts)"),
          Pattern.compile("-DsocksProxyHost"),
          Pattern.compile("-Djava\\.net\\.useSystemProxies"),
          Pattern.compile("\\benv (-i|-|--ignore-environment)(?= )"));

  private static final Pattern SET = Pattern.compile("(?:^|[\\s;&|('\"])([A-Za-z_]+)=");
  private static final Pattern UNSET =
      Pattern.compile("(?:^|[\\s;&|('\"])(?:unset|-u|--unset)((?:[ =]+-?[A-Za-z_]+)++)");

  /** A program named java by its whole path, wherever a command can begin. */
  private static final Pattern JAVA =
      Pattern.compile("(?:^|[\\s;&|('\"])(/[^\\s;&|'\")]*/bin/java)(?=$|[\\s;&|'\")])");

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    GoldenBase golden = subject.ground().actual().orElse(null);
    if (golden == null) {
      return List.of();
    }
    String theirs = command(golden.platform().config().runtime());
    List<Finding> findings = new ArrayList<>();
    for (String told : around(command(subject.platform().config().runtime()), subject)) {
      if (!theirs.contains(told)) {
        findings.add(
            Finding.refuse(
                ABOUT,
                "a command that leaves what the golden image set up",
                "'" + told + "'",
                subject.where()));
      }
    }
    return findings;
  }

  private static String command(io.github.goldenmaven.oci.JsonObject runtime) {
    List<String> parts = new ArrayList<>(runtime.strings("Entrypoint"));
    parts.addAll(runtime.strings("Cmd"));
    return String.join(" ", parts);
  }

  private static List<String> around(String command, Subject subject) {
    List<String> found = new ArrayList<>();
    for (Pattern pattern : AROUND) {
      Matcher flag = pattern.matcher(command);
      while (flag.find()) {
        found.add(flag.group());
      }
    }
    for (Pattern pattern : List.of(SET, UNSET)) {
      Matcher variable = pattern.matcher(command);
      while (variable.find()) {
        Arrays.stream(variable.group(1).split("[ =]+", -1))
            .filter(LockedVariables::has)
            .forEach(found::add);
      }
    }
    Matcher java = JAVA.matcher(command);
    while (java.find()) {
      String path = java.group(1).substring(1);
      String followed = subject.upper().links().follow(path).orElse(path);
      boolean kept = subject.upper().golden().filter(all -> all.isFile(followed)).isPresent();
      if (!kept) {
        found.add(java.group(1));
      }
    }
    return found.stream().distinct().toList();
  }
}
