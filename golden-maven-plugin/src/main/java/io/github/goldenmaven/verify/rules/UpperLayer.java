package io.github.goldenmaven.verify.rules;

import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.finding.Severity;
import io.github.goldenmaven.verify.layers.LayerIssue;
import io.github.goldenmaven.verify.layers.LayerIssue.Kind;
import io.github.goldenmaven.verify.rules.image.SecretVariable;
import io.github.goldenmaven.verify.subject.Rule;
import io.github.goldenmaven.verify.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One kind of thing that a service's own layers must not do. */
final class UpperLayer implements Rule {

  private static final String FOLDER =
      "Leave it; golden:build writes no entries of folders that the golden image has.";

  private final Kind kind;
  private final String expected;
  private final RuleInfo about;

  private UpperLayer(Kind kind, String expected, String title, String why, String remedy) {
    this.kind = kind;
    this.expected = expected;
    this.about = new RuleInfo("UPPER_" + kind, title, why, remedy, true);
  }

  static List<Rule> all() {
    return List.of(
        new UpperLayer(
            Kind.PLACE,
            "files in places of the service's own",
            "The service must add files in places of its own only",
            "A file of the golden image that is replaced, removed or joined by another above the"
                + " golden's layers is what runs; the golden's own is only still there to be"
                + " shown.",
            "Put the service's files into /app, with <container><appRoot> or the <into> of extra"
                + " directories; where a server reads applications from a folder of the golden"
                + " image, have it named in 'application: {paths}' of golden.yaml or of the"
                + " policy."),
        new UpperLayer(
            Kind.PRIVILEGE,
            "files, folders and links only, without set-user-ID, set-group-ID and capabilities",
            "The service must bring no way to more privileges, and no devices",
            "A set-user-ID program gives whoever takes over the service root's rights, and a device"
                + " node is a door to the machine below.",
            "Take the bits away, and leave devices and pipes out: containers get devices from their"
                + " runtime, and a tool that needs more rights is the golden image's business."),
        new UpperLayer(
            Kind.DUPLICATE,
            "one entry for each path of a layer",
            "A layer must not have one path twice",
            "Readers differ on which of two entries counts: what is scanned may not be what runs.",
            "Have the image built again by a tool that writes each path once."),
        new UpperLayer(
            Kind.SECRET,
            "no file and no variable that is a secret by its name, its form or its content",
            "The service must carry no secrets",
            "Whoever can pull the image has the key, for as long as the image exists.",
            "Leave the file out, renew the secret, and hand it over when the service starts."));
  }

  @Override
  public RuleInfo about() {
    return about;
  }

  @Override
  public List<Finding> check(Subject subject) {
    List<Finding> findings = new ArrayList<>();
    subject.upper().suspicions().stream()
        .filter(suspicion -> suspicion.kind() == kind)
        .forEach(suspicion -> findings.add(finding(suspicion, subject)));
    if (kind == Kind.SECRET) {
      variables(subject, findings);
    }
    return findings;
  }

  /** What the golden image has is the platform team's to answer for. */
  private void variables(Subject subject, List<Finding> findings) {
    Map<String, String> theirs =
        subject.golden().map(golden -> golden.config().environment()).orElse(Map.of());
    new TreeMap<>(subject.config().environment())
        .forEach(
            (name, value) -> {
              if (!value.equals(theirs.get(name)) && SecretVariable.matches(name, value)) {
                findings.add(
                    subject.refuse(
                        about,
                        expected,
                        "the value of '" + name + "' looks like a key",
                        "variable " + name));
              }
            });
  }

  private Finding finding(LayerIssue suspicion, Subject subject) {
    Finding finding =
        Finding.refuse(
            about,
            expected,
            suspicion.detail(),
            "%s, %s in layer %s"
                .formatted(subject.where(), suspicion.path(), suspicion.layer().shortHex()));
    return suspicion.severity() == Severity.WARN ? finding.warning(FOLDER) : finding;
  }
}
