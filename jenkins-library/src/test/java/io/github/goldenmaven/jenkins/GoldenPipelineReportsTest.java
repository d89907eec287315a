package io.github.goldenmaven.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where {@code goldenPipeline()} runs, and what people read of it. */
class GoldenPipelineReportsTest {

  private static final String KEYS =
      "image: 'registry.example/apps/orders:1', policy: 'golden-policy.yaml'";

  private static Build build(FakeMaven maven, String jenkinsfile) {
    return Controller.create()
        .with(PipelineScenario.UNTRUSTED)
        .sandboxed()
        .withShell(maven)
        .withEnvironment(Map.of("BRANCH_NAME", "main"))
        .build(Jenkinsfile.of(jenkinsfile));
  }

  private static List<String> lines(Build build, String step) {
    return build.transcript().stream()
        .map(String::strip)
        .filter(line -> line.startsWith(step + "("))
        .toList();
  }

  @Test
  void allRunsInAPodOfTheTemplateAndInItsContainer() {
    Build build =
        build(
            new FakeMaven("pass"),
            "goldenPipeline("
                + KEYS
                + ", kubernetes: [yaml: 'kind: Pod', inheritFrom: 'jdk', cloud: 'east', container:"
                + " 'maven'])");

    assertThat(build.error()).isEmpty();
    assertThat(lines(build, "podTemplate"))
        .containsExactly("podTemplate(yaml: 'kind: Pod', inheritFrom: 'jdk', cloud: 'east')");
    assertThat(lines(build, "container")).containsExactly("container(name: 'maven')");
    assertThat(lines(build, "node")).hasSize(1);
    assertThat(lines(build, "retry")).anyMatch(line -> line.contains("kubernetesAgent"));
  }

  @Test
  void aPodByItsLabelNeedsNoTemplate() {
    Build build =
        build(
            new FakeMaven("pass"),
            "goldenPipeline(kubernetes: [label: 'linux', container: 'maven'])");

    assertThat(build.error()).isEmpty();
    assertThat(lines(build, "podTemplate")).isEmpty();
    assertThat(lines(build, "node")).containsExactly("node(label: 'linux')");
    assertThat(lines(build, "container")).containsExactly("container(name: 'maven')");
  }

  @Test
  void eachOtherJdkHasAnAgentOfItsOwn() {
    Build build =
        build(new FakeMaven("pass"), "goldenPipeline(jdks: ['17', '21', '25'], agent: 'linux')");

    assertThat(build.error()).isEmpty();
    assertThat(GoldenPipelineTest.published(build, "node"))
        .hasSize(3)
        .containsOnly("{label=linux}");
  }

  @Test
  void aVerdictIsShownWithWhatItIsMadeOf() {
    Build build =
        build(
            new FakeMaven("pass").summedUp("pass (2 waived, 1 warning)"),
            "goldenPipeline(" + KEYS + ")");

    assertThat(build.description())
        .contains("apps/orders:1@aaaaaaaaaaaa on golden/java:21: pass (2 waived, 1 warning)");
    assertThat(lines(build, "publishChecks"))
        .singleElement()
        .asString()
        .contains("title: 'pass (2 waived, 1 warning)'", "conclusion: 'SUCCESS'");
    assertThat(lines(build, "addSummary")).singleElement().asString().contains("1 warning)");
  }

  /** Of a fleet the numbers, and whom to look at. */
  @Test
  void manyImagesAreToldByTheirNumbersInOneLine() {
    String images = "['a/b:1', 'a/c:1', 'a/d:1', 'a/e:1']";
    String summary = "refused (4 images: 4 refused; 9 refusals)";
    Build build =
        build(
            new FakeMaven("refused").summedUp(summary),
            "node { goldenVerify(image: " + images + ", policy: 'p') }");

    assertThat(build.error()).contains("goldenVerify: The gate: refused. Look above.");
    assertThat(build.description())
        .contains(summary + ": a/b:1@aaaaaaaaaaaa, a/c:1@aaaaaaaaaaaa, a/d:1@aaaaaaaaaaaa");
  }
}
