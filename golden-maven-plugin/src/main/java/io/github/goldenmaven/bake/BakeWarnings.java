package io.github.goldenmaven.bake;

import io.github.goldenmaven.bake.files.Additions;
import io.github.goldenmaven.bake.jvm.JvmHome;
import io.github.goldenmaven.golden.JvmSearch;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.text.Printable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What golden.yaml may say although few people want it: a warning, no refusal. */
final class BakeWarnings {

  private static final Set<String> ROOT = Set.of("", "0", "root");

  /** Permission for everyone to write. */
  private static final int EVERYONE_WRITES = 02;

  private static final String JAVA_HOME = "JAVA_HOME";

  private final GoldenDefinition definition;
  private final Additions additions;

  private BakeWarnings(GoldenDefinition definition, Additions additions) {
    this.definition = definition;
    this.additions = additions;
  }

  /**
   * Adds the warnings of one platform.
   *
   * @param jvms those that get certificates, proxy and agents
   * @param filesAreKnown whether all files of the image are
   */
  static void add(
      GoldenDefinition definition,
      ImageConfig official,
      Additions additions,
      List<JvmHome> jvms,
      boolean filesAreKnown) {
    BakeWarnings warnings = new BakeWarnings(definition, additions);
    warnings.root(official.runtime().string("User"));
    warnings.modes();
    if (filesAreKnown) {
      warnings.home(official.environment());
      warnings.lost(official.environment(), jvms);
    }
    if (!definition.agents().isEmpty()) {
      additions.warn(
          "With 'agents' each JVM starts slower: a JVM with an agent shares less class data, and an"
              + " AOT cache that was made without the agent is not used at all.",
          "Nothing has to be done where that is known; have services make their caches on this"
              + " golden image.");
    }
  }

  private void root(Optional<String> officials) {
    String user = definition.user().or(() -> officials).orElse("");
    if (ROOT.contains(user.split(":", 2)[0])) {
      additions.warn(
          "Containers of the golden image run as root: "
              + (definition.user().isPresent()
                  ? "'user' is '" + Printable.of(user) + "'."
                  : "golden.yaml has no 'user', and the official image names no other."),
          "Write a user and a group into 'user', like \"10001:10001\": services take them over.");
    }
  }

  private void modes() {
    for (int i = 0; i < definition.tools().size(); i++) {
      mode("tools[" + i + "].mode", definition.tools().get(i).mode());
    }
    for (int i = 0; i < definition.files().size(); i++) {
      mode("files[" + i + "].mode", definition.files().get(i).mode());
    }
  }

  private void mode(String key, Optional<Integer> mode) {
    mode.filter(bits -> (bits & EVERYONE_WRITES) != 0)
        .ifPresent(
            bits ->
                additions.warn(
                    "'"
                        + key
                        + "' is '"
                        + String.format("%04o", bits)
                        + "', so everyone in the container may change these files.",
                    "Write one whose last digit is 0, 1, 4 or 5, like \"0644\" or \"0755\"."));
  }

  /** A JAVA_HOME is what scripts start Java by. */
  private void home(Map<String, String> official) {
    String home =
        definition.environment().getOrDefault(JAVA_HOME, official.getOrDefault(JAVA_HOME, ""));
    if (!home.isEmpty()
        && new JvmSearch(additions.withAdded().tree(), Map.of(JAVA_HOME, home)).homes().isEmpty()) {
      additions.warn(
          "'JAVA_HOME' is '" + Printable.of(home) + "', and there is no JVM in that folder.",
          "Write a JVM's folder into 'JAVA_HOME' of 'environment', or \"\" to empty it.");
    }
  }

  /** JVMs that the official image's variables lead to, and golden.yaml's do not. */
  private void lost(Map<String, String> official, List<JvmHome> jvms) {
    Set<String> lost = new TreeSet<>(new JvmSearch(additions.withAdded().tree(), official).homes());
    jvms.forEach(jvm -> lost.remove(jvm.path()));
    if (!lost.isEmpty()) {
      additions.warn(
          "No variable of the golden image leads to the JVM in '/"
              + Printable.of(String.join("', '/", lost))
              + "' any more, so it gets no certificates, proxy and agents.",
          "Write its folder into 'JAVA_HOME', or its folder of programs into 'PATH' of"
              + " 'environment'.");
    }
  }
}
