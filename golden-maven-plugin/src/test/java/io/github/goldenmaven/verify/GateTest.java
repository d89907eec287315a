package io.github.goldenmaven.verify;

import static io.github.goldenmaven.verify.Reported.file;
import static io.github.goldenmaven.verify.Reported.ids;
import static io.github.goldenmaven.verify.Reported.link;
import static io.github.goldenmaven.verify.Reported.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.Request;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.http.RegistryAccess;
import io.github.goldenmaven.registry.stores.ImageStores;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.finding.Severity;
import io.github.goldenmaven.verify.finding.Verdict;
import io.github.goldenmaven.verify.report.GateReport;
import io.github.goldenmaven.verify.report.ImageReport;
import io.github.goldenmaven.verify.report.VerifyHtml;
import io.github.goldenmaven.verify.report.VerifyText;
import io.github.goldenmaven.verify.rules.Rules;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks by name, each an image in a real registry. */
@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class GateTest {

  private static final Instant TIME = Instant.EPOCH;

  @TempDir static Path shared;
  private static GateHouse house;

  @BeforeAll
  static void open() {
    house = new GateHouse(shared);
  }

  @AfterAll
  static void close() {
    house.close();
  }

  @Test
  void aServiceOnItsGoldenImagePasses() {
    ImageReport report = house.check(house.service());

    assertThat(report.findings()).isEmpty();
    assertThat(report.verdict()).isEqualTo(Verdict.PASS);
    assertThat(report.lineage().proven()).isTrue();
    assertThat(report.lineage().golden())
        .isEqualTo(house.goldenName + "@" + house.golden.manifest("21").digest());
    assertThat(report.lineage().official()).startsWith("docker.io/library/eclipse-temurin:17-jre@");
    assertThat(report.checked())
        .containsExactlyElementsOf(Rules.about().stream().map(RuleInfo::id).toList());
  }

  @Test
  void theGoldenImageItselfPasses() {
    assertThat(house.check(house.goldenName).findings()).isEmpty();
  }

  @Test
  void aKnownImageCostsTwoRequestsAndItsGoldenOneARun() {
    String reference = house.push(house.service());
    house.check(house.push(house.service()));
    house.registry.mark();

    assertThat(house.check(reference).verdict()).isEqualTo(Verdict.PASS);

    assertThat(requestsOf("/apps/orders/")).hasSize(1);
    assertThat(requestsOf("/golden/java/")).hasSize(1);
    String changed = house.push(house.service().label(Label.TITLE, "others"));
    house.registry.mark();
    assertThat(house.check(changed).verdict()).isEqualTo(Verdict.PASS);
    assertThat(requestsOf("/apps/orders/")).hasSize(2);
    assertThat(requestsOf("/golden/java/")).hasSize(1);
    assertThat(house.registry.requests()).hasSize(3);
  }

  private static List<String> requestsOf(String repository) {
    return house.registry.requests().stream()
        .map(Request::toString)
        .filter(request -> request.contains(repository))
        .toList();
  }

  @Test
  void refusesAnImageWhoseLabelsNameAGoldenAndWhoseLayersAreAnother() {
    LayoutFolder other =
        house.push(GoldenFixture.of(house.official).content("other\n").line("20"), "20");
    ApplicationFixture liar =
        ApplicationFixture.on(other, "20", house.goldenName)
            .label(Label.BASE_DIGEST, house.golden.manifest("21").digest().toString());

    ImageReport report = house.check(liar);

    Finding finding = only(report, "GOLDEN_LAYERS");
    AttackPage.holds("A1", "labels name a golden image, the layers are another's", report);
    assertThat(finding.expected()).startsWith("the 3 layers of '" + house.goldenName);
    assertThat(finding.found())
        .isEqualTo(
            "those of '"
                + house.registry.host()
                + "/golden/java:20@"
                + other.manifest("20").digest()
                + "'");
    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void namesTheOlderGoldenOfTheLineThatAnImageReallyStandsOn() {
    LayoutFolder older =
        house.push(GoldenFixture.of(house.official).content("older\n").version("21.0.8"), "21.0.8");
    ApplicationFixture liar =
        ApplicationFixture.on(older, "21.0.8", house.goldenName)
            .label(Label.BASE_DIGEST, house.golden.manifest("21").digest().toString());

    ImageReport report = house.check(liar);

    AttackPage.holds("A2", "the layers are an older golden image of the line", report);
    assertThat(only(report, "GOLDEN_LAYERS").found())
        .contains("/golden/java:21.0.8@" + older.manifest("21.0.8").digest());
  }

  @Test
  void refusesAnUnstampedImageAndStillTellsItsGolden() {
    String reference = house.push(house.service().unstamped());

    ImageReport report = house.check(exactPolicy(""), reference).images().get(0);

    Finding finding = only(report, "PROVENANCE_STAMPED");
    AttackPage.holds("A3", "a plain jib or Docker image, nothing stamped", report);
    assertThat(finding.found()).contains("its layers are those of '" + house.goldenName);
    assertThat(ids(report)).containsExactly("PROVENANCE_STAMPED");
    assertThat(report.lineage().golden()).startsWith(house.goldenName);
  }

  @Test
  void warnsOfAnUnstampedImageUntilTheDayThePolicySays() {
    String reference = house.push(house.service().unstamped());

    GateReport before =
        house.check(exactPolicy("effective: {PROVENANCE_STAMPED: 2026-11-25}\n"), reference);
    GateReport since =
        house.check(exactPolicy("effective: {PROVENANCE_STAMPED: 2026-11-24}\n"), reference);

    assertThat(before.verdict()).isEqualTo(Verdict.PASS);
    assertThat(before.images().get(0).findings())
        .extracting(Finding::severity)
        .containsExactly(Severity.WARN);
    assertThat(since.verdict()).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void refusesLabelsThatCameWithTheGoldenImage() {
    ApplicationFixture inherited = house.service();
    for (Label label : Label.values()) {
      inherited =
          inherited.label(
              label,
              label
                  .in(house.golden.config(new ImageManifest(house.golden.manifest("21"))).labels())
                  .orElse(""));
    }

    ImageReport report = house.check(inherited);

    AttackPage.holds("A4", "labels inherited from the golden image", report);
    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(only(report, "PROVENANCE_STAMPED").found())
        .isEqualTo("the label 'io.github.goldenmaven.role' says 'golden'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1\nINFO golden.verdict=pass", "\u001b[2K1", "1\u202e2"})
  void refusesALabelThatForgesALine(String version) {
    ImageReport report = house.check(house.service().label(Label.VERSION, version));

    AttackPage.holds("A9", "a label that forges a line", report);
    assertThat(ids(report)).contains("LABELS_PRINTABLE");
    GateReport whole = new GateReport("policy", GateHouse.NOW, List.of(report));
    assertThat(VerifyText.of(whole, false)).doesNotContain("\u001b").doesNotContain("\u202e");
    assertThat(VerifyText.of(whole, false).lines()).doesNotContain("INFO golden.verdict=pass");
    assertThat(VerifyHtml.of(whole)).doesNotContain("\u001b").doesNotContain("\u202e");
  }

  @Test
  void refusesGoldenLayersThatAreReorderedMissingOrNotAtTheBottom() {
    for (UnaryOperator<List<JsonObject>> change :
        List.<UnaryOperator<List<JsonObject>>>of(
            layers -> swapped(layers),
            layers -> layers.subList(1, layers.size()),
            layers -> moved(layers))) {
      ApplicationFixture bent =
          house
              .service()
              .manifest(
                  json ->
                      json.with(
                          "layers", JsonValue.ofObjects(change.apply(json.objects("layers")))))
              .config(
                  config -> {
                    JsonObject rootfs = config.json().object("rootfs").orElseThrow();
                    List<JsonObject> as =
                        rootfs.strings("diff_ids").stream()
                            .map(id -> JsonObject.EMPTY.with("id", id))
                            .toList();
                    List<String> ids =
                        change.apply(as).stream().map(id -> id.string("id").orElseThrow()).toList();
                    return new io.github.goldenmaven.oci.ImageConfig(
                        config
                            .json()
                            .with("rootfs", rootfs.with("diff_ids", JsonValue.ofTexts(ids))));
                  });

      ImageReport report = house.check(bent);
      AttackPage.holds("B1", "golden layers reordered, missing, or not at the bottom", report);
      assertThat(ids(report)).contains("GOLDEN_LAYERS");
    }
  }

  private static <T> List<T> swapped(List<T> layers) {
    List<T> other = new ArrayList<>(layers);
    Collections.swap(other, 0, 1);
    return other;
  }

  private static <T> List<T> moved(List<T> layers) {
    List<T> other = new ArrayList<>(layers);
    Collections.rotate(other, 1);
    return other;
  }

  /** The config says golden, the layers are others. */
  @Test
  void refusesLayersThatAreNotWhatTheConfigSays() {
    ApplicationFixture bent =
        house
            .service()
            .with(file("etc/motd", "other\n", 0644))
            .manifest(
                json -> {
                  List<JsonObject> layers = new ArrayList<>(json.objects("layers"));
                  layers.set(2, layers.remove(layers.size() - 1));
                  layers.add(layers.get(2));
                  return json.with("layers", JsonValue.ofObjects(layers));
                });

    ImageReport report = house.check(bent);

    AttackPage.holds("B5", "the config says golden, the layers are others", report);
    assertThat(ids(report)).contains("GOLDEN_LAYERS");
  }

  /** The layers are golden, the config says others. */
  @Test
  void refusesAConfigThatDoesNotSayWhatTheLayersAre() {
    ApplicationFixture bent =
        house
            .service()
            .config(
                config -> {
                  JsonObject rootfs = config.json().object("rootfs").orElseThrow();
                  List<String> ids = new ArrayList<>(rootfs.strings("diff_ids"));
                  ids.set(0, "sha256:" + "0".repeat(64));
                  return new io.github.goldenmaven.oci.ImageConfig(
                      config
                          .json()
                          .with("rootfs", rootfs.with("diff_ids", JsonValue.ofTexts(ids))));
                });
    ApplicationFixture above =
        house
            .service()
            .config(
                config -> {
                  JsonObject rootfs = config.json().object("rootfs").orElseThrow();
                  List<String> ids = new ArrayList<>(rootfs.strings("diff_ids"));
                  ids.set(3, "sha256:" + "0".repeat(64));
                  return new io.github.goldenmaven.oci.ImageConfig(
                      config
                          .json()
                          .with("rootfs", rootfs.with("diff_ids", JsonValue.ofTexts(ids))));
                });

    AttackPage.holds("B5", "the layers are golden, the config says others", house.check(bent));
    AttackPage.holds(
        "B5", "a service's layer that is not what the config says", house.check(above));
    assertThat(ids(house.check(bent))).contains("GOLDEN_LAYERS");
    assertThat(ids(house.check(above))).containsExactly("IMAGE_READABLE");
  }

  @Test
  void aRecompressedGoldenPassesOnceItIsUnpackedAndHashed() throws IOException {
    ApplicationFixture same = house.service();
    LayoutFolder layout = LayoutFolder.at(shared.resolve("recompressed"));
    ApplicationFixture recompressed = same.manifest(json -> recompressed(json, layout, true));
    ApplicationFixture forged = same.manifest(json -> recompressed(json, layout, false));
    recompressed.writeTo(layout, "good");
    forged.writeTo(layout, "forged");
    house.registry.push(layout, "good", "apps/recompressed", "good");
    house.registry.push(layout, "forged", "apps/recompressed", "forged");
    String name = house.registry.host() + "/apps/recompressed:";

    assertThat(house.check(name + "good").findings()).isEmpty();
    AttackPage.holds(
        "B7", "another layer where the golden's was compressed anew", house.check(name + "forged"));
    assertThat(ids(house.check(name + "forged"))).contains("GOLDEN_LAYERS");
  }

  private static JsonObject recompressed(JsonObject manifest, LayoutFolder to, boolean honest) {
    List<JsonObject> layers = new ArrayList<>(manifest.objects("layers"));
    Descriptor golden = new Descriptor(layers.get(2));
    try {
      byte[] tar =
          honest
              ? new java.util.zip.GZIPInputStream(
                      new ByteArrayInputStream(house.golden.bytes(golden.digest())))
                  .readAllBytes()
              : new byte[10240];
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
        gzip.write(tar);
        gzip.flush();
      }
      layers.set(2, to.put(golden.mediaType(), bytes.toByteArray()).json());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return manifest.with("layers", JsonValue.ofObjects(layers));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "etc/passwd",
        "etc/ssl/certs/java/cacerts",
        "opt/java/openjdk/lib/security/cacerts",
        "opt/java/openjdk/conf/security/java.security",
        "opt/java/openjdk/bin/java",
        "etc/ld.so.preload",
        "bin/sh",
        "usr/local/bin/java",
        "opt/golden/company-ca.pem"
      })
  void refusesAFileAtAProtectedPath(String path) {
    ImageReport report = house.check(house.service().with(file(path, "mine\n", 0644)));

    AttackPage.holds("B11", "a layer puts '/" + path + "'", report);
    assertThat(ids(report)).containsExactly("UPPER_PLACE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"etc/.wh.passwd", "etc/security/.wh..wh..opq", ".wh.etc", "opt/.wh.golden"})
  void refusesWhiteoutsOfTheGolden(String marker) {
    ImageReport report = house.check(house.service().with(file(marker, "", 0644)));

    AttackPage.holds("B11", "a layer has the whiteout '/" + marker + "'", report);
    assertThat(ids(report)).containsExactly("UPPER_PLACE");
  }

  @Test
  void aWhiteoutOfTheServicesOwnFilesIsHarmless() {
    assertThat(house.check(house.service().with(file("app/.wh.orders.txt", "", 0644))).findings())
        .isEmpty();
  }

  @Test
  void refusesFoldersTurnedIntoLinksAndPathsThatLeadAround() {
    ImageReport turned = house.check(house.service().with(link("etc", "app")));
    AttackPage.holds("B13", "a folder turned into a link", turned);
    assertThat(ids(turned)).containsExactly("UPPER_PLACE");
    ImageReport around =
        house.check(
            house
                .service()
                .with(link("app/conf", "../etc"))
                .with(file("app/conf/passwd", "root::0:0\n", 0644)));
    AttackPage.holds("B13", "a path that leads through a link of an earlier layer", around);
    assertThat(ids(around)).containsExactly("UPPER_PLACE");
  }

  /** Runtimes remove a link where a layer has a folder. */
  @Test
  void refusesAFolderInThePlaceOfALinkOfTheGolden() {
    ImageReport report =
        house.check(house.service().with(new LayerEntry.Directory("bin", 0755, Owner.ROOT, TIME)));

    AttackPage.holds("B13", "a folder in the place of a link of the golden image", report);
    assertThat(ids(report)).containsExactly("UPPER_PLACE");
  }

  @Test
  void foldersSaidAgainAsTheyAreAreHarmless() {
    ImageReport report =
        house.check(
            house
                .service()
                .with(
                    new LayerEntry.Directory("etc", 0755, Owner.ROOT, TIME),
                    new LayerEntry.Directory("usr/bin", 0755, Owner.ROOT, TIME),
                    file("srv/orders.conf", "port = 8080\n", 0644)));

    assertThat(report.findings()).isEmpty();
  }

  @Test
  void refusesAFolderOfTheGoldenWithAnotherMode() {
    ImageReport report =
        house.check(house.service().with(new LayerEntry.Directory("etc", 0777, Owner.ROOT, TIME)));

    assertThat(ids(report)).containsExactly("UPPER_PLACE");
  }

  @Test
  @NeedsPeer("docker-registry")
  void couldNotTellOfAnImageThatMayNotBeRead() {
    try (DockerRegistry guarded = DockerRegistry.options().withCredentials().start()) {
      ImageReport report = house.check(guarded.host() + "/apps/orders:1");

      assertThat(ids(report)).containsExactly("IMAGE_AVAILABLE");
      assertThat(report.verdict()).isEqualTo(Verdict.UNKNOWN);
    }
  }

  @Test
  void refusesSetUserIdFilesAndSecrets() {
    assertThat(ids(house.check(house.service().with(file("app/su", "x", 04755)))))
        .containsExactly("UPPER_PRIVILEGE");
    assertThat(ids(house.check(house.service().with(file("app/.ssh/id_rsa", "x", 0600)))))
        .containsExactly("UPPER_SECRET");
  }

  @Test
  void refusesAnIndexOfWhichOnePlatformIsGood() {
    Platform amd = Platform.parse("linux/amd64");
    Platform arm = Platform.parse("linux/arm64");
    LayoutFolder official = TinyBase.writeTo(shared.resolve("two"), amd, arm);
    LayoutFolder golden = house.push(GoldenFixture.of(official).line("22").version("22.0.1"), "22");
    ApplicationFixture both =
        ApplicationFixture.on(golden, "22", house.registry.host() + "/golden/java:22");
    assertThat(house.check(both).findings()).isEmpty();

    ApplicationFixture bent =
        both.runtime(runtime -> runtime)
            .config(
                config ->
                    config.platform().equals(arm)
                        ? config.withRuntime(runtime -> runtime.with("User", "0"))
                        : config);
    ImageReport report = house.check(bent);

    AttackPage.holds("D1", "an index of which one platform is good", report);
    assertThat(only(report, "CONFIG_USER").where()).endsWith(", linux/arm64");
  }

  /** The registry stores it, every Java library reads it as golden, Go tools run the other. */
  @Test
  void refusesAManifestWithConfusableKeys() {
    LayoutFolder layout = LayoutFolder.at(shared.resolve("confusable"));
    String good =
        new String(house.service().writeTo(layout, "good").bytes(), StandardCharsets.UTF_8);
    String bent = good.substring(0, good.length() - 1) + ",\"Layers\":[]}";
    house.registry.push(layout, "good", "apps/confusable", "good");
    house.registry.put(
        MediaTypes.OCI_MANIFEST, bent.getBytes(StandardCharsets.UTF_8), "apps/confusable", "bent");

    ImageReport report = house.check(house.registry.host() + "/apps/confusable:bent");

    AttackPage.holds("F1", "'layers', and 'Layers' that Go reads instead", report);
    assertThat(ids(report)).containsExactly("IMAGE_READABLE");
    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "root", "0", "+0", "00", "0:10001", "-0", "4294967296", "app"})
  void refusesRootByAnyOfItsNames(String user) {
    ImageReport report =
        house.check(house.service().runtime(runtime -> runtime.with("User", user)));

    AttackPage.holds("G1", "the user '" + user + "'", report);
    assertThat(ids(report)).containsExactly("CONFIG_USER");
  }

  @Test
  void anotherNumberAboveZeroIsNoRoot() {
    assertThat(
            house
                .check(house.service().runtime(runtime -> runtime.with("User", "1000:1000")))
                .findings())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=/app/mine",
        "JDK_JAVA_OPTIONS=-Xmx1g",
        "LD_PRELOAD=/app/evil.so",
        "SSL_CERT_FILE=/app/certs.pem",
        "PATH=/app"
      })
  void refusesAChangedEnvironment(String variable) {
    ImageReport report =
        house.check(
            house
                .service()
                .with(Reported.file("app/java", "", 0755))
                .runtime(
                    runtime -> {
                      String name = variable.substring(0, variable.indexOf('=') + 1);
                      List<String> env = new ArrayList<>(runtime.strings("Env"));
                      env.removeIf(known -> known.startsWith(name));
                      env.add(variable);
                      return runtime.with("Env", JsonValue.ofTexts(env));
                    }));

    AttackPage.holds("G3", "`" + variable + "`", report);
    assertThat(ids(report)).containsExactly("CONFIG_ENVIRONMENT");
  }

  @Test
  void refusesAVariableGivenTwice() {
    ImageReport report =
        house.check(
            house
                .service()
                .runtime(
                    runtime -> {
                      List<String> env = new ArrayList<>(runtime.strings("Env"));
                      env.add("TZ=Asia/Seoul");
                      return runtime.with("Env", JsonValue.ofTexts(env));
                    }));

    AttackPage.holds("G3", "a variable given twice", report);
    assertThat(only(report, "CONFIG_ENVIRONMENT").where()).endsWith(", variable TZ");
  }

  @Test
  void refusesCommandsForOtherBuildsAndVolumesOverProtectedPaths() {
    assertThat(
            ids(
                house.check(
                    house
                        .service()
                        .runtime(r -> r.with("OnBuild", JsonValue.ofTexts(List.of("RUN x")))))))
        .containsExactly("CONFIG_ONBUILD");
    assertThat(
            ids(
                house.check(
                    house
                        .service()
                        .runtime(
                            r ->
                                r.with(
                                    "Volumes",
                                    JsonObject.EMPTY.with("/./etc//ssl/", JsonObject.EMPTY))))))
        .containsExactly("CONFIG_VOLUMES");
  }

  @Test
  void refusesAGoldenThatThePolicyDoesNotAllow() {
    house.registry.push(house.golden, "21", "mine/java", "21");
    ApplicationFixture mine =
        ApplicationFixture.on(house.golden, "21", house.registry.host() + "/mine/java:21");

    ImageReport report = house.check(mine);

    assertThat(only(report, "GOLDEN_ALLOWED").found())
        .isEqualTo("'" + house.registry.host() + "/mine/java:21'");
    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void refusesAGoldenOfAPublisherNobodyTrusts() {
    LayoutFolder layout =
        house.push(
            GoldenFixture.of(house.official).officialName("docker.io/someone/java:17").line("9"),
            "9");
    ApplicationFixture on =
        ApplicationFixture.on(layout, "9", house.registry.host() + "/golden/java:9");

    assertThat(ids(house.check(on))).containsExactly("OFFICIAL_ALLOWED");
  }

  @Test
  void refusesLabelsThatDisagreeWithTheGolden() {
    assertThat(
            only(
                    house.check(house.service().label(Label.GOLDEN_VERSION, "21.0.99")),
                    "LABELS_AGREE")
                .where())
        .endsWith(", label io.github.goldenmaven.golden.version");
  }

  @Test
  void couldNotTellOfAnImageThatIsNotThereOrAGoldenThatIsGone() {
    assertThat(house.check(house.registry.host() + "/apps/nothing:1").verdict())
        .isEqualTo(Verdict.UNKNOWN);
    assertThat(
            house
                .check(house.service().label(Label.BASE_DIGEST, "sha256:" + "1".repeat(64)))
                .findings())
        .extracting(Finding::severity)
        .contains(Severity.UNKNOWN);
  }

  /** Whatever goes wrong with one image: no exception of the run, and a verdict for the others. */
  @Test
  void couldNotTellOfAnImageThatBreaksTheGateAndStillJudgesTheOthers() {
    String good = house.push(house.service());
    Function<ImageReference, ImageStore> stores =
        new ImageStores(
                RegistryAccess.ANONYMOUS,
                daemon -> {
                  throw new AssertionError(daemon);
                })
            ::open;

    GateReport report =
        new Gate(
                new GateRequest(
                    List.of(
                        ImageReference.parse(house.registry.host() + "/apps/huge:1"),
                        ImageReference.parse(good)),
                    List.of(),
                    house.policy(""),
                    shared.resolve("cache"),
                    GateHouse.NOW),
                reference -> {
                  if (reference.name().endsWith("/huge")) {
                    throw new OutOfMemoryError("Java heap space");
                  }
                  return stores.apply(reference);
                },
                new RecordingConsole())
            .check();

    assertThat(report.images())
        .extracting(ImageReport::verdict)
        .containsExactly(Verdict.UNKNOWN, Verdict.PASS);
    assertThat(only(report.images().get(0), "IMAGE_AVAILABLE").found())
        .isEqualTo("java.lang.OutOfMemoryError: Java heap space");
  }

  @Test
  void couldNotTellOfARegistryThatDoesNotAnswer() {
    assertThat(house.check("localhost:1/apps/orders:1").verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void holdsAGoldenToItsAgeAndTheImageToItsSources() {
    String reference = house.push(house.service());
    GoldenPolicy policy =
        house.policy(
            "freshness: {maxAge: P1D}\nsources: {"
                + house.registry.host()
                + "/apps/orders: \"https://git.company.example/other\"}\n");

    assertThat(ids(house.check(policy, reference).images().get(0)))
        .containsExactly("GOLDEN_FRESH", "SOURCE_ALLOWED");
  }

  @Test
  void countsHowFarBehindItsLineAGoldenIs() {
    house.push(GoldenFixture.of(house.official).line("30").version("30.0.10"), "30.0.10");
    house.push(GoldenFixture.of(house.official).line("30").version("30.0.11"), "30.0.11");
    LayoutFolder old =
        house.push(GoldenFixture.of(house.official).line("30").version("30.0.9"), "30.0.9");
    String reference =
        house.push(
            ApplicationFixture.on(old, "30.0.9", house.registry.host() + "/golden/java:30.0.9"));

    assertThat(house.check(house.policy("freshness: {behind: 2}\n"), reference).verdict())
        .isEqualTo(Verdict.PASS);
    assertThat(
            only(
                    house
                        .check(house.policy("freshness: {behind: 1}\n"), reference)
                        .images()
                        .get(0),
                    "GOLDEN_FRESH")
                .found())
        .startsWith("2 newer than '");
  }

  @Test
  void aWaiverLetsOneDigestThroughForATime() {
    String reference = house.push(house.service().runtime(runtime -> runtime.with("User", "0")));
    String digest = house.check(reference).digest().orElseThrow().toString();
    String other = "sha256:" + "2".repeat(64);

    assertThat(house.check(waiver(digest, "2026-11-24"), reference).verdict())
        .isEqualTo(Verdict.PASS);
    assertThat(house.check(waiver(digest, "2026-11-23"), reference).verdict())
        .isEqualTo(Verdict.REFUSED);
    assertThat(
            house
                .check(waiver(digest, "2026-11-23"), reference)
                .images()
                .get(0)
                .findings()
                .get(0)
                .remedy())
        .endsWith(" The waiver of 'platform' ended on 2026-11-23.");
    assertThat(house.check(waiver(other, "2026-11-24"), reference).verdict())
        .isEqualTo(Verdict.REFUSED);
  }

  /** What is let through for ever is a rule of its own. */
  @Test
  void refusesAWaiverOfMoreThanTwoYears() {
    String digest = "sha256:" + "2".repeat(64);
    GoldenPolicy endless = waiver(digest, "2028-11-25");

    assertThatThrownBy(() -> house.check(endless, house.goldenName))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "In '%s', line 3, column 121: the waiver ends on 2028-11-25, more than two years from"
                + " now. Write a day until 2028-11-24, and look at it again then: a waiver is for a"
                + " time.",
            endless.file());
    assertThat(house.check(waiver(digest, "2028-11-24"), house.goldenName).images()).hasSize(1);
  }

  private static GoldenPolicy waiver(String digest, String until) {
    return house.policy(
        "waivers: [{rule: CONFIG_USER, digest: \""
            + digest
            + "\", until: "
            + until
            + ", owner: platform, reason: moving}]\n");
  }

  @Test
  void refusesAPolicyThatNamesARuleThereIsNot() {
    GoldenPolicy policy = house.policy("effective: {CONFIG_USR: 2027-01-01}\n");
    GoldenPolicy lax = house.policy("effective: {GOLDEN_LAYERS: 2027-01-01}\n");

    assertThatThrownBy(() -> house.check(policy, house.goldenName))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "In '%s', line 3, column 13: the rule 'CONFIG_USR' is not known. Did you mean"
                + " 'CONFIG_USER'?",
            policy.file());
    assertThatThrownBy(() -> house.check(lax, house.goldenName))
        .hasMessageStartingWith(
            "In '"
                + lax.file()
                + "', line 3, column 13: the rule 'GOLDEN_LAYERS' is waived or delayed, which"
                + " nobody may. Take it out of 'waivers' and 'effective', and mend the image: ");
  }

  /** Policies outlive rules: each id of before leads to the rule that has its demand today. */
  @ParameterizedTest
  @CsvSource({
    "UPPER_WHITEOUT,UPPER_PLACE",
    "UPPER_PROTECTED_PATH,UPPER_PLACE",
    "UPPER_LINK,UPPER_PLACE",
    "UPPER_DEVICE,UPPER_PRIVILEGE",
    "CONFIG_ENTRYPOINT,CONFIG_COMMAND",
    "PROVENANCE_OWN,PROVENANCE_STAMPED",
    "GOLDEN_CURRENT,GOLDEN_FRESH"
  })
  void tellsWhatARuleOfBeforeIsNow(String before, String now) {
    GoldenPolicy policy = house.policy("effective: {" + before + ": 2027-01-01}\n");

    assertThatThrownBy(() -> house.check(policy, house.goldenName))
        .isInstanceOf(RefusedException.class)
        .hasMessageMatching(
            "In '.*', line 3, column \\d+: the rule '%s' is a part of '%s' now\\. Write '%s', and look at all that it demands: docs/rules/%s\\.md\\."
                .formatted(before, now, now, now));
  }

  @Test
  void tellsOfARuleOfBeforeThatNobodyMayWaive() {
    GoldenPolicy policy = house.policy("effective: {LAYER_CONTENT: 2027-01-01}\n");

    assertThatThrownBy(() -> house.check(policy, house.goldenName))
        .hasMessage(
            "In '%s', line 3, column 13: the rule 'LAYER_CONTENT' is a part of 'IMAGE_READABLE'"
                + " now. Take it out of 'waivers' and 'effective': nobody may waive"
                + " 'IMAGE_READABLE'.",
            policy.file());
  }

  @Test
  void checksManyImagesInOneRunAndReadsTheirGoldenOnce() {
    String[] references = new String[20];
    for (int at = 0; at < references.length; at++) {
      references[at] = house.push(house.service().label(Label.DESCRIPTION, "number " + at));
    }
    house.registry.mark();

    GateReport report = house.check(house.policy(""), references);

    assertThat(report.verdict()).isEqualTo(Verdict.PASS);
    assertThat(report.images()).extracting(ImageReport::reference).containsExactly(references);
    assertThat(house.registry.requests()).hasSizeLessThanOrEqualTo(2 * references.length + 10);
  }

  @Test
  void refusesTheRequestOfNoImage() {
    assertThatThrownBy(
            () -> new GateRequest(List.of(), List.of(), house.policy(""), shared, GateHouse.NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static GoldenPolicy exactPolicy(String more) {
    try {
      Path file = java.nio.file.Files.createTempFile(shared, "exact", ".yaml");
      java.nio.file.Files.writeString(
          file, "golden: [" + house.registry.host() + "/golden/java]\n" + more);
      return GoldenPolicy.read(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** What is stamped has a grammar, and what is outside is no stamp of ours. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MAVEN_COORDINATES|x|is not group:artifact:version",
        "REVISION|latest and greatest|is not a commit of 40 or 64 digits",
        "CREATED|2099-01-01T00:00:00Z|is a time that is not yet",
        "CREATED|yesterday|is not a time",
        "SOURCE|https://user:secret@git.example/x|has a user, a password or a secret",
        "VERSION|a b|is not a version",
        "BASE_LAYERS|03|is not a number of layers",
        "BASE_MANIFEST|sha256:x|is not a digest"
      })
  void refusesAStampedValueOutsideItsGrammar(Label label, String value, String why) {
    ImageReport report = house.check(house.service().label(label, value));

    AttackPage.holds(
        "I6", "the label `" + label + "` says `" + value.replace("secret", "...") + "`", report);
    assertThat(report.findings())
        .filteredOn(finding -> finding.rule().id().equals("LABELS_PRINTABLE"))
        .extracting(Finding::found)
        .allMatch(found -> found.endsWith("', which " + why));
    assertThat(ids(report)).contains("LABELS_PRINTABLE");
    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void refusesANameWithAnotherDigestAndAnAnnotationThatNoLabelHolds() {
    String other = "sha256:" + "3".repeat(64);
    ImageReport name =
        house.check(house.service().label(Label.BASE_NAME, house.goldenName + "@" + other));
    AttackPage.holds("I6", "`base.name` with the digest of another golden image", name);
    assertThat(ids(name)).contains("LABELS_AGREE");
    for (String key :
        List.of(
            "io.github.goldenmaven.golden.version",
            "io.github.goldenmaven.official.digest",
            "io.github.goldenmaven.anything",
            "org.opencontainers.image.vendor")) {
      ImageReport report =
          house.check(
              house
                  .service()
                  .manifest(
                      json ->
                          json.with(
                              "annotations",
                              json.object("annotations").orElseThrow().with(key, "lie"))));
      AttackPage.holds("I6", "an annotation `" + key + "` that lies", report);
      assertThat(ids(report)).containsExactly("LABELS_AGREE");
    }
  }

  /** A history of other layers than there are. */
  @Test
  void refusesAHistoryOfOtherLayers() {
    ImageReport report =
        house.check(
            house
                .service()
                .config(
                    config -> {
                      List<JsonObject> history = new ArrayList<>(config.json().objects("history"));
                      history.remove(history.size() - 1);
                      return new io.github.goldenmaven.oci.ImageConfig(
                          config.json().with("history", JsonValue.ofObjects(history)));
                    }));

    AttackPage.holds("I6", "a history of other layers than there are", report);
    assertThat(ids(report)).containsExactly("IMAGE_READABLE");
  }

  /** What only says that no machine runs it. */
  @Test
  void refusesAnIndexEntryThatOnlyLooksUnrunnable() {
    LayoutFolder layout = LayoutFolder.at(shared.resolve("unrunnable"));
    RawManifest good = house.service().writeTo(layout, "good");
    JsonObject unknown = JsonObject.EMPTY.with("architecture", "unknown").with("os", "unknown");
    JsonObject here =
        JsonObject.EMPTY
            .with("architecture", layout.config(new ImageManifest(good)).platform().architecture())
            .with("os", "linux");
    RawManifest evil = house.service().runtime(r -> r.with("User", "0")).writeTo(layout, "evil");
    layout.put(
        RawManifest.of(
            JsonObject.EMPTY
                .with("schemaVersion", 2)
                .with("mediaType", MediaTypes.OCI_INDEX)
                .with(
                    "manifests",
                    JsonValue.ofObjects(
                        List.of(
                            good.descriptor().withPlatform(here).json(),
                            evil.descriptor().withPlatform(unknown).json())))),
        "both");
    house.registry.push(layout, "both", "apps/unrunnable", "both");

    ImageReport report = house.check(house.registry.host() + "/apps/unrunnable:both");

    AttackPage.holds("I7", "an image for the platform 'unknown'", report);
    assertThat(ids(report)).containsExactly("IMAGE_READABLE");
  }
}
