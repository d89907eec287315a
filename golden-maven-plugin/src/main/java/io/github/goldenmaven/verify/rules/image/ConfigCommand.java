package io.github.goldenmaven.verify.rules.image;

import io.github.goldenmaven.golden.definition.GoldenDefinition.Entrypoint;
import io.github.goldenmaven.golden.policy.GoldenPolicy.Application;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.verify.command.CommandFiles;
import io.github.goldenmaven.verify.command.CommandReader;
import io.github.goldenmaven.verify.command.CommandReader.Kind;
import io.github.goldenmaven.verify.command.CommandReader.Told;
import io.github.goldenmaven.verify.command.ShellText;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.GoldenBase;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.layers.GoldenContents;
import io.github.goldenmaven.verify.subject.Rule;
import io.github.goldenmaven.verify.subject.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a service may have run: the golden image's command, or its JVM, which stays as it is. */
public final class ConfigCommand implements Rule {

  private static final RuleInfo ABOUT =
      new RuleInfo(
          "CONFIG_COMMAND",
          "The service must run the golden image's command, or its JVM as it is",
          "A flag on the command line switches off the company's trust store, proxy or JVM as well"
              + " as a variable does; an entrypoint that the golden image fixes prepares something"
              + " only where it runs; what nobody can read may do anything.",
          "Take it out of <jvmFlags>, <container><entrypoint> and <container><args>; what all"
              + " services need is baked into the golden image.",
          true);

  private static final String FIXED =
      "Leave <container><entrypoint> and what replaces it out, or stand on a golden image whose"
          + " 'protect' leaves the entrypoint free.";
  private static final String READ_IT =
      "Read it, and leave it if it does what it should; have the service start as"
          + " 'java ...' to have it checked, or write 'application: {scripts: refuse}' into the"
          + " policy.";
  private static final String AGENTS =
      "Leave it if the service means it; to refuse such agents, write 'application: {agents:"
          + " refuse}' into the policy.";

  /** Told of one image; a thousand findings help nobody. */
  static final int MAX_TOLD = 20;

  private static final int MAX_SHOWN = 512;

  @Override
  public RuleInfo about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    GoldenBase golden = subject.golden().orElse(null);
    GoldenContents contents = subject.upper().golden();
    if (golden == null || contents == null) {
      return List.of();
    }
    JsonObject theirs = golden.config().runtime();
    JsonObject ours = subject.config().runtime();
    CommandReader reader = reader(subject, golden, contents);
    List<Finding> findings = new ArrayList<>(fixed(subject, theirs, ours));
    moved(
        subject,
        theirs,
        ours,
        new CommandFiles(contents, subject.upper(), golden.config().environment(), folder(theirs)),
        findings);
    boolean same = folder(theirs).equals(folder(ours));
    start(reader, theirs, ours, same);
    health(reader, theirs, ours, same);
    subject.upper().files().paths().stream()
        .filter(contents.places()::isPart)
        .forEach(path -> reader.part("/" + path));
    findings.addAll(findings(reader.told(), subject));
    return findings;
  }

  /** Reads what a service has run, as its golden image's own words let it. */
  static CommandReader reader(Subject subject, GoldenBase golden, GoldenContents contents) {
    Map<String, String> environment = golden.config().environment();
    String folder = folder(subject.config().runtime());
    return new CommandReader(
        new CommandFiles(contents, subject.upper(), environment, folder),
        environment,
        Set.copyOf(contents.protect().environment()),
        words(golden.config().runtime()));
  }

  private static List<Finding> findings(List<Told> told, Subject subject) {
    List<Finding> findings = new ArrayList<>();
    told.stream().limit(MAX_TOLD).forEach(one -> findings.add(finding(one, subject)));
    if (told.size() > MAX_TOLD) {
      findings.add(
          subject.refuse(ABOUT, "a command of few words", (told.size() - MAX_TOLD) + " more"));
    }
    return findings;
  }

  /** Where the golden says that its entrypoint is fixed. */
  private static List<Finding> fixed(Subject subject, JsonObject theirs, JsonObject ours) {
    List<String> wanted = theirs.strings("Entrypoint");
    List<String> found = ours.strings("Entrypoint");
    if (subject.upper().protect().entrypoint() != Entrypoint.FIXED || wanted.equals(found)) {
      return List.of();
    }
    return List.of(subject.refuse(ABOUT, wanted.toString(), found.toString()).withRemedy(FIXED));
  }

  private static String folder(JsonObject runtime) {
    return runtime.string("WorkingDir").filter(folder -> !folder.isEmpty()).orElse("/");
  }

  /** All words of a golden image's commands and variables: in them a service's are its own. */
  private static Set<String> words(JsonObject runtime) {
    Set<String> words = new HashSet<>(runtime.strings("Entrypoint"));
    words.addAll(runtime.strings("Cmd"));
    words.addAll(test(runtime));
    for (String text : List.copyOf(words)) {
      words.addAll(new ShellText(text).pieces());
    }
    for (String variable : runtime.strings("Env")) {
      words.addAll(new ShellText(variable.substring(variable.indexOf('=') + 1)).pieces());
    }
    return words;
  }

  private static List<String> test(JsonObject runtime) {
    return runtime.object("Healthcheck").map(check -> check.strings("Test")).orElse(List.of());
  }

  private static void start(
      CommandReader reader, JsonObject theirs, JsonObject ours, boolean same) {
    List<String> entrypoint = ours.strings("Entrypoint");
    List<String> arguments = ours.strings("Cmd");
    boolean kept = entrypoint.equals(theirs.strings("Entrypoint"));
    if (kept && same && arguments.equals(theirs.strings("Cmd"))) {
      return;
    }
    // The golden image's own entrypoint is believed; what it is given may be a command.
    boolean program = kept && !entrypoint.isEmpty() && isPlainProgram(entrypoint);
    if (program && !arguments.isEmpty() && !arguments.get(0).startsWith("-")) {
      reader.read(arguments);
      return;
    }
    List<String> all = new ArrayList<>(entrypoint);
    all.addAll(arguments);
    reader.read(all);
  }

  /** One word, a script of the golden image most often. */
  private static boolean isPlainProgram(List<String> entrypoint) {
    String name = entrypoint.get(0).substring(entrypoint.get(0).lastIndexOf('/') + 1);
    return entrypoint.size() == 1 && !Set.of("java", "sh", "bash", "env").contains(name);
  }

  private static void health(
      CommandReader reader, JsonObject theirs, JsonObject ours, boolean same) {
    List<String> test = test(ours);
    List<String> shell = ours.strings("Shell");
    boolean kept = shell.equals(theirs.strings("Shell"));
    if (!kept && !shell.isEmpty()) {
      reader.read(shell.subList(0, 1));
    }
    if (test.isEmpty() || (kept && same && test.equals(test(theirs)))) {
      return;
    }
    if (test.get(0).equals("CMD")) {
      reader.read(test.subList(1, test.size()));
    } else if (test.get(0).equals("CMD-SHELL")) {
      List<String> all = new ArrayList<>(shell.isEmpty() ? List.of("/bin/sh", "-c") : shell);
      all.addAll(test.subList(1, test.size()));
      reader.read(all);
    } else if (!test.get(0).equals("NONE")) {
      // Docker starts none of these; Podman takes it for the command.
      reader.read(test);
    }
  }

  /** The entrypoint and the health check, as far as the service left them as they are. */
  private static List<String> keptWords(JsonObject theirs, JsonObject ours) {
    List<String> kept = new ArrayList<>();
    if (theirs.strings("Entrypoint").equals(ours.strings("Entrypoint"))) {
      kept.addAll(theirs.strings("Entrypoint"));
    }
    if (test(theirs).equals(test(ours))) {
      kept.addAll(test(theirs));
    }
    return kept;
  }

  /** A relative path of the golden image's command is another program in another folder. */
  private static void moved(
      Subject subject,
      JsonObject theirs,
      JsonObject ours,
      CommandFiles before,
      List<Finding> findings) {
    if (folder(theirs).equals(folder(ours))) {
      return;
    }
    keptWords(theirs, ours).stream()
        .flatMap(text -> new ShellText(text).pieces().stream())
        .filter(word -> word.contains("/") && !word.startsWith("/") && !word.startsWith("-"))
        .filter(word -> before.file(word).isGoldens())
        .findFirst()
        .ifPresent(
            word ->
                findings.add(
                    subject.refuse(
                        ABOUT,
                        "the working directory '%s', in which '%s' is"
                            .formatted(folder(theirs), word),
                        "the working directory '" + folder(ours) + "'")));
  }

  private static Finding finding(Told told, Subject subject) {
    Application application = subject.policy().application();
    String text =
        told.text().length() > MAX_SHOWN
            ? told.text().substring(0, MAX_SHOWN) + "..."
            : told.text();
    Finding finding =
        subject.refuse(
            ABOUT,
            told.kind() == Kind.UNREAD
                ? "a command that the gate can read"
                : "a command that leaves what the golden image set up",
            "'" + text + "': " + told.reason());
    return switch (told.kind()) {
      case REFUSED -> finding;
      case UNREAD -> application.refusesScripts() ? finding : finding.warning(READ_IT);
      case AGENT -> application.refusesAgents() ? finding : finding.warning(AGENTS);
    };
  }
}
