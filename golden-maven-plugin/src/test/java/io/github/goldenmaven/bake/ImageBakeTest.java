package io.github.goldenmaven.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.Schemas;
import io.github.goldenmaven.bake.BakeResult.Outcome;
import io.github.goldenmaven.golden.GoldenImage;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageIndex;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.Request;
import io.github.goldenmaven.peers.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class ImageBakeTest extends ImageBakeFixture {

  @Test
  void theGoldenImageStandsOnTheOfficialOneAndSaysSo() throws IOException {
    BakeResult result = bake(definition("java", ""));

    assertThat(Schemas.faults("image", result.toJson())).isEmpty();
    ImageManifest manifest = new ImageManifest(tag("21"));
    ImageManifest official = new ImageManifest(officialOf("java"));
    ImageConfig config = config(manifest);
    assertThat(tag("21").digest()).isEqualTo(result.digest());
    assertThat(tag("21.0.9").digest()).isEqualTo(result.digest());
    assertThat(manifest.layers().subList(0, official.layers().size()))
        .extracting(layer -> layer.digest())
        .containsExactlyElementsOf(
            official.layers().stream().map(layer -> layer.digest()).toList());
    GoldenImage golden = GoldenImage.of(ImageReference.parse(to + ":21"), config);
    assertThat(golden.version()).isEqualTo("21.0.9");
    assertThat(golden.officialName()).isEqualTo(registry.host() + "/official/java:17-jre");
    assertThat(golden.officialDigest()).isEqualTo(officialOf("java").digest());
    assertThat(golden.officialLayers()).isEqualTo(official.layers().size());
    assertThat(config.environment()).containsEntry("TZ", "Asia/Seoul");
    assertThat(config.user()).contains("10001");
  }

  @Test
  void whatTheOfficialConfigHasTravelsThrough() throws IOException {
    bake(definition("java", ""));

    ImageConfig official = config(new ImageManifest(officialOf("java")), "official/java");
    ImageConfig golden = config(new ImageManifest(tag("21")));
    assertThat(golden.runtime().strings("Entrypoint"))
        .isEqualTo(official.runtime().strings("Entrypoint"));
    assertThat(golden.runtime().string("StopSignal"))
        .isEqualTo(official.runtime().string("StopSignal"))
        .isPresent();
    assertThat(golden.labels())
        .containsEntry("com.example.maintainer", "The official images team")
        .doesNotContainEntry("org.opencontainers.image.version", "12");
  }

  @Test
  void nothingChangedNeedsThreeRequests() throws IOException {
    Path definition = definition("java", "");
    bake(definition);
    registry.mark();

    BakeResult result = bake(definition);

    assertThat(result.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(registry.requests())
        .extracting(Request::toString)
        .containsExactly(
            "GET /v2/official/java/manifests/17-jre 200",
            "GET /v2/" + repository + "/manifests/21.0.9 200",
            "GET /v2/" + repository + "/manifests/21 200");
  }

  @Test
  void anotherDefinitionReadsNoLayerOfTheOfficialImageAgain() throws IOException {
    bake(definition("java", ""));
    registry.mark();

    bake(definition("java", "environment: {TZ: UTC}"));

    assertThat(registry.requests())
        .extracting(Request::toString)
        .noneMatch(request -> request.startsWith("GET /v2/official/java/blobs/"));
  }

  @Test
  void anotherVersionSendsWhatIsNewAndAsksForNothingThatTheLineHas() throws IOException {
    Path definition = definition("java", "");
    bake(definition);
    registry.mark();

    Files.writeString(
        definition,
        Files.readString(definition).replace("21.0.9", "21.0.10") + "protect: {paths: [/etc/x]}\n");
    bake(definition);

    assertThat(registry.requests().stream().map(Request::toString).map(ImageBakeTest::masked))
        .containsExactlyInAnyOrder(
            "GET /v2/official/java/manifests/17-jre 200",
            "GET /v2/" + repository + "/manifests/21.0.10 404",
            "POST /v2/" + repository + "/blobs/uploads/ 202",
            "POST /v2/" + repository + "/blobs/uploads/ 202",
            "PUT /v2/" + repository + "/blobs/* 201",
            "PUT /v2/" + repository + "/blobs/* 201",
            "PUT /v2/" + repository + "/manifests/21.0.10 201",
            "GET /v2/" + repository + "/manifests/21.0.10 200",
            "GET /v2/" + repository + "/manifests/21 200",
            "PUT /v2/" + repository + "/manifests/21 201",
            "GET /v2/" + repository + "/manifests/21 200");
  }

  /** What is trusted is the largest layer; hosts and registries keep it when a policy changes. */
  @Test
  void aChangedPolicyLeavesTheLayerOfTheCertificatesAsItIs() throws IOException {
    TestCertificates.in(folder.resolve("ca"));
    now = Instant.now();
    bake(definition("java", "certificates: [ca/ca.pem]"));
    List<Descriptor> before = new ImageManifest(tag("21")).layers();

    bake(definition("java", "certificates: [ca/ca.pem]\nprotect: {paths: [/etc/x]}"));

    List<Descriptor> after = new ImageManifest(tag("21")).layers();
    int last = before.size() - 1;
    assertThat(after).hasSameSizeAs(before).doesNotContain(before.get(last));
    assertThat(after.subList(0, last)).isEqualTo(before.subList(0, last));
  }

  @Test
  void whatNoBakeUsedForAMonthGoesOnceADay() throws IOException {
    FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(31)));
    Path old = folder.resolve("cache/documents/" + "0".repeat(64) + ".blob");
    Path tidied = folder.resolve("cache/tidied");
    Files.createDirectories(old.getParent());
    Files.setLastModifiedTime(Files.createFile(old), longAgo);

    bake(definition("java", ""));
    assertThat(old).doesNotExist();

    Files.setLastModifiedTime(Files.createFile(old), longAgo);
    bake(definition("java", ""));
    assertThat(old).exists();

    Files.setLastModifiedTime(tidied, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    bake(definition("java", ""));
    assertThat(old).doesNotExist();
  }

  private static String masked(String request) {
    return request.replaceAll("[0-9a-f]{64}|uploads/[-0-9a-f]+\\S*", "*");
  }

  /** Both tags have moved by then. */
  @Test
  void whatCannotBeRememberedFailsNoBakeThatIsDone() throws IOException {
    bake(definition("java", ""));
    String config = new ImageManifest(tag("21")).config().digest().hex();
    Path kept = folder.resolve("cache/documents/" + config + ".blob");
    Files.delete(kept);
    Files.createDirectories(kept.resolve("in the way"));
    nameATarget();

    assertThat(bake(definition("java", "")).outcome()).isEqualTo(Outcome.PUSHED);

    assertThat(tag("21").digest()).isEqualTo(tag("21.0.9").digest());
    assertThat(console.lines).anyMatch(line -> line.startsWith("warning: The cache folder '"));
  }

  @Test
  void everyPlatformOfTheOfficialImageIsBaked() throws IOException {
    bake(definition("twins", ""));

    assertThat(new ImageIndex(tag("21")).runnable())
        .extracting(entry -> entry.platform().orElseThrow().toString())
        .containsExactly("linux/amd64", "linux/arm64");
  }

  @Test
  void aDryRunPushesNothingAndDrawsThePlan() throws IOException {
    BakeResult result = run(definition("java", "run: [\"exit 1\"]"), null, false, true);

    assertThat(result.outcome()).isEqualTo(Outcome.DRY_RUN);
    assertThat(Schemas.faults("image", result.toJson())).isEmpty();
    assertThat(registry.manifest(repository, "21")).isEmpty();
    assertThat(console.lines)
        .contains(
            "Dry run: 1 command of 'run' was not run; what follows does not know what it"
                + " changes")
        .anyMatch(line -> line.contains("security-policy.json  added, 3 B (files[0])"));
  }

  @Test
  void bakesLinuxOnlyAndSaysSo() throws IOException {
    bake(definition("mixed", ""));

    assertThat(new ImageIndex(tag("21")).runnable())
        .extracting(entry -> entry.platform().orElseThrow().toString())
        .containsExactly("linux/amd64");
    assertThat(console.lines).contains("Not baked, because they are not Linux: 'windows/amd64'");
    Path windows = definition("mixed", "platforms: [windows/amd64]");
    assertThatThrownBy(() -> bake(windows))
        .hasMessageStartingWith(
            "In '" + windows + "', line 9, column 12: The platform 'windows/amd64' of '")
        .hasMessageEndingWith("Name Linux platforms in 'platforms' of '" + windows + "'.");
  }

  @Test
  void refusesWhatIsNoOfficialImage() throws IOException {
    bake(definition("java", ""));
    String golden = to + ":21";
    Path onGolden = folder.resolve("again.yaml");
    Files.writeString(
        onGolden,
        Files.readString(folder.resolve("golden.yaml"))
            .replaceFirst("from: .*", "from: " + golden));

    assertThatThrownBy(() -> bake(onGolden))
        .hasMessage(
            "In '"
                + onGolden
                + "', line 4, column 7: "
                + "The image '"
                + golden
                + "' is no official image: its label 'io.github.goldenmaven.role' says that this"
                + " plugin made it. Name the official image in 'from'; to change a golden image,"
                + " change its golden.yaml.");
  }

  @Test
  void refusesAnOfficialImageThatIsNotThere() throws IOException {
    Path definition = definition("nowhere", "");

    assertThatThrownBy(() -> bake(definition))
        .hasMessage(
            "In '"
                + definition
                + "', line 4, column 7: "
                + "The official image '"
                + registry.host()
                + "/official/nowhere:17-jre' does not exist. Name one that does in 'from' of '"
                + definition
                + "'. The repository has no tags or does not exist.");
    assertThat(registry.manifest(repository, "21")).isEmpty();
  }

  @Test
  void refusesAPlatformThatTheOfficialImageLacks() throws IOException {
    Path definition = definition("twins", "platforms: [linux/amd64, linux/s390x]");

    assertThatThrownBy(() -> bake(definition))
        .hasMessage(
            "In '"
                + definition
                + "', line 9, column 12: "
                + "The official image '"
                + registry.host()
                + "/official/twins:17-jre' has no platform 'linux/s390x'. It has 'linux/amd64',"
                + " 'linux/arm64': name some of these in 'platforms' of '"
                + definition
                + "'.");
  }

  @Test
  void stampsTheJavaOfEachJvmFirstTheOneThatPathFinds() throws IOException {
    tarOfAJvm(folder.resolve("jdk.tar"), "21.0.9");
    tarOfAJvm(folder.resolve("old.tar"), "1.8.0_402");

    bake(
        definition(
            "java",
            """
            environment: {JAVA_HOME: /opt/jdk, PATH: /opt/old/jdk/bin}
            tools:
              - {file: jdk.tar, into: /opt/, unpack: true}
              - {file: old.tar, into: /opt/old/, unpack: true}
            """));

    assertThat(config(new ImageManifest(tag("21"))).labels())
        .containsEntry("io.github.goldenmaven.golden.java", "8,21");
  }

  @Test
  void saysThatThereIsNoJavaAndStampsNothingWhereOneIsTooOldToTell() throws IOException {
    bake(definition("java", ""));
    assertThat(config(new ImageManifest(tag("21"))).labels())
        .containsEntry("io.github.goldenmaven.golden.java", "none");

    tarOfAJvm(folder.resolve("jdk.tar"), "1.7.0_80");
    bake(
        definition(
            "java",
            """
            environment: {JAVA_HOME: /opt/jdk}
            tools: [{file: jdk.tar, into: /opt/, unpack: true}]
            """));

    assertThat(config(new ImageManifest(tag("21"))).labels())
        .doesNotContainKey("io.github.goldenmaven.golden.java");
    assertThat(console.lines)
        .contains(
            "warning: The JVM in '/opt/jdk' is Java 7, which the label"
                + " 'io.github.goldenmaven.golden.java' cannot name: no Java version is stamped,"
                + " and builds on this image are not checked against its Java. Name an official"
                + " image in 'from' whose JVMs are of Java 8 or later.");
  }
}
