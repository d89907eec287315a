package io.github.goldenmaven.verify.rules.image;

import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.GoldenBase;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.finding.Severity;
import io.github.goldenmaven.verify.subject.Rule;
import io.github.goldenmaven.verify.subject.Subject;
import java.util.List;
import java.util.regex.Pattern;

/** Root by any of its names. */
public final class ConfigUser implements Rule {

  private static final RuleInfo ABOUT =
      new RuleInfo(
          "CONFIG_USER",
          "The service must run as a user other than root",
          "Whoever breaks into a service that runs as root is one mistake of the runtime away from"
              + " the machine.",
          "Leave <container><user> out, so that the golden image's user counts, or write a number"
              + " above 0, like 10001.",
          true);

  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,9}");

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
    String wanted = golden.config().user().orElse("");
    String found = subject.config().user().orElse("");
    if (isHarmless(found) || (found.equals(wanted) && isName(found))) {
      return List.of();
    }
    Finding finding =
        subject.refuse(
            ABOUT,
            isHarmless(wanted) || isName(wanted)
                ? "'" + wanted + "', or another number above 0"
                : "a number above 0",
            found.isEmpty() ? "no user, which is root" : "'" + found + "'");
    if (found.equals(wanted)) {
      return List.of(
          new Finding(
              ABOUT,
              Severity.WARN,
              finding.expected(),
              finding.found() + ", as in its golden image",
              finding.where(),
              "Have the golden image given a 'user'.",
              null,
              null));
    }
    return List.of(finding);
  }

  /** A number that is no way to write 0, with or without a group. */
  private static boolean isHarmless(String user) {
    String name = user.split(":", 2)[0];
    return NUMBER.matcher(name).matches() && Long.parseLong(name) <= Integer.MAX_VALUE;
  }

  /** A name that only /etc/passwd can tell of: good where it is the golden's own. */
  private static boolean isName(String user) {
    String name = user.split(":", 2)[0];
    return !name.isEmpty() && !name.equals("root") && !name.matches("[+-]?[0-9]+");
  }
}
