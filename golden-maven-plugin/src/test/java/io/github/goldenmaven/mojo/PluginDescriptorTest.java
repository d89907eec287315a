package io.github.goldenmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptorBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The plugin as Maven, {@code golden:help} and IDEs see it. */
class PluginDescriptorTest {

  private static final String FOLDER = "/META-INF/maven/";

  /** Maven's own goal, with Maven's own names. */
  private static final String HELP = "help";

  private static PluginDescriptor plugin;

  @BeforeAll
  static void read() throws Exception {
    try (Reader descriptor =
        new InputStreamReader(
            Objects.requireNonNull(
                PluginDescriptorTest.class.getResourceAsStream(FOLDER + "plugin.xml")),
            StandardCharsets.UTF_8)) {
      plugin = new PluginDescriptorBuilder().build(descriptor);
    }
  }

  @Test
  void hasTheseGoalsAndNoneOfJibs() {
    assertThat(plugin.getGoalPrefix()).isEqualTo("golden");
    assertThat(plugin.getMojos())
        .extracting(MojoDescriptor::getGoal)
        .containsExactlyInAnyOrder(
            "attest",
            "bake",
            "build",
            "build-check",
            "build-no-fork",
            "init",
            "inspect",
            "lint",
            "promote",
            "simulate",
            "verify",
            HELP);
    assertThat(plugin.getMojos())
        .extracting(MojoDescriptor::getImplementation)
        .allMatch(type -> type.startsWith("io.github.goldenmaven.mojo."));
  }

  @Test
  void whatLooksAtNamedImagesRunsOnceInAReactor() {
    assertThat(plugin.getMojos())
        .filteredOn(MojoDescriptor::isAggregator)
        .extracting(MojoDescriptor::getGoal)
        .contains("promote", "simulate", "verify");
    assertThat(plugin.getMojo("build").isAggregator()).isFalse();
  }

  @Test
  void everyGoalAndEveryParameterIsDescribed() {
    for (MojoDescriptor goal : plugin.getMojos()) {
      assertThat(goal.getDescription()).as(goal.getGoal()).isNotBlank();
      assertThat(usable(goal))
          .allSatisfy(
              parameter ->
                  assertThat(parameter.getDescription())
                      .as(goal.getGoal() + " " + parameter.getName())
                      .isNotBlank());
    }
  }

  @Test
  void everyPropertyBeginsWithGolden() {
    for (MojoDescriptor goal : ours()) {
      assertThat(usable(goal))
          .extracting(parameter -> property(goal, parameter))
          .filteredOn(property -> !property.isEmpty())
          .isNotEmpty()
          .allMatch(property -> property.startsWith("golden."));
    }
  }

  @Test
  void onlyWhatHasElementsOfItsOwnHasNoProperty() {
    for (MojoDescriptor goal : ours()) {
      assertThat(usable(goal))
          .filteredOn(parameter -> property(goal, parameter).isEmpty())
          .extracting(Parameter::getName)
          .isSubsetOf("container", "extraDirectories");
    }
  }

  @Test
  void sharedParametersHaveOneNameInEveryGoal() {
    List<String> building =
        List.of(
            "base",
            "image",
            "tags",
            "policy",
            "platforms",
            "insecureRegistries",
            "outputDirectory",
            "dryRun",
            "release",
            "skip");
    assertSettable("build", building);
    assertSettable("build-no-fork", building);
    assertSettable(
        "bake",
        List.of(
            "definition",
            "policy",
            "to",
            "from",
            "dryRun",
            "outputDirectory",
            "insecureRegistries",
            "release",
            "skip"));
    assertSettable("inspect", List.of("image", "outputDirectory", "insecureRegistries", "skip"));
  }

  @Test
  void theTwoBuildingGoalsTakeTheSame() {
    assertThat(usable(plugin.getMojo("build")))
        .extracting(Parameter::getName)
        .containsExactlyInAnyOrderElementsOf(
            usable(plugin.getMojo("build-no-fork")).stream().map(Parameter::getName).toList());
  }

  /** Or the check would look at something else than what is built. */
  @Test
  void whatLooksAheadOfABuildTakesTheSame() {
    assertThat(usable(plugin.getMojo("build-check")))
        .extracting(Parameter::getName)
        .containsExactlyElementsOf(
            usable(plugin.getMojo("build")).stream().map(Parameter::getName).toList());
  }

  @Test
  void everyGoalOfOursMayRunInParallel() {
    assertThat(ours()).allMatch(MojoDescriptor::isThreadSafe);
  }

  private static void assertSettable(String name, List<String> parameters) {
    MojoDescriptor goal = plugin.getMojo(name);
    assertThat(usable(goal))
        .as(name)
        .extracting(parameter -> parameter.getName() + " " + property(goal, parameter))
        .containsAll(parameters.stream().map(shared -> shared + " golden." + shared).toList());
  }

  private static List<MojoDescriptor> ours() {
    return plugin.getMojos().stream().filter(goal -> !goal.getGoal().equals(HELP)).toList();
  }

  /** Those that a user may set. */
  private static List<Parameter> usable(MojoDescriptor goal) {
    return goal.getParameters().stream().filter(Parameter::isEditable).toList();
  }

  /** The property that sets a parameter on the command line; empty where none does. */
  private static String property(MojoDescriptor goal, Parameter parameter) {
    var configured = goal.getMojoConfiguration().getChild(parameter.getName(), false);
    String expression = configured == null ? null : configured.getValue(null);
    return expression == null ? "" : expression.substring(2, expression.length() - 1);
  }
}
