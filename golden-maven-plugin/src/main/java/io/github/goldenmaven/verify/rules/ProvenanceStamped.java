package io.github.goldenmaven.verify.rules;

import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.provenance.Role;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.subject.Rule;
import io.github.goldenmaven.verify.subject.Subject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Plain images of jib or Docker, which nobody stamped: they have no labels of their own, or those
 * of their golden image.
 */
final class ProvenanceStamped implements Rule {

  private static final RuleInfo ABOUT =
      new RuleInfo(
          "PROVENANCE_STAMPED",
          "The image must say itself where it comes from",
          "Nobody can tell which sources an unstamped image was made of, nor renew it when its"
              + " golden image is. Docker and jib let an image inherit its base's labels, so that a"
              + " service calls itself golden, or version 24.04 of Ubuntu.",
          "Build the image with golden:build, which stamps it and takes over none of its base's"
              + " labels.",
          true);

  private static final List<Label> DEMANDED =
      List.of(
          Label.ROLE,
          Label.SCHEMA,
          Label.BASE_DIGEST,
          Label.BASE_CHAIN,
          Label.BASE_LAYERS,
          Label.MAVEN_COORDINATES);

  @Override
  public RuleInfo about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    if (subject.saysGolden()) {
      return subject.isGolden() ? List.of() : List.of(inherited(subject));
    }
    List<String> missing =
        Stream.concat(DEMANDED.stream().map(Label::key), subject.policy().labels().stream())
            .distinct()
            .filter(key -> subject.labels().getOrDefault(key, "").isBlank())
            .toList();
    if (missing.isEmpty()) {
      return wrong(subject);
    }
    String standing =
        subject
            .golden()
            .map(golden -> "; its layers are those of '" + golden.shown() + "'")
            .orElse("");
    Finding finding =
        subject.refuse(
            ABOUT,
            "the labels of a built image",
            "no label '" + String.join("', '", missing) + "'" + standing);
    boolean built = DEMANDED.stream().map(Label::key).noneMatch(missing::contains);
    return List.of(built ? finding.withRemedy(sourcesOf(missing)) : finding);
  }

  /** The labels came with the golden image and speak of it. */
  private static Finding inherited(Subject subject) {
    return subject.refuse(
        ABOUT,
        "the role 'application' on an image that is in none of the golden repositories",
        "the label '" + Label.ROLE + "' says 'golden'");
  }

  /** golden:build was here, and had nothing to stamp: the policy demands more than it does. */
  private static String sourcesOf(List<String> keys) {
    return "Build the image again where there is something to stamp: "
        + keys.stream()
            .map(
                key ->
                    "'"
                        + key
                        + "' comes from "
                        + Label.of(key).map(Label::origin).orElse("<container><labels>"))
            .collect(Collectors.joining(", "))
        + ".";
  }

  /** A role nobody knows, or labels of another meaning: no rule may be left out for them. */
  private static List<Finding> wrong(Subject subject) {
    return Stream.of(
            Map.entry(Label.ROLE, Role.APPLICATION.value()),
            Map.entry(Label.SCHEMA, Label.CURRENT_SCHEMA))
        .filter(wanted -> !wanted.getValue().equals(subject.labels().get(wanted.getKey().key())))
        .map(
            wanted ->
                subject.refuse(
                    ABOUT,
                    "'" + wanted.getValue() + "'",
                    "the label '%s' says '%s'"
                        .formatted(wanted.getKey(), subject.labels().get(wanted.getKey().key()))))
        .toList();
  }
}
