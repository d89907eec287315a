package io.github.goldenmaven.verify.rules;

import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.provenance.ProvenanceFault.Kind;
import io.github.goldenmaven.verify.subject.Rule;
import io.github.goldenmaven.verify.subject.Subject;
import java.util.List;
import java.util.stream.Stream;

/** One demand on signed provenance, where the policy has keys for it. */
final class ProvenanceRule implements Rule {

  private static final String SIGN =
      "Have the image built again and signed, with golden.key or by golden:attest, by the job whose"
          + " key the policy names.";

  private final Kind kind;
  private final RuleInfo about;

  private ProvenanceRule(Kind kind, String title, String why, String remedy) {
    this.kind = kind;
    this.about = new RuleInfo("PROVENANCE_" + kind, title, why, remedy, kind == Kind.SIGNED);
  }

  static List<Rule> all() {
    return Stream.concat(ofSigners().stream(), ofStatements().stream()).toList();
  }

  private static List<Rule> ofSigners() {
    return List.of(
        new ProvenanceRule(
            Kind.SIGNED,
            "The image must have signed provenance",
            "Labels say where an image comes from; who may push can write any. A signature says who"
                + " answers for it.",
            SIGN),
        new ProvenanceRule(
            Kind.KEY,
            "Provenance must be signed by a key of the policy",
            "Anybody can sign anything with a key of one's own.",
            SIGN + " After a change of keys, name the new one in 'keys' of the policy."),
        new ProvenanceRule(
            Kind.ROLE,
            "Provenance must be signed by a key for provenance",
            "A key that signs verdicts or the catalog says nothing of who built an image.",
            SIGN),
        new ProvenanceRule(
            Kind.PERIOD,
            "The key of a signature must count on the day of the check",
            "A signature holds no time that can be trusted: a key that was lost signs with any"
                + " date.",
            SIGN + " Or change 'notBefore' or 'notAfter' of the key in the policy."),
        new ProvenanceRule(
            Kind.SCOPE,
            "The key of a signature must be for this repository and this builder",
            "A team's key must not vouch for another team's images, nor for another machine's.",
            SIGN + " Its builder is what golden.builder says."));
  }

  private static List<Rule> ofStatements() {
    return List.of(
        new ProvenanceRule(
            Kind.READABLE,
            "A signed statement must be read by every tool alike",
            "Two readers that see two subjects in one statement let two images through.",
            SIGN),
        new ProvenanceRule(
            Kind.SUBJECT,
            "A statement must be about the image that it hangs on",
            "A good signature about another image says nothing of this one.",
            SIGN),
        new ProvenanceRule(
            Kind.TYPE,
            "The statement must be provenance",
            "A list of parts or a verdict, however well signed, does not say who built the image.",
            SIGN),
        new ProvenanceRule(
            Kind.AGREES,
            "Provenance must say of the image what the image says itself",
            "Provenance that names another golden image, commit or service is another image's, or"
                + " somebody's invention.",
            "Find out who signed that. Then have the image built again and signed."));
  }

  @Override
  public RuleInfo about() {
    return about;
  }

  @Override
  public List<Finding> check(Subject subject) {
    return subject.provenance().stream()
        .filter(fault -> fault.kind() == kind)
        .map(fault -> subject.refuse(about, fault.expected(), fault.found()))
        .toList();
  }
}
