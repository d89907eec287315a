package io.github.goldenmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Parameters live in the plugin's descriptor; the Jenkins steps are checked against it. */
class StepKeysTest {

  private static final Path VARS = Path.of("../vars");
  private static final Pattern KEYS =
      Pattern.compile("List keys\\(\\) \\{\\s*return \\[([^\\]]*)\\]");

  @Test
  void everyStepOfAGoalTakesExactlyItsProperties() throws IOException {
    Map<String, List<String>> goals = goals();
    List<String> checked = new ArrayList<>();
    try (var files = Files.list(VARS)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".groovy")).sorted().toList()) {
        String step = file.getFileName().toString().replace(".groovy", "");
        String goal = step.substring("golden".length()).toLowerCase(Locale.ROOT);
        if (goals.containsKey(goal)) {
          assertThat(keys(file)).as(step).isEqualTo(goals.get(goal));
          checked.add(step);
        }
      }
    }
    assertThat(checked)
        .containsExactly("goldenBake", "goldenBuild", "goldenPromote", "goldenVerify");
  }

  @Test
  void noKeyOfTheDoorIsAGoalsProperty() throws IOException {
    List<String> door = keys(VARS.resolve("goldenMaven.groovy"));
    for (String goal : List.of("bake", "build", "promote", "verify")) {
      assertThat(goals().get(goal)).isNotEmpty().doesNotContainAnyElementsOf(door);
    }
  }

  private static List<String> keys(Path step) throws IOException {
    Matcher list = KEYS.matcher(Files.readString(step));
    assertThat(list.find()).as(step.toString()).isTrue();
    List<String> keys = new ArrayList<>();
    Matcher key = Pattern.compile("'([^']+)'").matcher(list.group(1));
    while (key.find()) {
      keys.add(key.group(1));
    }
    return keys;
  }

  /** Each goal's {@code golden.*} properties, sorted, without the prefix. */
  private static Map<String, List<String>> goals() throws IOException {
    String descriptor = Files.readString(Path.of("target/classes/META-INF/maven/plugin.xml"));
    Map<String, List<String>> goals = new TreeMap<>();
    for (String mojo : descriptor.split("<mojo>", -1)) {
      Matcher goal = Pattern.compile("<goal>([a-z-]+)</goal>").matcher(mojo);
      if (goal.find()) {
        TreeSet<String> properties = new TreeSet<>();
        Matcher property = Pattern.compile("\\$\\{golden\\.([A-Za-z.]+)}").matcher(mojo);
        while (property.find()) {
          properties.add(property.group(1));
        }
        goals.put(goal.group(1), List.copyOf(properties));
      }
    }
    return goals;
  }
}
