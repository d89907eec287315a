package io.github.goldenmaven.verify.command;

import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.verify.command.CommandReader.Started;
import io.github.goldenmaven.verify.layers.GoldenContents;
import io.github.goldenmaven.verify.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a container of the image starts, whoever wrote the command.
 *
 * @param files of the image
 * @param sure what is started
 * @param maybe what a script is given that may be its command
 * @param nothing whether it is nothing, a bare shell, or a JVM that is given nothing to run
 */
public record ServiceStart(
    CommandFiles files, List<Started> sure, List<Started> maybe, boolean nothing) {

  /** Scripts of official images that run the command after them. */
  private static final Set<String> RUNNERS = Set.of("__cacert_entrypoint.sh");

  private static final Set<String> SHELLS = Set.of("sh", "ash", "bash", "dash", "zsh", "jshell");
  private static final String JAVA = "java";

  public ServiceStart {
    sure = List.copyOf(sure);
    maybe = List.copyOf(maybe);
  }

  public static ServiceStart of(Subject subject, GoldenContents golden) {
    JsonObject runtime = subject.config().runtime();
    CommandFiles files =
        new CommandFiles(
            golden,
            subject.upper(),
            subject.config().environment(),
            runtime.string("WorkingDir").filter(folder -> !folder.isEmpty()).orElse("/"));
    List<String> words = new ArrayList<>(runtime.strings("Entrypoint"));
    words.addAll(runtime.strings("Cmd"));
    List<Started> sure = new ArrayList<>();
    while (!words.isEmpty() && RUNNERS.contains(name(words.get(0)))) {
      String runner = words.remove(0);
      sure.add(new Started(runner, files.program(runner), null));
    }
    sure.addAll(read(files, words));
    List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
    boolean script = runtime.strings("Entrypoint").size() == 1 && !words.isEmpty();
    boolean given = sure.size() == 1 && !rest.isEmpty() && isJava(rest.get(0));
    return new ServiceStart(
        files,
        sure,
        given ? read(files, rest) : List.of(),
        isBareShell(words) || (script && !rest.isEmpty() && isBareShell(rest)) || isIdle(sure));
  }

  private static List<Started> read(CommandFiles files, List<String> words) {
    CommandReader reader = new CommandReader(files, Map.of(), Set.of(), Set.of());
    reader.read(words);
    return reader.started();
  }

  private static boolean isJava(String word) {
    return word.equals(JAVA) || (word.startsWith("/") && name(word).equals(JAVA));
  }

  private static boolean isIdle(List<Started> started) {
    JvmStart jvm = started.isEmpty() ? null : started.get(started.size() - 1).jvmOrNull();
    return jvm != null && jvm.isIdle();
  }

  private static boolean isBareShell(List<String> words) {
    return words.isEmpty()
        || (SHELLS.contains(name(words.get(0)))
            && words.stream().skip(1).allMatch(word -> word.matches("-[il]|--login")));
  }

  private static String name(String program) {
    return program.substring(program.lastIndexOf('/') + 1);
  }
}
