package io.github.goldenmaven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.goldenmaven.golden.GoldenImage;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.provenance.Label;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the README to what is true. Its first command is typed by the scenario {@code
 * the-readme-starts-from-nothing}, its second is what runs this test.
 */
class ReadmeTest {

  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w*)\\n(.*?)\\n```");

  @Test
  void itsTestCommandIsWhatCiRuns() throws IOException {
    List<String> commands = blocks("sh");

    assertThat(commands).startsWith("mvn verify -Pquickstart", "mvn -B verify");
    assertThat(Files.readAllLines(CHECKOUT.resolve(".ci/run"))).endsWith(commands.get(1));
  }

  /** The command says it too, before it begins. */
  @Test
  void itSaysHowLongItsFirstCommandTakes() throws IOException {
    Matcher said =
        Pattern.compile("(?s)<echo level=\"info\">\\s*(The first run takes .*?)</echo>")
            .matcher(Files.readString(CHECKOUT.resolve("pom.xml")));

    assertThat(said.find()).isTrue();
    assertThat(said.group(1).lines())
        .first()
        .satisfies(line -> assertThat(readme()).contains(line));
  }

  @Test
  void itsPomIsOneThatAScenarioBuilds() throws IOException {
    Path scenario = CHECKOUT.resolve("it/a-release-passes-the-gate-and-is-promoted/pom.xml");

    assertThat(blocks("xml")).singleElement().satisfies(pom -> assertThat(pom.lines()).hasSize(10));
    assertThat(Files.readString(scenario).replaceFirst("<\\?xml.*\\?>\\n", "").strip())
        .isEqualTo(blocks("xml").get(0));
  }

  @Test
  void itsFirstCommandBakesTenLinesOfGoldenYaml() throws IOException {
    assertThat(readme()).contains("[ten lines of golden.yaml](it/quickstart/golden.yaml)");
    assertThat(Files.readAllLines(CHECKOUT.resolve("it/quickstart/golden.yaml")))
        .filteredOn(line -> !line.startsWith("#"))
        .hasSize(10);
  }

  @Test
  void itsFullCoordinatesAreTheBuiltPlugins() throws IOException {
    String pom = Files.readString(CHECKOUT.resolve("pom.xml"));
    Matcher version = Pattern.compile("<version>([^<]+)</version>").matcher(pom);

    assertThat(version.find()).isTrue();
    assertThat(blocks("sh"))
        .anyMatch(
            command ->
                command.startsWith(
                    "mvn io.github.goldenmaven:golden-maven-plugin:"
                        + version.group(1)
                        + ":build"));
  }

  @Test
  void itsRefusalIsWhatAUserSees() throws IOException {
    ImageConfig ordinary =
        ImageConfig.read(
            "The test's config",
            "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"diff_ids\":[]}}"
                .getBytes(StandardCharsets.UTF_8));
    Throwable refusal =
        catchThrowable(
            () ->
                GoldenImage.of(
                    ImageReference.parse("registry.company.example/official/java:17"), ordinary));

    assertThat(blocks("")).contains(refusal.getMessage());
  }

  @Test
  void itsTableNamesEveryLabel() throws IOException {
    assertThat(labelsNamed(readme()))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Label.values()).map(Label::key).toList());
  }

  @Test
  void everyLinkToAFileLeadsSomewhere() throws IOException {
    Matcher links = Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(readme());
    while (links.find()) {
      assertThat(CHECKOUT.resolve(links.group(1))).exists();
    }
  }

  /** Expands {@code prefix.{a,b}} and {@code `.x.{a,b}`} of the label table. */
  private static List<String> labelsNamed(String readme) {
    List<String> named = new ArrayList<>();
    Matcher rows = Pattern.compile("(?m)^\\| (`(?:org|io)\\..*?) \\|").matcher(readme);
    while (rows.find()) {
      Matcher cells = Pattern.compile("`([a-z.]*)(?:\\{([a-z,.]+)\\})?`").matcher(rows.group(1));
      while (cells.find()) {
        String prefix = cells.group(1).startsWith(".") ? "io.github.goldenmaven" : "";
        String[] ends = cells.group(2) == null ? new String[] {""} : cells.group(2).split(",");
        Stream.of(ends).forEach(end -> named.add(prefix + cells.group(1) + end));
      }
    }
    return named;
  }

  private static List<String> blocks(String language) throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(readme());
    while (matcher.find()) {
      if (matcher.group(1).equals(language)) {
        blocks.add(matcher.group(2));
      }
    }
    return blocks;
  }

  private static String readme() throws IOException {
    return Files.readString(CHECKOUT.resolve("README.md"));
  }
}
