package io.github.goldenmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.Schemas;
import io.github.goldenmaven.mojo.release.AbstractGateMojo;
import io.github.goldenmaven.mojo.release.PromoteMojo;
import io.github.goldenmaven.mojo.release.VerifyMojo;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.provenance.Label;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.assertj.core.util.Throwables;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystemSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goals of the gate with their parameters as Maven sets them, before a real registry. */
@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class GateGoalsTest {

  @TempDir static Path shared;
  private static DockerRegistry registry;
  private static RawManifest one;
  private static RawManifest two;

  @TempDir Path folder;
  private Path policy;
  private final Told log = new Told();

  /** All that a build prints with -X. */
  private static final class Told extends SystemStreamLog {
    private final List<String> lines = new ArrayList<>();

    @Override
    public boolean isDebugEnabled() {
      return true;
    }

    @Override
    public void debug(Throwable error) {
      lines.add(Throwables.getStackTrace(error));
    }

    @Override
    public void debug(CharSequence text, Throwable error) {
      lines.add(text + Throwables.getStackTrace(error));
    }

    @Override
    public void debug(CharSequence text) {
      lines.add(text.toString());
    }

    @Override
    public void info(CharSequence text) {
      lines.add(text.toString());
    }

    @Override
    public void warn(CharSequence text) {
      lines.add(text.toString());
    }
  }

  @BeforeAll
  static void open() {
    registry = DockerRegistry.start();
    LayoutFolder golden =
        GoldenFixture.of(TinyBase.writeTo(shared.resolve("official")))
            .runnable()
            .writeTo(shared.resolve("golden"));
    registry.push(golden, "21", "golden/java", "21");
    LayoutFolder apps = LayoutFolder.at(shared.resolve("apps"));
    ApplicationFixture service =
        ApplicationFixture.on(golden, "21", registry.host() + "/golden/java:21");
    one = service.writeTo(apps, "1");
    two = service.label(Label.VERSION, "2").writeTo(apps, "2");
    registry.push(apps, "1", "apps/orders", "1");
    registry.push(apps, "2", "apps/orders", "2");
  }

  @AfterAll
  static void close() {
    registry.close();
  }

  @BeforeEach
  void writePolicy() throws IOException {
    policy = folder.resolve("golden-policy.yaml");
    Files.writeString(policy, "golden: [" + registry.host() + "/golden/java]\n");
  }

  @Test
  void aTagOfTheTargetIsMovedOnlyWhereOverwriteSaysSo() throws Exception {
    String to = registry.host() + "/release/orders:stable";
    promote("1", to, false);
    assertThat(registry.manifest("release/orders", "stable")).hasValue(one);
    assertThat(Schemas.faults("promote", json("promote.json"))).isEmpty();
    assertThat(Schemas.faults("verify", json("verify.json"))).isEmpty();
    assertThat(json("verify.json").stringMap("audit"))
        .containsEntry("policyDigest", Digest.of(Files.readAllBytes(policy)).toString())
        .containsEntry("plugin", "1")
        .containsKey("at");

    assertThatThrownBy(() -> promote("2", to, false))
        .isInstanceOf(MojoFailureException.class)
        .hasMessage(
            "'"
                + to
                + "' holds '"
                + one.digest()
                + "' already. Promote to another tag in <to> or with -Dgolden.to, or move this one"
                + " with -Dgolden.overwrite.");
    assertThat(registry.manifest("release/orders", "stable")).hasValue(one);
    assertThat(result())
        .contains(
            "golden.promoted.outcome=failed",
            "golden.verdict=pass",
            "golden.problem='" + to + "' holds '" + one.digest() + "' already.",
            "golden.remedy=Promote to another tag in <to> or with -Dgolden.to, or move this one"
                + " with -Dgolden.overwrite.");

    promote("2", to, true);
    assertThat(registry.manifest("release/orders", "stable")).hasValue(two);
    assertThat(result()).contains("golden.promoted.outcome=promoted");
  }

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

  @Test
  void ofAnImageThatIsNotThereTheNearestTagsAreNamed() throws Exception {
    assertThatThrownBy(() -> execute(verify("11")));

    JsonObject finding = json("verify.json").objects("images").get(0).objects("findings").get(0);
    assertThat(finding.string("expected")).hasValue("the image '" + image("11") + "'");
    assertThat(finding.string("remedy"))
        .hasValue(
            "Name an image that was pushed, in <image> or with -Dgolden.image. Tags there are '1',"
                + " '2'.");
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

  private void promote(String tag, String to, boolean overwrite) throws Exception {
    PromoteMojo goal = new PromoteMojo();
    prepare(goal, tag);
    set(goal, "to", to);
    set(goal, "overwrite", overwrite);
    execute(goal);
  }

  private VerifyMojo verify(String tag) throws Exception {
    VerifyMojo goal = new VerifyMojo();
    prepare(goal, tag);
    return goal;
  }

  private void execute(AbstractGateMojo goal) throws Exception {
    goal.setLog(log);
    goal.execute();
  }

  private String image(String tag) {
    return registry.host() + "/apps/orders:" + tag;
  }

  /** A run of Maven with one module, by what is typed. */
  @SuppressWarnings("deprecation") // Maven has no other way to make a session.
  private MavenSession session(String... typed) {
    MavenExecutionRequest request =
        new DefaultMavenExecutionRequest().setBaseDirectory(folder.toFile());
    request.setMultiModuleProjectDirectory(folder.toFile());
    for (String each : typed) {
      int equals = each.indexOf('=');
      request
          .getUserProperties()
          .setProperty(
              equals < 0 ? each : each.substring(0, equals),
              equals < 0 ? "true" : each.substring(equals + 1));
    }
    MavenSession session =
        new MavenSession(
            null,
            (RepositorySystemSession) new DefaultRepositorySystemSession(),
            request,
            new DefaultMavenExecutionResult());
    MavenProject module = new MavenProject();
    module.setArtifactId("orders");
    module.getBuild().setDirectory(folder.resolve("nothing").toString());
    session.setProjects(List.of(module));
    return session;
  }

  private void prepare(AbstractGateMojo goal, String tag) throws Exception {
    set(goal, "session", session());
    set(goal, "version", "1");
    set(goal, "outputDirectory", folder.resolve("golden").toFile());
    set(goal, "cache", folder.resolve("cache").toFile());
    set(goal, "policy", new File(policy.toString()));
    set(goal, "image", List.of(image(tag)));
  }

  private static void set(Object goal, String parameter, Object value) throws Exception {
    for (Class<?> type = goal.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(parameter)) {
          field.setAccessible(true);
          field.set(goal, value);
          return;
        }
      }
    }
    throw new IllegalArgumentException(parameter);
  }

  private JsonObject json(String name) throws IOException {
    return StrictJson.read(name, Files.readAllBytes(folder.resolve("golden").resolve(name)));
  }

  private List<String> result() throws IOException {
    return Files.readAllLines(folder.resolve("golden/result.properties")).stream()
        .filter(line -> !line.startsWith("#"))
        .toList();
  }
}
