package io.github.goldenmaven.verify;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.golden.GoldenPolicy;
import io.github.goldenmaven.golden.GoldenPolicy.Waiver;
import io.github.goldenmaven.oci.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All that the gate demands, in the order it looks. */
public final class Rules {

  static final List<Rule> ALL =
      Stream.of(
              List.of(
                  new ImageAvailable(),
                  new ImageReadable(),
                  new ProvenanceStamped(),
                  new ProvenanceOwn(),
                  new LabelsPrintable(),
                  new GoldenAllowed(),
                  new GoldenLayers(),
                  new LabelsAgree(),
                  new OfficialAllowed(),
                  new GoldenFresh(),
                  new GoldenCurrent(),
                  new SourceAllowed(),
                  new SourceClean(),
                  new LayerContent()),
              UpperLayer.all(),
              List.of(
                  new ConfigUser(),
                  new ConfigEnvironment(),
                  new ConfigEntrypoint(),
                  new ConfigCommand(),
                  new ConfigOnBuild(),
                  new ConfigVolumes(),
                  new ClassesLoadable()))
          .flatMap(List::stream)
          .toList();

  private Rules() {}

  /** What people read of each. */
  public static List<About> about() {
    return ALL.stream().map(Rule::about).toList();
  }

  /**
   * Holds a policy's dates and waivers to the rules there are.
   *
   * @throws RefusedException when it names a rule that is none, or waives one that cannot be
   */
  static void requireKnown(GoldenPolicy policy) {
    List<String> named = new ArrayList<>(policy.effective().keySet());
    policy.waivers().stream().map(Waiver::rule).forEach(named::add);
    List<String> known = about().stream().map(About::id).toList();
    for (String id : named) {
      if (!known.contains(id)) {
        throw new RefusedException(
            shown(policy) + " names the rule '" + Printable.of(id) + "', which there is not.",
            io.github.goldenmaven.golden.NearestName.advice(known, id));
      }
    }
    for (About rule : about()) {
      if (!rule.waivable() && named.contains(rule.id())) {
        throw new RefusedException(
            shown(policy) + " waives or delays the rule '" + rule.id() + "', which nobody may.",
            "Take it out of 'waivers' and 'effective', and mend the image: " + rule.remedy());
      }
    }
  }

  private static String shown(GoldenPolicy policy) {
    return "'" + Printable.of(policy.file().toString()) + "'";
  }
}
