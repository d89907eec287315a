package io.github.goldenmaven.verify.rules.image;

import io.github.goldenmaven.verify.command.CommandReader.Started;
import io.github.goldenmaven.verify.command.ServiceStart;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.layers.GoldenContents;
import io.github.goldenmaven.verify.subject.Rule;
import io.github.goldenmaven.verify.subject.Subject;
import java.util.List;
import java.util.stream.Stream;

/** That what the service is started by is in the image: its program, its jar, its main class. */
public final class CommandPresent implements Rule {

  public static final RuleInfo ABOUT =
      new RuleInfo(
          "COMMAND_PRESENT",
          "What starts the service must be in its image",
          "A container whose program, jar, main class or server is missing ends as soon as it is"
              + " started.",
          "Correct <container><entrypoint>, <container><args> or <mainClass>, bring the file with"
              + " <extraDirectories>, or have the service stand on a golden image that has the"
              + " program or the server.",
          true);

  private static final String SERVER = "a golden image with a server for the service's WAR";

  @Override
  public RuleInfo about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    GoldenContents contents = subject.upper().golden();
    if (subject.golden().isEmpty() || contents == null) {
      return List.of();
    }
    ServiceStart start = ServiceStart.of(subject, contents);
    StartedFiles files = new StartedFiles(start.files(), subject);
    if (start.nothing() && subject.upper().files().hasWar()) {
      return List.of(subject.refuse(ABOUT, SERVER, "'" + words(start) + "', which starts none"));
    }
    return Stream.concat(
            start.sure().stream().flatMap(files::missing),
            start.maybe().stream()
                .flatMap(files::missing)
                .map(finding -> finding.warning(StartedFiles.LOOK)))
        .distinct()
        .toList();
  }

  private static String words(ServiceStart start) {
    List<String> words = start.sure().stream().map(Started::word).toList();
    return words.isEmpty() ? "no command" : String.join(" ", words);
  }
}
