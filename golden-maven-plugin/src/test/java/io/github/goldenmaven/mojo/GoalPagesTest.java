package io.github.goldenmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptorBuilder;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/goals} is made from the plugin's descriptor; {@code -Dgolden.docs.write} makes it
 * anew.
 */
class GoalPagesTest {

  private static final Path FOLDER = Path.of("..", "docs", "goals");

  /** Types as a user thinks of them; what is not here has elements of its own. */
  private static final Map<String, String> TYPES =
      Map.of(
          "boolean", "`true` or `false`",
          "int", "a number",
          "java.io.File", "a path",
          "java.lang.Boolean", "`true` or `false`",
          "java.lang.String", "a text",
          "java.util.List", "a list, with commas on the command line");

  @Test
  void eachGoalHasItsPageAndNoPageIsLeftOver() throws Exception {
    Map<String, String> pages = pages();
    if (Boolean.getBoolean("golden.docs.write")) {
      Files.createDirectories(FOLDER);
      for (Map.Entry<String, String> page : pages.entrySet()) {
        Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
      }
    }

    try (Stream<Path> files = Files.list(FOLDER)) {
      Set<String> names =
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
      assertThat(names).isEqualTo(pages.keySet());
    }
    for (Map.Entry<String, String> page : pages.entrySet()) {
      assertThat(FOLDER.resolve(page.getKey())).hasContent(page.getValue());
    }
  }

  private static Map<String, String> pages() throws Exception {
    List<MojoDescriptor> goals =
        plugin().getMojos().stream().sorted(Comparator.comparing(MojoDescriptor::getGoal)).toList();
    Map<String, String> pages = new TreeMap<>();
    StringBuilder all =
        new StringBuilder(
            """
            # Goals

            Made from the plugin's own descriptor. The same texts are printed by `mvn golden:help -Ddetail`.

            | goal | does |
            |---|---|
            """);
    for (MojoDescriptor goal : goals) {
      String name = goal.getGoal();
      all.append("| [`golden:%s`](%s.md) | %s |\n".formatted(name, name, firstSentence(goal)));
      pages.put(name + ".md", page(goal));
    }
    pages.put("README.md", all.toString());
    return pages;
  }

  private static String page(MojoDescriptor goal) {
    StringBuilder page =
        new StringBuilder("# golden:" + goal.getGoal() + "\n\n" + prose(goal.getDescription()));
    page.append("\n\n").append(place(goal)).append("\n");
    parameters(goal)
        .forEach(
            parameter -> {
              page.append("\n## ").append(parameter.getName()).append("\n\n");
              page.append(facts(goal, parameter)).append("\n\n");
              page.append(prose(parameter.getDescription())).append("\n");
            });
    return page.toString();
  }

  private static String place(MojoDescriptor goal) {
    String needs = goal.isProjectRequired() ? "It needs a project" : "It needs no project";
    String phase =
        goal.getPhase() == null
            ? ""
            : ", and a POM that binds it gets the phase `" + goal.getPhase() + "`";
    String first =
        goal.getExecutePhase() == null
            ? ""
            : " Maven runs the lifecycle to `" + goal.getExecutePhase() + "` first.";
    String once = goal.isAggregator() ? " In a reactor it runs once." : "";
    return needs + phase + "." + first + once;
  }

  private static String facts(MojoDescriptor goal, Parameter parameter) {
    String property = value(goal, parameter, null);
    String preset = value(goal, parameter, "default-value");
    StringBuilder facts = new StringBuilder("`<" + parameter.getName() + ">`");
    if (!property.isEmpty()) {
      facts.append(" or `-D").append(property, 2, property.length() - 1).append('`');
    }
    facts.append(", ").append(TYPES.getOrDefault(parameter.getType(), "elements of its own"));
    if (!preset.isEmpty()) {
      facts.append("; default `").append(preset).append('`');
    }
    return facts.append(parameter.isRequired() ? "; must be set." : ".").toString();
  }

  private static List<Parameter> parameters(MojoDescriptor goal) {
    return goal.getParameters().stream()
        .filter(Parameter::isEditable)
        .sorted(Comparator.comparing(Parameter::getName))
        .toList();
  }

  /**
   * The configured expression, or with the name of an attribute that; empty where there is none.
   */
  private static String value(
      MojoDescriptor goal, Parameter parameter, @Nullable String attribute) {
    PlexusConfiguration configured =
        goal.getMojoConfiguration().getChild(parameter.getName(), false);
    if (configured == null) {
      return "";
    }
    String value =
        attribute == null ? configured.getValue(null) : configured.getAttribute(attribute, "");
    return value == null ? "" : value;
  }

  private static String firstSentence(MojoDescriptor goal) {
    return prose(goal.getDescription()).replaceFirst("(?s)(?<=[.])\\s.*", "").replace("|", "\\|");
  }

  /** What Markdown would take for its own, kept as it stands. */
  private static String prose(String description) {
    return description
        .strip()
        .replaceAll("\\s*\\n\\s*", " ")
        .replaceAll(" ([.,:;])(?= |$)", "$1")
        .replaceAll("(?:</?[A-Za-z][^<>]*>)+", "`$0`")
        .replaceAll("(?<!`)\\*", "\\\\*");
  }

  private static PluginDescriptor plugin() throws Exception {
    try (Reader descriptor =
        Files.newBufferedReader(Path.of("target/classes/META-INF/maven/plugin.xml"))) {
      return new PluginDescriptorBuilder().build(descriptor);
    }
  }
}
