package io.github.goldenmaven.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** G3: variables that switch off what the golden image sets. */
final class ConfigEnvironment implements Rule {

  private static final About ABOUT =
      new About(
          "CONFIG_ENVIRONMENT",
          "The service leaves the golden image's environment as it is",
          "One variable switches off the company's agent, trust store or proxy, or loads a library"
              + " into every process.",
          "Take the variable out of <container><environment>; JVM flags belong into <jvmFlags>.",
          true);

  private static final String LEFT_TO_SERVICES =
      "Leave it if the service means it; to refuse it, name the variable in 'protect' of the golden"
          + " image.";

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
    List<Finding> findings = new ArrayList<>(twice(subject));
    Map<String, String> wanted = golden.platform().config().environment();
    Map<String, String> found = subject.platform().config().environment();
    Set<String> kept = Set.copyOf(subject.upper().protect().environment());
    Set<String> names = new TreeSet<>(wanted.keySet());
    names.addAll(found.keySet());
    for (String name : names) {
      String should = wanted.get(name);
      String is = found.get(name);
      if (Objects.equals(is, should)) {
        continue;
      }
      Finding finding =
          Finding.refuse(ABOUT, shown(should), shown(is), subject.where() + ", variable " + name);
      Optional<String> option = option(should, is);
      if (Variables.isGoldens(name) || kept.contains(name)) {
        findings.add(finding);
      } else if (option.isPresent()) {
        findings.add(finding(option.orElseThrow(), subject, name));
      } else if (should != null) {
        findings.add(finding.warning(LEFT_TO_SERVICES));
      }
    }
    return findings;
  }

  /** An option for a JVM that a value has and the golden image's has not. */
  private static Optional<String> option(@Nullable String should, @Nullable String is) {
    List<String> theirs = should == null ? List.of() : Variables.options(should);
    return is == null
        ? Optional.empty()
        : Variables.options(is).stream()
            .filter(word -> !theirs.contains(word))
            .filter(word -> JvmOption.isGoldens(word) || isAgent(word))
            .min(Comparator.comparing(ConfigEnvironment::isAgent));
  }

  private static boolean isAgent(String option) {
    return JvmOption.of(option).use() == JvmOption.Use.AGENT;
  }

  private static Finding finding(String option, Subject subject, String name) {
    Finding finding =
        Finding.refuse(
            ABOUT,
            "no option that is the golden image's alone",
            "'" + option + "': " + JvmOption.of(option).reason(),
            subject.where() + ", variable " + name);
    return isAgent(option) && !subject.policy().application().refusesAgents()
        ? finding.warning(LEFT_TO_SERVICES)
        : finding;
  }

  private static List<Finding> twice(Subject subject) {
    List<Finding> findings = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String variable : subject.platform().config().env()) {
      int equals = variable.indexOf('=');
      String name = equals < 0 ? variable : variable.substring(0, equals);
      if (!seen.add(name)) {
        findings.add(
            Finding.refuse(
                ABOUT, "each variable once", "twice", subject.where() + ", variable " + name));
      }
    }
    return findings;
  }

  private static String shown(@Nullable String value) {
    return value == null ? "not set" : "'" + value + "'";
  }
}
