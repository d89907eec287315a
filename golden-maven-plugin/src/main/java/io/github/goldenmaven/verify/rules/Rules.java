package io.github.goldenmaven.verify.rules;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.golden.policy.GoldenPolicy.Waiver;
import io.github.goldenmaven.golden.yaml.ProblemCollector;
import io.github.goldenmaven.text.NearestName;
import io.github.goldenmaven.text.Printable;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.rules.image.ClassesLoadable;
import io.github.goldenmaven.verify.rules.image.CommandPresent;
import io.github.goldenmaven.verify.rules.image.ConfigCommand;
import io.github.goldenmaven.verify.rules.image.ConfigEnvironment;
import io.github.goldenmaven.verify.rules.image.ConfigOnBuild;
import io.github.goldenmaven.verify.rules.image.ConfigUser;
import io.github.goldenmaven.verify.rules.image.ConfigVolumes;
import io.github.goldenmaven.verify.rules.image.ImageAvailable;
import io.github.goldenmaven.verify.rules.image.ImageReadable;
import io.github.goldenmaven.verify.subject.Rule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** All that the gate demands, in the order it looks. */
public final class Rules {

  public static final List<Rule> ALL =
      Stream.of(
              List.of(
                  new ImageAvailable(),
                  new ImageReadable(),
                  new ProvenanceStamped(),
                  new LabelsPrintable(),
                  new GoldenAllowed(),
                  new GoldenLayers(),
                  new LabelsAgree(),
                  new OfficialAllowed(),
                  new GoldenFresh(),
                  new SourceAllowed(),
                  new SourceClean()),
              ProvenanceRule.all(),
              UpperLayer.all(),
              List.of(
                  new ConfigUser(),
                  new ConfigEnvironment(),
                  new ConfigCommand(),
                  new CommandPresent(),
                  new ConfigOnBuild(),
                  new ConfigVolumes(),
                  new ClassesLoadable()))
          .flatMap(List::stream)
          .toList();

  /** Rules of before, by the one that demands today what each did. */
  private static final Map<String, String> FORMER =
      Map.of(
          "UPPER_WHITEOUT", "UPPER_PLACE",
          "UPPER_PROTECTED_PATH", "UPPER_PLACE",
          "UPPER_LINK", "UPPER_PLACE",
          "UPPER_DEVICE", "UPPER_PRIVILEGE",
          "CONFIG_ENTRYPOINT", "CONFIG_COMMAND",
          "PROVENANCE_OWN", "PROVENANCE_STAMPED",
          "GOLDEN_CURRENT", "GOLDEN_FRESH",
          "LAYER_CONTENT", "IMAGE_READABLE");

  /** What is let through for longer than that is no exception. */
  private static final int WAIVED_YEARS = 2;

  private Rules() {}

  /** What people read of each. */
  public static List<RuleInfo> about() {
    return ALL.stream().map(Rule::about).toList();
  }

  /**
   * Holds a policy's dates and waivers to the rules there are, and waivers to a time that somebody
   * still answers for.
   *
   * @param now the time that their ends are compared with
   * @throws RefusedException with line and column of each rule that is none, or that nobody may
   *     waive, and of each end that is too far
   */
  public static void requireKnown(GoldenPolicy policy, Instant now) {
    ProblemCollector together = new ProblemCollector();
    policy
        .effective()
        .keySet()
        .forEach(
            id ->
                require(
                    together,
                    (problem, remedy) -> policy.refusedKey("effective." + id, problem, remedy),
                    id));
    List<Waiver> waivers = policy.waivers();
    for (int i = 0; i < waivers.size(); i++) {
      String key = "waivers[" + i + "].rule";
      require(
          together,
          (problem, remedy) -> policy.refused(key, problem, remedy),
          waivers.get(i).rule());
      requireNear(together, policy, "waivers[" + i + "].until", waivers.get(i).until(), now);
    }
    together.refuse();
  }

  private static void requireNear(
      ProblemCollector together, GoldenPolicy policy, String key, LocalDate until, Instant now) {
    LocalDate last = LocalDate.ofInstant(now, ZoneOffset.UTC).plusYears(WAIVED_YEARS);
    if (until.isAfter(last)) {
      together.add(
          policy.refused(
              key,
              "the waiver ends on " + until + ", more than two years from now.",
              "Write a day until "
                  + last
                  + ", and look at it again then: a waiver is for a time."));
    }
  }

  /**
   * One rule that a policy names.
   *
   * @param refusal of a problem and its remedy, where the name stands
   */
  private static void require(
      ProblemCollector together, BiFunction<String, String, RefusedException> refusal, String id) {
    List<String> known = about().stream().map(RuleInfo::id).toList();
    String today = FORMER.get(id);
    if (today != null) {
      together.add(
          refusal.apply("the rule '" + id + "' is a part of '" + today + "' now.", renamed(today)));
    } else if (!known.contains(id)) {
      together.add(
          refusal.apply(
              "the rule '" + Printable.of(id) + "' is not known.", NearestName.advice(known, id)));
    }
    waivedByNobody(id)
        .map(
            rule ->
                refusal.apply(
                    "the rule '" + id + "' is waived or delayed, which nobody may.",
                    "Take it out of 'waivers' and 'effective', and fix the image: "
                        + rule.remedy()))
        .ifPresent(together::add);
  }

  private static Optional<RuleInfo> waivedByNobody(String id) {
    return about().stream().filter(rule -> !rule.waivable() && rule.id().equals(id)).findFirst();
  }

  private static String renamed(String today) {
    return waivedByNobody(today).isPresent()
        ? "Take it out of 'waivers' and 'effective': nobody may waive '" + today + "'."
        : "Write '" + today + "', and look at all that it demands: docs/rules/" + today + ".md.";
  }
}
