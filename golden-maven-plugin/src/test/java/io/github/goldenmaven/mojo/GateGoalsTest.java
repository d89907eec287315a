package io.github.goldenmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.Schemas;
import io.github.goldenmaven.mojo.release.AbstractGateMojo;
import io.github.goldenmaven.mojo.release.PromoteMojo;
import io.github.goldenmaven.mojo.release.VerifyMojo;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.peers.NeedsPeer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;

/** The goals of the gate with their parameters as Maven sets them, before a real registry. */
@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class GateGoalsTest extends GateGoalsFixture {

  /**
   * A pipeline asks before it asks people: nothing is sent, and what would be refused is refused.
   */
  @Test
  void aDryRunTellsThatThePromotionWouldFail() throws Exception {
    String to = registry.host() + "/release/orders:taken";
    promote("1", to, false);
    PromoteMojo goal = new PromoteMojo();
    prepare(goal, "2");
    set(goal, "to", to);
    set(goal, "dryRun", true);

    assertThatThrownBy(() -> execute(goal))
        .isInstanceOf(MojoFailureException.class)
        .hasMessageStartingWith("'" + to + "' holds '" + one.digest() + "' already. ");
    assertThat(result()).contains("golden.verdict=pass", "golden.promoted.outcome=failed");

    set(goal, "overwrite", true);
    execute(goal);
    assertThat(result()).contains("golden.promoted.outcome=dry-run");
    assertThat(registry.manifest("release/orders", "taken")).hasValue(one);
  }

  /** No user can read a folder as a file, root neither. */
  @Test
  void aPolicyThatCannotBeReadIsMisconfigured() throws Exception {
    execute(verify("1"));
    assertThat(result()).contains("golden.verdict=pass");
    Files.delete(policy);
    Files.createDirectory(policy);

    assertThatThrownBy(() -> execute(verify("1")))
        .isInstanceOf(MojoFailureException.class)
        .hasMessage(
            "'"
                + policy
                + "' is not a regular file. Name a file in <policy> or -Dgolden.policy, no pipe,"
                + " device or folder.");

    assertThat(result())
        .containsExactly(
            "golden.verdict=misconfigured",
            "golden.verdict.code=3",
            "golden.goal=golden:verify",
            "golden.problem='" + policy + "' is not a regular file.",
            "golden.remedy=Name a file in <policy> or -Dgolden.policy, no pipe, device or folder.");
    assertThat(folder.resolve("golden/verify.xml"))
        .content()
        .contains("<testcase classname=\"golden.golden:verify\" name=\"golden:verify\" time=\"0\">")
        .contains("is not a regular file.");
    assertThat(folder.resolve("golden/verify.html")).content().contains("<dt>Remedy</dt>");
    assertThat(Schemas.faults("verify", json("verify.json"))).isEmpty();
    assertThat(json("verify.json").string("verdict")).hasValue("misconfigured");
    assertThat(json("verify.json").stringMap("audit")).containsKeys("at", "plugin");
    assertThat(folder.resolve("golden/verify.sarif"))
        .content()
        .contains("\"executionSuccessful\": false", "is not a regular file.", "\"audit\"");
  }

  /**
   * One run of Maven builds and checks: neither a tag that moved since nor another's file counts.
   */
  @Test
  void whatThisRunBuiltIsCheckedByItsDigest() throws Exception {
    VerifyMojo goal = verify("2");
    MavenSession session = session("golden.built=true", "golden.image=" + image("2"));
    set(goal, "session", session);
    MavenProject module = session.getProjects().get(0);
    BuiltImages.of(session).add(module, ImageReference.parse(image("2")).pinnedTo(one.digest()));
    Files.createDirectories(folder.resolve("golden"));
    Files.writeString(folder.resolve("golden/image.json"), "{}");
    execute(goal);

    assertThat(result())
        .contains(
            "golden.verdict=pass",
            "golden.image.1.reference=" + image("2") + "@" + one.digest(),
            "golden.image.1.digest=" + one.digest())
        .noneMatch(line -> line.startsWith("golden.image.2"));
  }

  @Test
  void whereThisRunBuiltNothingNothingElseIsChecked() throws Exception {
    VerifyMojo goal = verify("1");
    set(goal, "session", session("golden.built=true", "golden.image=" + image("1")));

    assertThatThrownBy(() -> execute(goal))
        .isInstanceOf(MojoFailureException.class)
        .hasMessage(
            "golden:build built nothing in this run of Maven. Run both goals at once, as in 'mvn"
                + " golden:build golden:verify -Dgolden.built', or leave -Dgolden.built out and"
                + " name an image with -Dgolden.image.");
    assertThat(result()).contains("golden.verdict=misconfigured", "golden.goal=golden:verify");
  }

  @Test
  void aReleaseIsNotCheckedByWhatThisRunBuilt() throws Exception {
    VerifyMojo goal = verify("1");
    set(
        goal,
        "session",
        session("golden.built", "golden.release", "golden.image=x", "golden.policy=y"));

    assertThatThrownBy(() -> execute(goal))
        .isInstanceOf(MojoFailureException.class)
        .hasMessage(
            "This is a release, and golden.built is given. Run golden:verify apart from"
                + " golden:build, and name the image with -Dgolden.image: what builds an image may"
                + " not choose what is checked.");
  }

  /** Maven itself lets a POM's own configuration win. */
  @Test
  void whatIsTypedCountsBeforeWhatThePomNames() throws Exception {
    Path other = folder.resolve("other-policy.yaml");
    Files.writeString(other, "golden: [" + registry.host() + "/golden/other]\n");
    VerifyMojo goal = verify("2");
    set(goal, "policy", other.toFile());
    set(goal, "session", session("golden.image=" + image("1"), "golden.policy=" + policy));
    execute(goal);

    assertThat(result()).contains("golden.verdict=pass", "golden.image.1.digest=" + one.digest());
  }

  @Test
  void credentialsInAReferenceAreShownNowhereWithXNeither() throws Exception {
    String reference = "ci:s3cr3t@" + registry.host() + "/apps/orders:1";
    VerifyMojo verify = verify("1");
    set(verify, "image", List.of(reference));
    PromoteMojo promote = new PromoteMojo();
    prepare(promote, "1");
    set(promote, "to", reference);

    for (AbstractGateMojo goal : List.of(verify, promote)) {
      assertThatThrownBy(() -> execute(goal))
          .isInstanceOf(MojoFailureException.class)
          .satisfies(
              failure ->
                  assertThat(Throwables.getStackTrace(failure))
                      .contains("Leave credentials out of references")
                      .doesNotContain("s3cr3t"));
    }

    assertThat(log.lines).isNotEmpty().noneMatch(line -> line.contains("s3cr3t"));
    try (var results = Files.list(folder.resolve("golden"))) {
      for (Path file : results.toList()) {
        assertThat(Files.readString(file)).as(file.toString()).doesNotContain("s3cr3t");
      }
    }
  }
}
