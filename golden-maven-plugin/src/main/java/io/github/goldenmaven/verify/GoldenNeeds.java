package io.github.goldenmaven.verify;

import io.github.goldenmaven.oci.ImageConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths that a golden image's own config needs, so that they are what the golden made them. */
record GoldenNeeds(ImageConfig config, GoldenContents contents) {

  /** An absolute path within a command or a variable, like a Java agent's. */
  private static final Pattern PATH = Pattern.compile("(?<![A-Za-z0-9._/-])/[A-Za-z0-9._/+@-]+");

  private static final String PROGRAMS = "/bin";

  /** From the root, with a slash before them or without. */
  List<String> paths() {
    Map<String, String> environment = config.environment();
    List<String> needed = new ArrayList<>();
    needed.add(environment.getOrDefault("JAVA_HOME", ""));
    needed.add(environment.getOrDefault("SSL_CERT_DIR", ""));
    for (String folder : environment.getOrDefault("PATH", "").split(":", -1)) {
      needed.add(folder);
      jvm(folder, needed);
    }
    List<String> told = new ArrayList<>(config.runtime().strings("Entrypoint"));
    told.addAll(config.runtime().strings("Cmd"));
    config.runtime().object("Healthcheck").ifPresent(check -> told.addAll(check.strings("Test")));
    environment.forEach(
        (name, value) -> {
          if (LockedVariables.has(name)) {
            told.addAll(Arrays.asList(value.split(":", -1)));
            told.add(value);
          }
        });
    told.forEach(text -> files(text, needed));
    return needed;
  }

  /** A JVM whose programs are found, whether or not JAVA_HOME says where it is. */
  private void jvm(String programs, List<String> needed) {
    if (programs.endsWith(PROGRAMS)) {
      String home = programs.substring(0, programs.length() - PROGRAMS.length());
      contents
          .links()
          .follow(home)
          .filter(path -> contents.isFile(path + "/release"))
          .ifPresent(path -> needed.add(home));
    }
  }

  /** Files only: a folder that is named may be one that services write to. */
  private void files(String text, List<String> needed) {
    Matcher path = PATH.matcher(text);
    while (path.find()) {
      contents
          .links()
          .follow(path.group())
          .filter(contents::isFile)
          .ifPresent(there -> needed.add(path.group()));
    }
  }
}
