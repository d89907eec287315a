package io.github.goldenmaven.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.Schemas;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.bake.BakeResult.Outcome;
import io.github.goldenmaven.bake.certificates.MadeCertificates;
import io.github.goldenmaven.bake.certificates.TrustStoreFile;
import io.github.goldenmaven.contents.ReadLayers;
import io.github.goldenmaven.golden.GoldenImage;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageIndex;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.layer.Compression;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.oci.layer.LayerWriter;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.Request;
import io.github.goldenmaven.peers.TestCertificates;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.peers.TwoStacks;
import io.github.goldenmaven.provenance.git.GitFacts;
import io.github.goldenmaven.provenance.git.GitFacts.WorkTree;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.http.RegistryAccess;
import io.github.goldenmaven.registry.stores.ImageStores;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class ImageBakeTest {

  private static final GitFacts CLEAN =
      new GitFacts("a".repeat(40), WorkTree.CLEAN, null, null, List.of());

  @TempDir static Path shared;
  @TempDir Path folder;
  private static DockerRegistry registry;
  private static int images;

  private final RecordingConsole console = new RecordingConsole();
  private GitFacts git = CLEAN;
  private Instant now = Instant.parse("2026-11-23T00:00:00Z");
  private String failing = "none";
  private CommandRunner runs =
      commands -> {
        throw new IllegalStateException("nothing is run");
      };
  private String repository;
  private String to;

  @BeforeAll
  static void startRegistry() {
    registry = DockerRegistry.start();
    registry.push(
        TinyBase.writeTo(shared.resolve("tiny")), TinyBase.TAG, "official/java", "17-jre");
    LayoutFolder twins =
        TinyBase.writeTo(
            shared.resolve("twins"),
            new Platform("linux", "amd64", null),
            new Platform("linux", "arm64", null));
    registry.push(twins, TinyBase.TAG, "official/twins", "17-jre");
    LayoutFolder mixed =
        TinyBase.writeTo(
            shared.resolve("mixed"),
            new Platform("linux", "amd64", null),
            new Platform("windows", "amd64", null));
    registry.push(mixed, TinyBase.TAG, "official/mixed", "17-jre");
  }

  @AfterAll
  static void stopRegistry() {
    registry.close();
  }

  @BeforeEach
  void nameATarget() {
    images++;
    repository = "golden/java" + images;
    to = registry.host() + "/" + repository;
  }

  /** A bake that is refused early leaves a request of its own behind, which writes its answer. */
  @AfterEach
  void waitForTheBackground() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("golden-background")) {
        thread.join();
      }
    }
  }

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
  void aVersionThatMeansAnotherImageAlreadyIsToldAndInAReleaseRefused() throws IOException {
    BakeResult first = bake(definition("java", ""));
    Path changed = definition("java", "environment: {TZ: UTC}");
    String problem =
        "The version '21.0.9' of '"
            + to
            + "' is '"
            + first.digest()
            + "' already, and this bake gives another image.";
    String remedy = "Raise 'version' in '" + changed + "', so that a version stays one image.";

    assertThatThrownBy(() -> run(changed, null, true, false))
        .isInstanceOf(RefusedException.class)
        .hasMessage("In '" + changed + "', line 2, column 10: " + problem + " " + remedy);
    assertThat(tag("21").digest()).isEqualTo(first.digest());

    bake(changed);
    assertThat(console.lines).contains("warning: " + problem + " " + remedy);
    assertThat(tag("21").digest()).isNotEqualTo(first.digest());
  }

  @Test
  void aReleaseNeedsACommitAndNothingThatIsASnapshot() throws IOException {
    Path definition = definition("java", "");
    git = GitFacts.NONE;

    assertThatThrownBy(() -> run(definition, null, true, false))
        .hasMessage(
            "A release needs a commit, and git knows none of '"
                + definition
                + "'. Bake in a git work tree, or leave -Dgolden.release out.");

    git = CLEAN;
    Files.writeString(
        definition, Files.readString(definition).replace("21.0.9", "21.0.9-SNAPSHOT"));
    assertThatThrownBy(() -> run(definition, null, true, false))
        .hasMessage(
            "A release has no SNAPSHOTs, but '"
                + definition
                + "' has '21.0.9-SNAPSHOT'. Name released versions, or leave -Dgolden.release"
                + " out.");
    assertThat(registry.manifest(repository, "21")).isEmpty();
  }

  @Test
  void aDirtyWorkTreeIsToldAndInAReleaseRefused() throws IOException {
    Path definition = definition("java", "");
    git = new GitFacts(CLEAN.revisionOrNull(), WorkTree.DIRTY, null, null, List.of());
    String problem =
        "The work tree of '"
            + definition
            + "' differs from its commit, which the image will name as its revision.";

    assertThatThrownBy(() -> run(definition, null, true, false)).hasMessageStartingWith(problem);

    bake(definition);
    assertThat(console.lines).anyMatch(line -> line.contains(problem));
  }

  @Test
  void refusesToRunCommandsForSeveralPlatforms() throws IOException {
    Path definition = definition("twins", "run: [\"true\"]");

    assertThatThrownBy(() -> bake(definition))
        .hasMessage(
            "In '"
                + definition
                + "', line 9, column 6: 'run' has commands, and the image is to be baked for"
                + " 'linux/amd64', 'linux/arm64'; an engine runs them for its own platform only."
                + " Name that one platform in 'platforms' of '"
                + definition
                + "', or leave 'run' out.");
  }

  @Test
  void refusesAUserThatTheImageDoesNotKnow() throws IOException {
    Path definition = definition("java", "");
    Files.writeString(definition, Files.readString(definition).replace("\"10001\"", "appp"));

    assertThatThrownBy(() -> bake(definition)).hasMessageContaining("'appp'");
    assertThat(registry.manifest(repository, "21")).isEmpty();
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
  void theLineStaysWhereItWasWhenTheVersionCannotBePushed() throws IOException {
    BakeResult first = bake(definition("java", ""));
    Path changed = definition("java", "environment: {TZ: UTC}");

    assertThatThrownBy(() -> run(changed, null, true, false))
        .hasMessageStartingWith("In '" + changed + "', line 2, column 10: The version '21.0.9' of");

    assertThat(tag("21").digest()).isEqualTo(first.digest());
  }

  @Test
  void theLineStaysWhereItWasWhenTheRegistryFailsTheVersion() throws IOException {
    BakeResult first = bake(definition("java", ""));
    Path changed = definition("java", "environment: {TZ: UTC}");
    Files.writeString(changed, Files.readString(changed).replace("21.0.9", "21.0.10"));
    failing = "21.0.10";

    assertThatThrownBy(() -> bake(changed)).isInstanceOf(UnavailableException.class);

    assertThat(tag("21").digest()).isEqualTo(first.digest());
    assertThat(registry.manifest(repository, "21.0.10")).isEmpty();

    failing = "none";
    BakeResult again = bake(changed);
    assertThat(tag("21").digest()).isEqualTo(again.digest()).isNotEqualTo(first.digest());
  }

  @Test
  void readsAMirrorOfAPinnedImageOnly() throws IOException {
    Path definition = definition("java", "");
    ImageReference mirror = ImageReference.parse("mirror.example/java:17");

    assertThatThrownBy(() -> GoldenDefinition.read(definition).at(mirror))
        .hasMessage(
            "'from' of '"
                + definition
                + "' is not pinned, so nothing proves that the mirror 'mirror.example/java:17' has"
                + " that image. Pin 'from' to a digest ('…@sha256:…'), or leave <from> and"
                + " -Dgolden.from out.");

    Digest digest = officialOf("java").digest();
    Files.writeString(
        definition, Files.readString(definition).replace("java:17-jre", "java:17-jre@" + digest));
    assertThat(GoldenDefinition.read(definition).at(mirror)).isEqualTo(mirror.pinnedTo(digest));
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
  void refusesAPublisherThatThePolicyDoesNotAllow() throws IOException {
    Path file = folder.resolve("golden-policy.yaml");
    Files.writeString(
        file, "official: [docker.io/library/*]\ngolden: [registry.company.example/golden/*]\n");
    Path definition = definition("java", "");

    assertThatThrownBy(() -> run(definition, GoldenPolicy.read(file), false, false))
        .hasMessageStartingWith("In '" + definition + "', line 4, column 7: The official image '")
        .hasMessageContaining("is in none of the official repositories of '" + file + "'");
  }

  @Test
  void certificatesAreToldInjectedAndNamedInTheLabel() throws IOException {
    X509Certificate ca = MadeCertificates.parse(TestCertificates.in(folder.resolve("ca")).ca());
    String day = ca.getNotAfter().toInstant().toString().substring(0, 10);
    now = ca.getNotAfter().toInstant().minus(Duration.ofDays(59));

    BakeResult result = bake(definition("java", "certificates: [ca/ca.pem]"));

    String fingerprint = Digest.of(encoded(ca)).hex();
    assertThat(console.lines)
        .contains(
            "Certificate CN=Golden Maven test CA, issued by itself, expires "
                + day
                + ", SHA-256 "
                + fingerprint,
            "warning: The certificate 'CN=Golden Maven test CA' expires on "
                + day
                + ". Add its successor to 'certificates' beside it, and bake again before that"
                + " day.");
    assertThat(result.certificates()).containsExactly(fingerprint);
    assertThat(config(new ImageManifest(tag("21"))).labels())
        .containsEntry("io.github.goldenmaven.golden.certificates", fingerprint);
  }

  @Test
  void commandsAreHandedTheProxyAndTheStoreOfTheOfficialImage() throws IOException {
    List<CommandRunner.Request> asked = new ArrayList<>();
    runs =
        request -> {
          asked.add(request);
          return LayerWriter.write(
              List.of(new LayerEntry.Directory("patched", 0755, Owner.ROOT, Instant.EPOCH)),
              Compression.DEFLATED,
              folder.resolve("run.tar.gz"));
        };

    bake(definition("java", "run: [patch]\nproxy: {https: 'http://proxy.example:3128'}"));

    assertThat(asked).hasSize(1);
    assertThat(asked.get(0).commands()).containsExactly("patch");
    assertThat(asked.get(0).store().name()).isEqualTo(registry.host() + "/official/java");
    assertThat(asked.get(0).environment())
        .isEqualTo(
            Map.of(
                "HTTPS_PROXY", "http://proxy.example:3128",
                "https_proxy", "http://proxy.example:3128"));
  }

  /** Commands give other bytes each time, as package managers do. */
  @Test
  void aBakeWithCommandsNeedsAVersionOfItsOwn() throws IOException {
    runs =
        request ->
            LayerWriter.write(
                List.of(
                    new LayerEntry.Directory("at-" + images++, 0755, Owner.ROOT, Instant.EPOCH)),
                Compression.DEFLATED,
                folder.resolve("run-" + images + ".tar.gz"));
    Path definition = definition("java", "run: [patch]");
    bake(definition);

    assertThatThrownBy(() -> run(definition, null, true, false))
        .isInstanceOf(RefusedException.class)
        .hasMessageEndingWith(
            "so that a version stays one image. 'run' gives another image at every bake, so each"
                + " needs a version of its own.");
  }

  @Test
  void aJvmThatAToolBringsGetsTheProxyToo() throws IOException {
    tarOfAJvm(folder.resolve("jdk.tar"), "21.0.9");

    bake(
        definition(
            "java",
            """
            environment: {JAVA_HOME: /opt/jdk}
            tools: [{file: jdk.tar, into: /opt/, unpack: true}]
            proxy: {http: 'http://proxy.example:3128'}
            """));

    ImageManifest golden = new ImageManifest(tag("21"));
    Digest settings = golden.layers().get(golden.layers().size() - 1).digest();
    assertThat(ReadLayers.read("it", stream(settings)).entries())
        .filteredOn(change -> change.path().equals("opt/jdk/conf/net.properties"))
        .extracting(change -> new String(change.bytes().orElseThrow(), StandardCharsets.UTF_8))
        .containsExactly(
            """
            a=b
            # The company's proxy, as 'proxy' of golden.yaml says
            http.proxyHost=proxy.example
            http.proxyPort=3128
            """);
    assertThat(config(golden).environment()).containsKey("JAVA_TOOL_OPTIONS");
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

  private static void tarOfAJvm(Path file, String version) {
    LayerWriter.write(
        List.of(
            text("jdk/bin/java", ""),
            text("jdk/release", "JAVA_VERSION=\"" + version + "\"\n"),
            text("jdk/conf/net.properties", "a=b\n")),
        Compression.STORED,
        file);
  }

  private static LayerEntry text(String path, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new LayerEntry.File(
        path, bytes.length, () -> new ByteArrayInputStream(bytes), 0644, Owner.ROOT, Instant.EPOCH);
  }

  private ByteArrayInputStream stream(Digest blob) {
    return new ByteArrayInputStream(registry.blob(repository, blob).orElseThrow());
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void eachPlatformKeepsWhatItTrustsAndNoWhiteoutIsUndone() throws IOException {
    X509Certificate other = MadeCertificates.parse(TestCertificates.in(folder.resolve("one")).ca());
    X509Certificate ours = MadeCertificates.parse(TestCertificates.in(folder.resolve("ca")).ca());
    now = Instant.now();
    byte[] store =
        TrustStoreFile.write(new TreeMap<>(Map.of("public", other)), TrustStoreFile.Form.PKCS12);
    registry.push(
        TwoStacks.writeTo(folder.resolve("stacks"), store),
        TwoStacks.TAG,
        "official/stacks",
        "17-jre");

    bake(definition("stacks", "certificates: [ca/ca.pem]"));

    List<Descriptor> platforms = new ImageIndex(tag("21")).runnable();
    assertThat(platforms)
        .extracting(entry -> entry.platform().orElseThrow().toString())
        .containsExactly("linux/amd64", "linux/arm64", "linux/s390x");
    assertThat(trusted(platforms.get(0))).containsExactlyInAnyOrder(other, ours);
    assertThat(trusted(platforms.get(1))).containsExactly(ours);
    assertThat(trusted(platforms.get(2))).isEmpty();
  }

  /** Of the trust store that the layer below the settings has; none where it has none. */
  private List<Certificate> trusted(Descriptor platform) {
    List<Descriptor> layers =
        new ImageManifest(registry.manifest(repository, platform.digest().toString()).orElseThrow())
            .layers();
    return ReadLayers.read("it", stream(layers.get(layers.size() - 2).digest())).entries().stream()
        .filter(change -> change.path().equals("opt/java/openjdk/lib/security/cacerts"))
        .flatMap(
            change -> TrustStoreFile.read("it", change.bytes().orElseThrow()).values().stream())
        .toList();
  }

  @Test
  void aMirrorIsReadAndTheImageIsStampedWithItsOwnName() throws IOException {
    Path definition = definition("java", "");
    String from = "official.invalid/library/java:17-jre@" + officialOf("java").digest();
    Files.writeString(
        definition,
        Files.readString(definition).replace(registry.host() + "/official/java:17-jre", from));
    ImageReference mirror = ImageReference.parse(registry.host() + "/official/java");

    run(definition, GoldenDefinition.read(definition).at(mirror), null, false, false);

    assertThat(config(new ImageManifest(tag("21"))).labels())
        .containsEntry(
            "io.github.goldenmaven.official.name", "official.invalid/library/java:17-jre")
        .containsEntry(
            "io.github.goldenmaven.official.digest", officialOf("java").digest().toString());
  }

  /** The pin's author chooses the digest, and a cache does not know whose it is. */
  @Test
  void withAPolicyThePublishersOwnRepositoryIsAskedForThePinnedDigest() throws IOException {
    Digest elsewhere = bakedAndPinned("official/publisher").digest();
    Path definition = folder.resolve("golden.yaml");

    assertThatThrownBy(() -> run(definition, policy("official/publisher"), false, false))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "In '"
                + definition
                + "', line 4, column 7: "
                + "The official image '"
                + registry.host()
                + "/official/publisher:17-jre@"
                + elsewhere
                + "' does not exist. Name one that does in 'from' of '"
                + definition
                + "'.");
    assertThat(console.lines).noneMatch(line -> line.contains("the official image's publisher"));
  }

  @Test
  void withAPolicyAPinnedImageThatDidNotChangeNeedsThreeRequests() throws IOException {
    Digest digest = bakedAndPinned("official/java").digest();
    registry.mark();

    BakeResult result = run(folder.resolve("golden.yaml"), policy("official/java"), false, false);

    assertThat(result.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(registry.requests())
        .extracting(Request::toString)
        .containsExactly(
            "GET /v2/official/java/manifests/" + digest + " 200",
            "GET /v2/" + repository + "/manifests/21.0.9 200",
            "GET /v2/" + repository + "/manifests/21 200");
    assertThat(console.lines)
        .contains("By golden-policy.yaml: the official image's publisher was checked");
  }

  @Test
  void withAPolicyAMirrorHasToBeOfTheOfficialRepositoriesItself() throws IOException {
    bakedAndPinned("official/java");
    Path definition = folder.resolve("golden.yaml");
    ImageReference mirror =
        GoldenDefinition.read(definition)
            .at(ImageReference.parse(registry.host() + "/official/twins"));

    assertThatThrownBy(() -> run(definition, mirror, policy("official/java"), false, false))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The mirror '"
                + mirror
                + "' is in none of the official repositories of '"
                + folder.resolve("golden-policy.yaml")
                + "', so nothing proves that a publisher of these has what 'from' is pinned to."
                + " Write the mirror under 'official' too if it holds nothing but copies of theirs,"
                + " or leave <from> and -Dgolden.from out.");
  }

  /** Bakes what {@code official/java} is, and pins {@code from} to it under another name. */
  private RawManifest bakedAndPinned(String official) throws IOException {
    RawManifest image = officialOf("java");
    Path definition = definition("java", "");
    Files.writeString(
        definition,
        Files.readString(definition)
            .replace("official/java:17-jre", "official/java:17-jre@" + image.digest()));
    bake(definition);
    Files.writeString(definition, Files.readString(definition).replace("official/java", official));
    console.lines.clear();
    return image;
  }

  private GoldenPolicy policy(String official) throws IOException {
    return GoldenPolicy.read(
        Files.writeString(
            folder.resolve("golden-policy.yaml"),
            "official: ["
                + registry.host()
                + "/"
                + official
                + "]\ngolden: [registry.company.example/golden/*]\n"));
  }

  private BakeResult bake(Path definition) {
    return run(definition, null, false, false);
  }

  private BakeResult run(
      Path definition, @Nullable GoldenPolicy policy, boolean release, boolean dryRun) {
    return run(definition, GoldenDefinition.read(definition).from(), policy, release, dryRun);
  }

  private BakeResult run(
      Path definition,
      ImageReference source,
      @Nullable GoldenPolicy policy,
      boolean release,
      boolean dryRun) {
    GoldenDefinition read = GoldenDefinition.read(definition);
    BakeRequest request =
        new BakeRequest(
            read,
            source,
            read.to(),
            policy,
            null,
            () -> git,
            (coordinates, origin) -> {
              throw new IllegalStateException("no artifact is asked for");
            },
            runs,
            folder.resolve("cache"),
            folder.resolve("work"),
            Clock.fixed(now, ZoneOffset.UTC),
            release,
            dryRun);
    ImageStores stores =
        new ImageStores(
            RegistryAccess.ANONYMOUS,
            daemon -> {
              throw new IllegalStateException("no engine is asked for");
            });
    return new ImageBake(request, reference -> failingAt(failing, stores.open(reference)), console)
        .run();
  }

  /** The store, but that no manifest gets this tag. */
  private static ImageStore failingAt(String tag, ImageStore store) {
    return (ImageStore)
        Proxy.newProxyInstance(
            ImageStore.class.getClassLoader(),
            new Class<?>[] {ImageStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().startsWith("put")
                  && arguments.length == 2
                  && tag.equals(arguments[1])) {
                throw new UnavailableException("The registry fails.", "Bake again.");
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private Path definition(String official, String more) throws IOException {
    Files.writeString(folder.resolve("security-policy.json"), "{}\n");
    String environment = more.startsWith("environment") ? "" : "environment: {TZ: Asia/Seoul}\n";
    return Files.writeString(
        folder.resolve("golden.yaml"),
        """
        name: java
        version: "21.0.9"
        line: "21"
        from: %s/official/%s:17-jre
        to: %s
        files: [{from: security-policy.json, into: /etc/security/}]
        user: "10001"
        %s%s
        """
            .formatted(registry.host(), official, to, environment, more));
  }

  private RawManifest tag(String tag) {
    return registry.manifest(repository, tag).orElseThrow();
  }

  private static RawManifest officialOf(String name) {
    return registry.manifest("official/" + name, "17-jre").orElseThrow();
  }

  private ImageConfig config(ImageManifest manifest) {
    return config(manifest, repository);
  }

  private static ImageConfig config(ImageManifest manifest, String repository) {
    Digest digest = manifest.config().digest();
    return ImageConfig.read("the config", registry.blob(repository, digest).orElseThrow());
  }
}
