package io.github.goldenmaven.verify.rules.image;

import io.github.goldenmaven.golden.Variables;
import io.github.goldenmaven.golden.policy.GoldenPolicy.Application;
import io.github.goldenmaven.verify.command.AddedOptions;
import io.github.goldenmaven.verify.command.CommandReader;
import io.github.goldenmaven.verify.command.CommandReader.Told;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.GoldenBase;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.layers.GoldenContents;
import io.github.goldenmaven.verify.subject.Rule;
import io.github.goldenmaven.verify.subject.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Variables that switch off what the golden image sets. */
public final class ConfigEnvironment implements Rule {

  private static final RuleInfo ABOUT =
      new RuleInfo(
          "CONFIG_ENVIRONMENT",
          "The service must leave the golden image's environment as it is",
          "One variable switches off the company's agent, trust store or proxy, or loads a library"
              + " into every process.",
          "Take the variable out of <container><environment>; JVM flags belong into <jvmFlags>.",
          true);

  private static final String LEFT_TO_SERVICES =
      "Leave it if the service means it; to refuse it, name the variable in 'protect' of the golden"
          + " image.";

  @Override
  public RuleInfo about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    GoldenBase golden = subject.golden().orElse(null);
    if (golden == null) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>(twice(subject));
    Map<String, String> wanted = golden.config().environment();
    Map<String, String> found = subject.config().environment();
    Set<String> names = new TreeSet<>(wanted.keySet());
    names.addAll(found.keySet());
    for (String name : names) {
      String should = wanted.get(name);
      String is = found.get(name);
      if (!Objects.equals(is, should)) {
        findings.addAll(changed(subject, golden, name, should, is));
      }
    }
    return findings;
  }

  private static List<Finding> changed(
      Subject subject,
      GoldenBase golden,
      String name,
      @Nullable String should,
      @Nullable String is) {
    Finding finding = subject.refuse(ABOUT, shown(should), shown(is), "variable " + name);
    if (subject.upper().protect().environment().contains(name)) {
      return List.of(finding);
    }
    if (Variables.reason(name, should == null ? is : null).isPresent()) {
      boolean more =
          should != null
              && is != null
              && Variables.hasOptions(name)
              && AddedOptions.isAllThatChanges(should, is);
      return List.of(more ? finding.warning(LEFT_TO_SERVICES) : finding);
    }
    if (should != null && isCode(subject, should)) {
      return List.of(finding);
    }
    List<Finding> told = is == null ? List.of() : told(subject, golden, name, is);
    if (told.isEmpty() && should == null && is != null) {
      return elsewhere(subject, name, is);
    }
    return told.isEmpty() && should != null ? List.of(finding.warning(LEFT_TO_SERVICES)) : told;
  }

  /** What the golden image does not set, and a server of its goes by. */
  private static List<Finding> elsewhere(Subject subject, String name, String value) {
    return Variables.leadsElsewhere(name, value).stream()
        .map(
            reason ->
                subject
                    .refuse(ABOUT, shown(null), shown(value) + ": " + reason, "variable " + name)
                    .warning(LEFT_TO_SERVICES))
        .toList();
  }

  /** Whether a value of the golden image's is where its programs are, as a server's home is. */
  private static boolean isCode(Subject subject, String value) {
    GoldenContents contents = subject.upper().golden();
    return value.startsWith("/")
        && contents != null
        && contents.hasProgram(contents.resolve(value));
  }

  /** What a value has that is the golden image's alone, or nobody can read. */
  private static List<Finding> told(Subject subject, GoldenBase golden, String name, String value) {
    GoldenContents contents = subject.upper().golden();
    if (contents == null) {
      return List.of();
    }
    CommandReader reader = ConfigCommand.reader(subject, golden, contents);
    reader.value(value);
    return reader.told().stream()
        .limit(ConfigCommand.MAX_TOLD)
        .map(told -> finding(told, subject, name))
        .toList();
  }

  private static Finding finding(Told told, Subject subject, String name) {
    Application application = subject.policy().application();
    Finding finding =
        subject.refuse(
            ABOUT,
            "no option that is the golden image's alone",
            "'" + told.text() + "': " + told.reason(),
            "variable " + name);
    boolean refused =
        switch (told.kind()) {
          case REFUSED -> true;
          case AGENT -> application.refusesAgents();
          case UNREAD -> application.refusesScripts();
        };
    return refused ? finding : finding.warning(LEFT_TO_SERVICES);
  }

  private static List<Finding> twice(Subject subject) {
    List<Finding> findings = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String variable : subject.config().env()) {
      int equals = variable.indexOf('=');
      String name = equals < 0 ? variable : variable.substring(0, equals);
      if (!seen.add(name)) {
        findings.add(subject.refuse(ABOUT, "each variable once", "twice", "variable " + name));
      }
    }
    return findings;
  }

  private static String shown(@Nullable String value) {
    return value == null ? "not set" : "'" + value + "'";
  }
}
