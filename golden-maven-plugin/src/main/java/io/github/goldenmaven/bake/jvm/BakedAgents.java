package io.github.goldenmaven.bake.jvm;

import io.github.goldenmaven.bake.files.Additions;
import io.github.goldenmaven.bake.files.Additions.Tier;
import io.github.goldenmaven.bake.files.LocalFiles;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.golden.definition.GoldenDefinition.Agent;
import io.github.goldenmaven.golden.definition.Source;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The agents that every JVM of the image loads. Their options are in a file, and the variable that
 * names it is the same in every golden image with a JVM: services take it over once, and a newer
 * golden image changes no environment.
 */
public record BakedAgents(GoldenDefinition definition, LocalFiles files) {

  public static final String VARIABLE = "JAVA_TOOL_OPTIONS";
  static final String OPTIONS_FILE = "opt/golden/jvm.options";
  static final String OPTION = "-XX:VMOptionsFile=/" + OPTIONS_FILE;

  private static final String FOLDER = "opt/golden/agents/";
  private static final String ORIGIN = "agents";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._+-]+");
  private static final int FILE_MODE = 0644;

  /** The first with {@code -XX:VMOptionsFile}. */
  private static final int FIRST_WITH_FILE = 9;

  /** HotSpot 8 passes over a longer variable without a word. */
  private static final int MAX_VARIABLE = 1023;

  /** HotSpot 8 passes over those that come after these. */
  private static final int MAX_OPTIONS = 64;

  /**
   * Adds the jars, the options and the variable; nothing but a refusal where there is no JVM, or
   * OpenJ9. Of several JVMs all read the one variable, so the oldest decides its form.
   *
   * @param environment of the official image
   */
  public void addTo(Additions additions, List<JvmHome> jvms, Map<String, String> environment) {
    if (jvms.isEmpty()) {
      requireNoAgents();
      return;
    }
    boolean readFiles = jvms.stream().allMatch(jvm -> jvm.feature() >= FIRST_WITH_FILE);
    if (readFiles && jvms.stream().anyMatch(jvm -> jvm.kind() == JvmHome.Kind.OPENJ9)) {
      refuseOnOpenJ9();
      return;
    }
    List<String> options = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < definition.agents().size(); i++) {
      Agent agent = definition.agents().get(i);
      requireOnce(i);
      options.add(
          "-javaagent:/" + jar(agent, ORIGIN + "[" + i + "]", names, additions) + arguments(agent));
      options.addAll(agent.options());
    }
    String own = own(environment);
    if (readFiles) {
      byte[] text = VmOptions.lines(options).getBytes(StandardCharsets.UTF_8);
      additions.file(Tier.SETTINGS, OPTIONS_FILE, text, FILE_MODE, Owner.ROOT, ORIGIN);
      additions.environment(VARIABLE, withFile(own), ORIGIN);
    } else if (!options.isEmpty()) {
      additions.environment(VARIABLE, written(own, options), ORIGIN);
    }
  }

  private void requireNoAgents() {
    if (!definition.agents().isEmpty()) {
      throw definition.refused(
          ORIGIN,
          "'agents' are for a JVM, and no JVM was found in the official image '"
              + Printable.of(definition.from().toString())
              + "'.",
          "Leave 'agents' out, or name an official image with a JVM in 'from'.");
    }
  }

  /** What is in the variable beside; golden.yaml's word stands in for the official image's. */
  private String own(Map<String, String> environment) {
    String declared = definition.environment().get(VARIABLE);
    String own = declared != null ? declared : environment.getOrDefault(VARIABLE, "");
    if (VmOptions.areClosed(own)) {
      return own;
    }
    String problem = "has a quote that is not closed, with which no JVM starts: '";
    String shown = Printable.of(own) + "'.";
    throw declared != null
        ? definition.refused(
            "environment." + VARIABLE,
            "'environment." + VARIABLE + "' " + problem + shown,
            "Close the quote; nothing escapes one, and one kind may stand within the other.")
        : definition.refused(
            "from",
            "The official image's '" + VARIABLE + "' " + problem + shown,
            "Give '" + VARIABLE + "' another value in 'environment'.");
  }

  /** A service would start without its agents, and nobody would be told. */
  private void refuseOnOpenJ9() {
    if (!definition.agents().isEmpty()) {
      throw definition.refused(
          ORIGIN,
          "The JVM of the official image '"
              + Printable.of(definition.from().toString())
              + "' is OpenJ9, which ignores the file of VM options that loads 'agents'.",
          "Name an official image with a HotSpot JVM in 'from', or leave 'agents' out and load them"
              + " with 'files' and '"
              + VARIABLE
              + "' in 'environment'.");
    }
  }

  /**
   * Adds an agent's jar; its path.
   *
   * @param names of those before it, which gets this one's
   */
  private String jar(Agent agent, String key, Set<String> names, Additions additions) {
    requireName(agent, key);
    Path file = files.of(agent.source(), key);
    requireAgent(file, agent, key);
    String name = agent.source().baseName();
    for (int number = 2; !names.add(name); number++) {
      name = agent.source().baseName() + "-" + number;
    }
    String path = FOLDER + name + ".jar";
    additions.file(
        Tier.TOOLS,
        path,
        LocalFiles.size(file),
        new LayerEntry.OnDisk(file),
        FILE_MODE,
        Owner.ROOT,
        key);
    return path;
  }

  /** Two versions of one agent would both be loaded by every service. */
  private void requireOnce(int at) {
    Agent agent = definition.agents().get(at);
    for (int before = 0; before < at; before++) {
      if (same(definition.agents().get(before).source(), agent.source())) {
        throw definition.refused(
            ORIGIN + "[" + at + "]",
            "'"
                + Printable.of(agent.source().toString())
                + "' is the agent of '"
                + ORIGIN
                + "["
                + before
                + "]' again.",
            "Keep one of the two.");
      }
    }
  }

  private static boolean same(Source one, Source other) {
    if (one instanceof Source.Artifact artifact && other instanceof Source.Artifact another) {
      return artifact.coordinates().groupId().equals(another.coordinates().groupId())
          && artifact.coordinates().artifactId().equals(another.coordinates().artifactId());
    }
    return one.equals(other);
  }

  /** The JVM ends the jar's name at the first '=', and an option at a blank. */
  private void requireName(Agent agent, String key) {
    if (!NAME.matcher(agent.source().baseName()).matches()) {
      throw definition.refused(
          key + ".file",
          "'"
              + Printable.of(agent.source().toString())
              + "' has a name that '-javaagent' may read wrongly.",
          "Use only letters, digits, '.', '_', '+' and '-' in its name.");
    }
  }

  /** A JVM that cannot load an agent does not start, and no service with it. */
  private void requireAgent(Path file, Agent agent, String key) {
    String fault;
    try (JarFile jar = new JarFile(file.toFile())) {
      Manifest manifest = jar.getManifest();
      if (manifest != null && manifest.getMainAttributes().getValue("Premain-Class") != null) {
        return;
      }
      fault = "its manifest has no 'Premain-Class'";
    } catch (IOException e) {
      fault = "it is not a jar";
    }
    throw definition.refused(
        key,
        "'" + Printable.of(agent.source().toString()) + "' is no Java agent: " + fault + ".",
        "Name the jar that '-javaagent' wants; some projects publish it with a classifier.");
  }

  private static String arguments(Agent agent) {
    return agent.arguments().map(arguments -> "=" + arguments).orElse("");
  }

  private String withFile(String own) {
    if (Stream.of(own.split("\\s+")).anyMatch(OPTION::equals)) {
      return own;
    }
    if (own.contains("-XX:VMOptionsFile")) {
      throw definition.refused(
          definition.environment().containsKey(VARIABLE) ? "environment." + VARIABLE : "from",
          "The image's '"
              + VARIABLE
              + "' names a file of VM options already: '"
              + Printable.of(own)
              + "'. A JVM reads one.",
          "Give '"
              + VARIABLE
              + "' another value in 'environment' of golden.yaml, and the file's options to"
              + " 'options' of an agent.");
    }
    return own.isBlank() ? OPTION : own.strip() + " " + OPTION;
  }

  private String written(String own, List<String> options) {
    String value =
        (own + " " + String.join(" ", options.stream().map(VmOptions::quoted).toList())).strip();
    int count = options.size() + (own.isBlank() ? 0 : own.strip().split("\\s+").length);
    if (value.getBytes(StandardCharsets.UTF_8).length > MAX_VARIABLE || count > MAX_OPTIONS) {
      throw definition.refused(
          ORIGIN,
          "'agents' need more than the "
              + MAX_VARIABLE
              + " bytes or "
              + MAX_OPTIONS
              + " options that a JVM of Java 8 reads in '"
              + VARIABLE
              + "'.",
          "Leave options out, or name an official image with a newer JVM in 'from'.");
    }
    return value;
  }
}
