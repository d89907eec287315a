package io.github.goldenmaven.verify.rules.image;

import io.github.goldenmaven.provenance.ClassVersions;
import io.github.goldenmaven.provenance.ClassVersions.Count;
import io.github.goldenmaven.verify.command.ServiceJar;
import io.github.goldenmaven.verify.command.ServiceStart;
import io.github.goldenmaven.verify.command.StartedJvm;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.GoldenBase;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.layers.GoldenContents;
import io.github.goldenmaven.verify.subject.Rule;
import io.github.goldenmaven.verify.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a build from elsewhere did not look at: the service's classes, those in jars too. A jar most
 * of whose classes are too new is refused, one with some is warned of.
 */
public final class ClassesLoadable implements Rule {

  private static final RuleInfo ABOUT =
      new RuleInfo(
          "CLASSES_LOADABLE",
          "The golden image's Java must load the service's classes",
          "A class for a newer Java than the golden image has fails when it is first used, in"
              + " production.",
          "Compile the service for the golden image's Java with maven.compiler.release and take"
              + " versions of its libraries that run on it, or have it stand on a golden image of a"
              + " newer one.",
          true);

  private static final String SOME =
      "Nothing has to be done where the service runs without those classes; else take another"
          + " version of the library, or a golden image of a newer Java.";

  private static final int MAX_TOLD = 10;

  @Override
  public RuleInfo about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    GoldenContents contents = subject.upper().golden();
    Optional<GoldenBase> golden = subject.golden();
    if (golden.isEmpty() || contents == null) {
      return List.of();
    }
    ServiceStart start = ServiceStart.of(subject, contents);
    return StartedJvm.of(golden.orElseThrow(), contents, start)
        .map(java -> new Check(subject, java, ServiceJar.of(subject, start)).findings())
        .orElse(List.of());
  }

  /** One image's classes, and the Java that is to load them. */
  private record Check(Subject subject, int java, List<ServiceJar> jars) {

    List<Finding> findings() {
      List<Finding> findings = new ArrayList<>();
      ClassVersions own = subject.upper().classes();
      if (own.tooNew(java) > 0) {
        findings.add(finding(own(own)));
      }
      List<ServiceJar> refused = jars.stream().filter(jar -> jar.isRefused(java)).toList();
      refused.stream().limit(MAX_TOLD).forEach(jar -> findings.add(finding(jar.told(java))));
      if (refused.size() > MAX_TOLD) {
        findings.add(finding("those of " + (refused.size() - MAX_TOLD) + " more jars"));
      }
      List<String> some =
          jars.stream()
              .filter(jar -> !refused.contains(jar) && jar.versions().tooNew(java) > 0)
              .map(jar -> jar.told(java))
              .toList();
      if (!some.isEmpty()) {
        int more = some.size() - MAX_TOLD;
        findings.add(
            finding(
                    String.join("; ", some.stream().limit(MAX_TOLD).toList())
                        + (more > 0 ? "; those of " + more + " more jars" : ""))
                .warning(SOME));
      }
      return findings;
    }

    private String own(ClassVersions classes) {
      List<Count> beyond = classes.beyond(java);
      Count newest = beyond.get(beyond.size() - 1);
      int more = classes.tooNew(java) - 1;
      return "'"
          + newest.first()
          + "' is for "
          + newest.version()
          + (more == 0 ? "" : ", and " + more + " more are too new");
    }

    private Finding finding(String found) {
      return subject.refuse(ABOUT, "classes of Java " + java + " and older", found);
    }
  }
}
