package io.github.goldenmaven.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What {@code goldenPipeline()} promotes, and what it never does. */
class GoldenPipelineReleaseTest extends GoldenPipelineFixture {

  @Test
  void severalImagesArePromotedBelowOnePlace() {
    FakeMaven reactor = new FakeMaven("pass", "orders", "stock");
    assertThat(pipeline(reactor, TAG, POLICY, "to: 'registry.example/release/'").error()).isEmpty();
    assertThat(reactor.promoted)
        .containsExactly(
            "registry.example/apps/orders:1@"
                + FakeMaven.DIGEST
                + " -> registry.example/release/orders:1",
            "registry.example/apps/stock:1@"
                + FakeMaven.DIGEST
                + " -> registry.example/release/stock:1");

    FakeMaven another = new FakeMaven("pass", "orders", "stock");
    assertThat(pipeline(another, TAG, POLICY, TO).error())
        .contains(
            "goldenPipeline: 2 images cannot all be promoted to"
                + " 'registry.example/release/orders:1'. End the key 'to' with a slash: each"
                + " image then keeps its name below it.");
    assertThat(another.promoted).isEmpty();
  }

  @Test
  void nothingIsPromotedThatNoPolicyHolds() {
    assertThat(pipeline(TAG, IMAGE, TO).error())
        .contains(
            "goldenPipeline: the key 'to' needs the key 'policy': only what passed a policy is"
                + " promoted. Name one, or leave 'to' out.");
    assertThat(maven.runs).isEmpty();
  }

  @Test
  void nothingIsPromotedThatLiesOnAnAgent() {
    assertThat(pipeline(TAG, POLICY, TO).error().orElseThrow())
        .startsWith("goldenPipeline: 'oci:")
        .endsWith(
            "/target/golden/image' is on this agent only, but a release promotes from a registry."
                + " Name an image in the key 'image', or in the POM's <image>.");
    assertThat(maven.runs).hasSize(2);
  }

  @Test
  void aReleaseIsOneForTheBuildToo() {
    assertThat(pipeline(TAG, IMAGE, POLICY, TO).error()).isEmpty();
    assertThat(maven.runs)
        .containsExactly(
            "-Dgolden.push=false verify",
            "-DskipTests -Dgolden.image=registry.example/apps/orders:1"
                + " -Dgolden.policy=golden-policy.yaml -Dgolden.release=true"
                + " io.github.goldenmaven:golden-maven-plugin:build",
            "-Dgolden.dryRun=true -Dgolden.image=registry.example/apps/orders:1@"
                + FakeMaven.DIGEST
                + " -Dgolden.policy=golden-policy.yaml -Dgolden.release=true"
                + " -Dgolden.to=registry.example/release/orders:1"
                + " io.github.goldenmaven:golden-maven-plugin:promote",
            "-Dgolden.image=registry.example/apps/orders:1@"
                + FakeMaven.DIGEST
                + " -Dgolden.policy=golden-policy.yaml -Dgolden.release=true"
                + " -Dgolden.to=registry.example/release/orders:1"
                + " io.github.goldenmaven:golden-maven-plugin:promote");
  }

  @Test
  void whatIsBuiltAgainIsWhatIsApprovedAndPromoted() {
    int report =
        pipeline(TAG, IMAGE, POLICY, TO).steps().stream()
            .filter(step -> step.name().equals("publishHTML"))
            .findFirst()
            .orElseThrow()
            .number();
    FakeMaven changing = new FakeMaven("pass").neverTheSame();
    Build build =
        controller(changing, TAG)
            .withFault(Fault.agentLost(report))
            .build(Jenkinsfile.of("goldenPipeline(" + String.join(", ", IMAGE, POLICY, TO) + ")"));

    String second = "registry.example/apps/orders:1@sha256:" + "2".repeat(64);
    assertThat(build.error()).isEmpty();
    assertThat(changing.pushed).hasSize(2).last().isEqualTo(second);
    assertThat(changing.promoted).containsExactly(second + " -> registry.example/release/orders:1");
    assertThat(build.transcript())
        .anyMatch(line -> line.contains("input(message: 'Promote apps/orders:1@222222222222 to "));
    assertThat(GoldenPipelineTest.published(build, "junit")).hasSize(2);
  }

  @Test
  void aReleaseShowsEachThingOnce() {
    Build build = pipeline(TAG, IMAGE, POLICY, TO);

    assertThat(build.description()).contains("apps/orders:1@aaaaaaaaaaaa on golden/java:21: pass");
    assertThat(shown(build, "junit"))
        .containsExactly(
            "junit(testResults: '**/target/golden/verify.xml', skipMarkingBuildUnstable: true,"
                + " allowEmptyResults: true)",
            "junit(testResults:"
                + " '**/target/surefire-reports/*.xml,**/target/failsafe-reports/*.xml',"
                + " allowEmptyResults: true)");
    assertThat(shown(build, "archiveArtifacts"))
        .hasSize(3)
        .containsOnly(
            "archiveArtifacts(artifacts: '**/target/golden/*.css,**/target/golden/*.html,"
                + "**/target/golden/*.json,**/target/golden/*.properties,**/target/golden/*.sarif,"
                + "**/target/golden/*.xml', allowEmptyArchive: true, fingerprint: true)");
    assertThat(shown(build, "publishHTML"))
        .singleElement()
        .asString()
        .contains("includes", "verify.html,verify.css");
    assertThat(shown(build, "recordIssues")).hasSize(1);
    assertThat(shown(build, "publishChecks")).hasSize(1);
    assertThat(shown(build, "addSummary")).singleElement().asString().contains("id: 'golden-gate'");
  }
}
