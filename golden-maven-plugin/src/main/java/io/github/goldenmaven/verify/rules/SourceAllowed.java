package io.github.goldenmaven.verify.rules;

import io.github.goldenmaven.oci.RegistryReference;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.provenance.SourcePlace;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.finding.Severity;
import io.github.goldenmaven.verify.subject.Rule;
import io.github.goldenmaven.verify.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The sources of a repository's images come from one place. */
final class SourceAllowed implements Rule {

  private static final RuleInfo ABOUT =
      new RuleInfo(
          "SOURCE_ALLOWED",
          "The image must be built from the sources that the policy names for its repository",
          "Whoever may push to a repository could push a build of a fork.",
          "Build the image from the sources that the policy names. Its label says what stands in"
              + " <scm><url> of the service's own POM, or of a parent's in the same checkout, else"
              + " git's remote 'origin': correct it there, or correct 'sources' of the policy.",
          true);

  private static final String OF_GOLDEN =
      "Bake the golden image in a clone of what the policy names: its label says git's remote"
          + " 'origin'. Or correct 'sources' of the policy.";

  @Override
  public RuleInfo about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    Map<String, String> sources = subject.policy().sources();
    if (sources.isEmpty()) {
      return List.of();
    }
    String found = Label.SOURCE.in(subject.labels()).orElse("");
    List<Finding> findings = new ArrayList<>();
    List<String> unlisted = new ArrayList<>();
    for (RegistryReference place : places(subject)) {
      String wanted = of(sources, place);
      if (wanted == null) {
        unlisted.add(place.name());
      } else if (!same(wanted, found)) {
        findings.add(finding(subject, wanted, found));
      }
    }
    // A golden image is built of no sources of its own.
    if (findings.isEmpty() && !unlisted.isEmpty() && !subject.isGolden()) {
      findings.add(unlisted(subject, unlisted.get(unlisted.size() - 1)));
    }
    return findings.stream().distinct().toList();
  }

  /** Where it is, and where it is to go: whoever releases from one may be listed in the other. */
  private static List<RegistryReference> places(Subject subject) {
    return Stream.of(subject.reference(), subject.targetOrNull())
        .filter(RegistryReference.class::isInstance)
        .map(RegistryReference.class::cast)
        .toList();
  }

  private static @Nullable String of(Map<String, String> sources, RegistryReference place) {
    return sources.entrySet().stream()
        .filter(entry -> samePlace(entry.getKey()).equals(samePlace(place.name())))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /** One registry has several names: with the port that HTTPS has anyway, and this machine's. */
  private static String samePlace(String name) {
    int slash = name.indexOf('/');
    String host =
        name.substring(0, slash)
            .replaceFirst(":443$", "")
            .replaceFirst("^(127(\\.\\d+){3}|\\[::1])(?=:|$)", "localhost");
    return host + name.substring(slash);
  }

  private static Finding finding(Subject subject, String wanted, String found) {
    Finding finding =
        subject.refuse(
            ABOUT,
            "'" + wanted + "'",
            found.isEmpty() ? "nothing" : "'" + found + "'",
            "label " + Label.SOURCE);
    return subject.isGolden() ? finding.withRemedy(OF_GOLDEN) : finding;
  }

  private static Finding unlisted(Subject subject, String place) {
    return new Finding(
        ABOUT,
        Severity.WARN,
        "sources of '" + place + "' in the policy",
        "none",
        subject.where() + ", label " + Label.SOURCE,
        "Add the repository to 'sources' of the policy.",
        null,
        null);
  }

  /** A pipeline clones by ssh what people name by HTTPS: one repository has several addresses. */
  private static boolean same(String wanted, String found) {
    return wanted.equals(found)
        || SourcePlace.of(wanted)
            .filter(place -> SourcePlace.of(found).equals(Optional.of(place)))
            .isPresent();
  }
}
