package io.github.goldenmaven.verify.report;

import io.github.goldenmaven.golden.policy.GoldenPolicy.Waiver;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.rules.Rules;
import io.github.goldenmaven.verify.rules.image.ImageAvailable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A report of as many images as a company has: of every ten one refused, some waived and warned.
 */
final class FleetReport {

  static final Instant AT = Instant.parse("2026-11-24T12:00:00Z");

  private static final List<String> RULES = Rules.about().stream().map(RuleInfo::id).toList();
  private static final List<String> TEAMS = List.of("shop", "billing", "identity", "logistics");

  private FleetReport() {}

  static GateReport of(int images) {
    List<ImageReport> reports = new ArrayList<>();
    List<Waiver> waivers = new ArrayList<>();
    waivers.add(waiver("CONFIG_USER", digest(999_999), "2026-11-30", "identity"));
    waivers.add(waiver("CONFIG_USER", digest(999_998), "2026-11-20", "billing"));
    for (int number = 0; number < images; number++) {
      Waiver waiver = waiver("CONFIG_USER", digest(number), "2026-12-06", "shop");
      if (number % 10 == 3) {
        waivers.add(waiver);
      }
      reports.add(image(number, waiver));
    }
    return new GateReport(
            "/var/jenkins/workspace/policy/golden-policy.yaml",
            reports,
            waivers,
            new Audit(AT, "golden-policy.yaml", digest(1), MadeBy.UNKNOWN))
        .by(
            MadeBy.of(
                "0.1.0",
                Map.of(
                    "JENKINS_URL", "https://ci.company.example/",
                    "JOB_NAME", "gate/fleet",
                    "BUILD_NUMBER", "481",
                    "BUILD_URL", "https://robot:secret@ci.company.example/job/gate/481/?token=x"),
                "jenkins"));
  }

  private static ImageReport image(int number, Waiver waiver) {
    String name =
        "registry.company.example/"
            + TEAMS.get(number % TEAMS.size())
            + "/service-"
            + number
            + ":1.4."
            + number;
    List<ImageReport.Layer> layers = layers(number);
    return new ImageReport(
        name,
        digest(number),
        new ImageReport.Line(
            "docker.io/library/eclipse-temurin:21-jre@" + digest(7),
            "registry.company.example/golden/java:21@" + digest(8),
            name + "@" + digest(number),
            number % 10 != 5,
            stacks(number, layers)),
        number % 10 == 6 ? RULES.subList(0, 1) : RULES,
        findings(number, name, waiver, layers.get(layers.size() - 1).digest()));
  }

  /** Some are for two platforms. */
  private static List<ImageReport.Stack> stacks(int number, List<ImageReport.Layer> layers) {
    int golden = number % 10 == 5 ? 0 : 4;
    ImageReport.Stack stack = new ImageReport.Stack("linux/amd64", golden, layers);
    return number % 20 == 14
        ? List.of(
            new ImageReport.Stack("linux/arm64", golden, layers.subList(0, layers.size() - 1)),
            stack)
        : List.of(stack);
  }

  private static List<Finding> findings(int number, String name, Waiver waiver, Digest top) {
    Finding user =
        Finding.refuse(FleetReport.about("CONFIG_USER"), "a number but 0", "'root'", name);
    Finding place =
        Finding.refuse(
            about("UPPER_PLACE"),
            "nothing in the golden image's tree",
            "replaces '/etc/passwd' of the golden image",
            name + ", /etc/passwd in layer " + top.shortHex());
    return switch (number % 10) {
      case 3 -> List.of(user.waived(waiver));
      case 4 -> List.of(place, user);
      case 5 -> List.of(Finding.refuse(about("GOLDEN_ALLOWED"), "one of ours", "another", name));
      case 6 ->
          List.of(
              Finding.unknown(
                  ImageAvailable.ABOUT, "an answer", "none in 30 s", name, "Ask again."));
      case 7 -> List.of(user.warningUntil(LocalDate.parse("2027-01-15")));
      default -> List.of();
    };
  }

  static RuleInfo about(String id) {
    return Rules.about().stream().filter(rule -> rule.id().equals(id)).findFirst().orElseThrow();
  }

  private static List<ImageReport.Layer> layers(int number) {
    List<ImageReport.Layer> layers = new ArrayList<>();
    List<String> told =
        List.of(
            "/bin/sh -c #(nop) ADD file",
            "COPY jre",
            "company CA",
            "agents",
            "libraries",
            "classes");
    for (int at = 0; at < told.size(); at++) {
      int content = at < 4 ? at : 100 + number * 2 + at;
      layers.add(new ImageReport.Layer(digest(content), 29_000_000L / (at + 1), told.get(at)));
    }
    return layers;
  }

  private static Waiver waiver(String rule, Digest digest, String until, String owner) {
    return new Waiver(
        rule,
        digest,
        LocalDate.parse(until),
        owner,
        "moves to a user of its own in the next release");
  }

  private static Digest digest(int content) {
    return Digest.of(Integer.toString(content).getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
