package io.github.goldenmaven.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageIndex;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.packaging.BuildResult.Outcome;
import io.github.goldenmaven.packaging.container.ServiceContainer;
import io.github.goldenmaven.packaging.layers.PackagedService;
import io.github.goldenmaven.packaging.layers.ServiceLayer;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.Request;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.provenance.Coordinates;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.provenance.ProjectFacts;
import io.github.goldenmaven.provenance.git.GitFacts;
import io.github.goldenmaven.provenance.git.GitFacts.WorkTree;
import io.github.goldenmaven.registry.http.RegistryAccess;
import io.github.goldenmaven.registry.stores.ImageStores;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class ImageBuildTest {

  private static final String REVISION = "a".repeat(40);

  @TempDir static Path shared;
  @TempDir Path folder;
  private static DockerRegistry registry;
  private static LayoutFolder tiny;
  private static String golden;
  private static String ordinary;
  private static int images;

  private final RecordingConsole console = new RecordingConsole();
  private String target;

  @BeforeAll
  static void startRegistry() {
    registry = DockerRegistry.start();
    tiny = TinyBase.writeTo(shared.resolve("tiny"));
    golden = GoldenFixture.of(tiny).pushTo(registry, "golden/java");
    registry.push(tiny, TinyBase.TAG, "official/java", "17");
    ordinary = registry.host() + "/official/java:17";
  }

  @AfterAll
  static void stopRegistry() {
    registry.close();
  }

  @BeforeEach
  void nameATarget() {
    images++;
    target = registry.host() + "/apps/orders" + images + ":1.4.2";
  }

  @Test
  void aColdAgentNeedsFifteenRequestsAndOneForEachBaseLayer() {
    registry.mark();

    build("v1", folder.resolve("cold"));

    List<Request> requests = registry.requests();
    int baseLayers = 3;
    // 2 for the base, 1 to look at the tag, L mounts, 4 layers and the config at 2 each, 1
    // manifest,
    // 1 to read the tag back: this service has four layers, as a jar project has.
    assertThat(requests).hasSize(15 + baseLayers);
    assertThat(bytesDown(requests)).isLessThan(10_000);
  }

  /**
   * What the build says of places is in the golden image's label: its layers stay where they are.
   */
  @Test
  void aColdBuildDownloadsNoByteOfAGoldenLayer() throws IOException {
    byte[] much = new byte[1 << 20];
    new Random(1).nextBytes(much);
    String base =
        GoldenFixture.of(tiny)
            .label(
                "io.github.goldenmaven.golden.tree",
                "names=app/,bin,etc,opt,opt/java,usr,var;given=;jvms=/opt/java:17;"
                    + "java=/opt/java/bin/java;links=bin;kept=opt/java/")
            .with(
                new LayerEntry.File(
                    "opt/java/lib/modules",
                    much.length,
                    () -> new ByteArrayInputStream(much),
                    0644,
                    LayerEntry.Owner.ROOT,
                    Instant.EPOCH))
            .pushTo(registry, "golden/large");
    Files.writeString(
        folder.resolve("golden-policy.yaml"),
        "golden: ["
            + registry.host()
            + "/golden/*]\napplication: {paths: [/var/lib/jetty/webapps]}\n");
    GoldenPolicy policy = GoldenPolicy.read(folder.resolve("golden-policy.yaml"));
    RawManifest large = registry.manifest("golden/large", "21").orElseThrow();
    Digest config = new ImageManifest(large).config().digest();
    registry.mark();

    assertThat(run(request(base, List.of(), "v1", policy, GitState.CLEAN, false, false)).outcome())
        .isEqualTo(Outcome.PUSHED);

    assertThat(registry.requests())
        .filteredOn(request -> request.method().equals("GET"))
        .extracting(Request::toString)
        .filteredOn(request -> request.contains("/golden/large/"))
        .containsExactly(
            "GET /v2/golden/large/manifests/21 200",
            "GET /v2/golden/large/blobs/" + config + " 200");
    assertThat(bytesDown(registry.requests())).isLessThan(20_000);
  }

  @Test
  void nothingChangedNeedsOneRequestForTheTagAndOneForABaseThatIsNotPinned() {
    build("v1", folder.resolve("cache"));
    registry.mark();

    BuildResult result = build("v1", folder.resolve("cache"));

    assertThat(result.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(registry.requests())
        .extracting(Request::toString)
        .containsExactly(
            "GET /v2/golden/java/manifests/21 200",
            "GET /v2/apps/orders" + images + "/manifests/1.4.2 200");

    pinned("v1");
    registry.mark();
    assertThat(pinned("v1").outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(registry.requests())
        .extracting(Request::toString)
        .containsExactly("GET /v2/apps/orders" + images + "/manifests/1.4.2 200");
  }

  @Test
  void oneChangedClassNeedsSixRequestsOnAPinnedBase() {
    pinned("v1");
    registry.mark();

    assertThat(pinned("v2").outcome()).isEqualTo(Outcome.PUSHED);

    assertThat(registry.requests())
        .extracting(Request::method)
        .containsExactlyInAnyOrder("POST", "POST", "PUT", "PUT", "PUT", "GET");
  }

  /** Another repository's image of this digest is not the golden image that the policy means. */
  @Test
  void aPolicyAsksTheGoldenRepositoryItselfOnceThoughTheBaseIsPinnedAndKnown() throws IOException {
    pinned("v1");
    Digest digest = registry.manifest("golden/java", "21").orElseThrow().digest();
    BuildRequest held =
        request(
            golden + "@" + digest,
            List.of(),
            "v1",
            policy("[\"" + registry.host() + "/golden/*\"]"),
            GitState.CLEAN,
            false,
            false);
    registry.mark();

    assertThat(run(held).outcome()).isEqualTo(Outcome.UNCHANGED);

    assertThat(registry.requests())
        .extracting(Request::toString)
        .containsExactlyInAnyOrder(
            "GET /v2/golden/java/manifests/" + digest + " 200",
            "GET /v2/apps/orders" + images + "/manifests/1.4.2 200");
  }

  private GoldenPolicy policy(String goldens) throws IOException {
    Path policy = folder.resolve("golden-policy.yaml");
    Files.writeString(policy, "golden: " + goldens + "\n");
    return GoldenPolicy.read(policy);
  }

  @Test
  void classesThatTheGoldensJavaDoesNotLoadAreRefusedBeforeAnythingIsPushed() {
    GoldenFixture.of(tiny)
        .label("io.github.goldenmaven.golden.java", "17,21")
        .pushTo(registry, "golden/java17");
    BuildRequest tooNew = request(registry.host() + "/golden/java17:21", List.of(), "v1");

    PackagedService service = SampleService.of("v1", Map.of());
    registry.mark();
    assertThatThrownBy(() -> run(with(tooNew, () -> ofJava(service, 21))))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The golden image's Java is 17. The project's class 'app.classes.Main' is for Java 21"
                + " (class file version 65). Compile the project for it with"
                + " maven.compiler.release 17, or name a golden image of Java 21 in <base> or with"
                + " -Dgolden.base.");
    assertThat(registry.requests()).extracting(Request::method).containsOnly("GET");
    assertThat(registry.manifest("apps/orders" + images, "1.4.2")).isEmpty();

    run(with(tooNew, () -> ofJava(service, 17)));
    assertThat(config(new ImageManifest(pushed())).labels())
        .containsEntry("io.github.goldenmaven.golden.java", "17,21");
  }

  /** The service with a class file's first bytes for its class. */
  private static PackagedService ofJava(PackagedService service, int java) {
    byte[] header = {
      (byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, (byte) (java + 44)
    };
    LayerEntry main =
        new LayerEntry.File(
            "app/classes/Main.class",
            header.length,
            () -> new ByteArrayInputStream(header),
            0644,
            LayerEntry.Owner.ROOT,
            Instant.ofEpochSecond(1));
    return new PackagedService(
        List.of(ServiceLayer.of(ServiceLayer.CLASSES, List.of(main))), service.container());
  }

  @Test
  void theImageIsWhatTheLabelsSay() {
    BuildResult result = build("v1", folder.resolve("cache"));

    RawManifest raw = pushed();
    assertThat(raw.digest()).isEqualTo(result.digest());
    ImageManifest manifest = new ImageManifest(raw);
    ImageConfig config = config(manifest);
    ImageManifest base = new ImageManifest(registry.manifest("golden/java", "21").orElseThrow());
    assertThat(manifest.layers().subList(0, 3))
        .extracting(layer -> layer.digest())
        .isEqualTo(base.layers().stream().map(layer -> layer.digest()).toList());
    assertThat(config.labels())
        .containsEntry("org.opencontainers.image.base.name", golden)
        .containsEntry("org.opencontainers.image.base.digest", base.digest().toString())
        .containsEntry("org.opencontainers.image.revision", REVISION)
        .containsEntry("org.opencontainers.image.version", "1.4.2")
        .containsEntry("io.github.goldenmaven.role", "application")
        .containsEntry("io.github.goldenmaven.base.layers", "3")
        .containsEntry(
            "io.github.goldenmaven.base.chain",
            ImageConfig.chainId(config.diffIds().subList(0, 3)).toString())
        .doesNotContainKey("org.opencontainers.image.ref.name");
    assertThat(manifest.annotations())
        .containsEntry("org.opencontainers.image.base.digest", base.digest().toString());
    assertThat(config.runtime().strings("Entrypoint")).containsExactly("java", "Main");
    assertThat(config.json().string("created")).contains("2026-11-23T00:00:00Z");
    assertThat(console.lines)
        .contains("pushed " + target, "mounted 3 from " + registry.host() + "/golden/java");
  }

  @Test
  void aBaseOfTwoPlatformsGivesAnIndexOfTwo() {
    String base = twoPlatforms();

    BuildResult result = run(request(base, List.of(), "v1"));

    ImageIndex index = new ImageIndex(pushed());
    assertThat(index.digest()).isEqualTo(result.digest());
    assertThat(index.runnable())
        .extracting(entry -> entry.platform().orElseThrow().toString())
        .containsExactly("linux/amd64", "linux/arm64");
    assertThat(index.annotations())
        .containsEntry(
            "org.opencontainers.image.base.digest",
            registry.manifest("golden/two", "21").orElseThrow().digest().toString());
  }

  @Test
  void onePlatformOfTwoGivesAnIndexOfOne() {
    BuildResult result = run(request(twoPlatforms(), List.of(Platform.parse("linux/arm64")), "v1"));

    ImageIndex index = new ImageIndex(pushed());
    assertThat(index.digest()).isEqualTo(result.digest());
    assertThat(index.runnable())
        .extracting(entry -> entry.platform().orElseThrow().toString())
        .containsExactly("linux/arm64");
  }

  @Test
  void aPlatformWithoutAVariantTakesAnyVariant() {
    assertThat(Platform.parse("linux/arm64").covers(Platform.parse("linux/arm64/v8"))).isTrue();
    assertThat(Platform.parse("linux/arm/v7").covers(Platform.parse("linux/arm/v6"))).isFalse();
    assertThat(Platform.parse("linux/arm/v7").covers(Platform.parse("linux/arm"))).isFalse();
    assertThat(Platform.parse("linux/amd64").covers(Platform.parse("linux/arm64"))).isFalse();
  }

  @Test
  void aCreationTimeThatTheServiceWroteDownIsTheImagesAndItsLabels() {
    BuildRequest plain = request(golden, List.of(), "v1");
    PackagedService service = plain.service().get();
    ServiceContainer container = service.container();
    ServiceContainer dated =
        new ServiceContainer(
            container.entrypoint(),
            container.cmd(),
            container.mainClass(),
            container.workingDirectory(),
            container.user(),
            container.environment(),
            container.labels(),
            container.ports(),
            container.volumes(),
            Instant.parse("2020-02-02T02:02:02Z"),
            container.format());

    run(
        new BuildRequest(
            plain.base(),
            plain.target(),
            null,
            List.of(),
            plain.project(),
            List.of(),
            plain.git(),
            () -> new PackagedService(service.layers(), dated),
            plain.cache(),
            false,
            false));

    ImageConfig config = config(new ImageManifest(pushed()));
    assertThat(config.json().string("created")).contains("2020-02-02T02:02:02Z");
    assertThat(config.labels())
        .containsEntry("org.opencontainers.image.created", "2020-02-02T02:02:02Z");
  }

  @Test
  void refusesAPlatformThatTheBaseLacks() {
    assertRefused(
        request(golden, List.of(Platform.parse("linux/s390x")), "v1"),
        "The base '"
            + golden
            + "' has no platform 'linux/s390x'. It has 'linux/amd64': name some of these in"
            + " <platforms> or -Dgolden.platforms, or have the golden image baked for more.");
  }

  @Test
  void refusesABaseThatIsNotGolden() {
    assertRefused(
        request(ordinary, List.of(), "v1"),
        "The base '"
            + ordinary
            + "' is an ordinary image: it has no label 'io.github.goldenmaven.role'. Name a golden"
            + " image in <base> or with -Dgolden.base, or have one baked from this image with"
            + " golden:bake.");
  }

  @Test
  void refusesABaseThatDoesNotExist() {
    String missing = registry.host() + "/golden/java:99";
    assertRefused(
        request(missing, List.of(), "v1"),
        "The base '"
            + missing
            + "' does not exist. Name a golden image that was pushed, in <base> or with"
            + " -Dgolden.base. Tags there are '21'.");
  }

  @Test
  void refusesABaseOutsideThePolicysRepositories() throws IOException {
    GoldenPolicy policy = policy("[registry.company.example/golden/*]");
    BuildRequest request = request(golden, List.of(), "v1", policy, GitState.CLEAN, false, false);

    registry.mark();
    assertThatThrownBy(() -> run(request))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("'" + golden + "'")
        .hasMessageContaining("registry.company.example/golden/*");
    assertThat(registry.requests()).isEmpty();
  }

  @Test
  void saysWhatAPolicyWasUsedForAndWhatIsLeftToTheReleaseGate() throws IOException {
    GoldenPolicy policy = policy("[\"" + registry.host() + "/golden/*\"]");

    run(request(golden, List.of(), "v1", policy, GitState.CLEAN, false, true));

    assertThat(console.lines)
        .contains(
            "By golden-policy.yaml: the base's repository and role label were checked; freshness,"
                + " sources, labels and waivers are for the release gate")
        .noneMatch(line -> line.startsWith("No golden-policy.yaml"));
  }

  @Test
  void saysThatWithoutAPolicyOnlyTheRoleLabelWasChecked() {
    run(request(golden, List.of(), "v1", null, GitState.CLEAN, false, true));

    assertThat(console.lines)
        .contains("No golden-policy.yaml: the base's role label was checked, nothing more")
        .noneMatch(line -> line.startsWith("By golden-policy.yaml"));
  }

  @Test
  void warnsOfWhatTheServiceReplacesOfItsGoldenImage() {
    BuildRequest request = request(golden, List.of(), "v1", null, GitState.CLEAN, false, true);

    run(with(request, () -> SampleService.of("v1", Map.of("TZ", "UTC"))));

    assertThat(console.lines)
        .contains(
            "warning: The service replaces 'TZ' of its golden image. Leave it out of"
                + " <container><environment> unless you mean to; a release gate may refuse it.");
  }

  @Test
  void aWrongBaseIsToldBeforeAWrongService() {
    BuildRequest request = request(ordinary, List.of(), "v1");
    BuildRequest broken =
        with(
            request,
            () -> {
              throw new RefusedException("No main class.", "Write one.");
            });

    assertThatThrownBy(() -> run(broken)).hasMessageContaining("is an ordinary image");
  }

  @Test
  void aDryRunSendsNothing() {
    registry.mark();

    BuildResult result = run(request(golden, List.of(), "v1", null, GitState.CLEAN, false, true));

    assertThat(result.outcome()).isEqualTo(Outcome.DRY_RUN);
    assertThat(registry.requests()).extracting(Request::method).containsOnly("GET");
    assertThat(console.lines).contains("would push " + target);
    assertThat(registry.manifest("apps/orders" + images, "1.4.2")).isEmpty();
  }

  @Test
  void aFurtherTagCostsOnePutAndIsReadBack() {
    run(request(golden, List.of(), "v1"));
    registry.mark();

    BuildResult result = run(alsoTagged(request(golden, List.of(), "v1")));

    assertThat(result.outcome()).isEqualTo(Outcome.PUSHED);
    String manifests = " /v2/apps/orders" + images + "/manifests/";
    assertThat(registry.requests())
        .extracting(Request::toString)
        .containsExactly(
            "GET /v2/golden/java/manifests/21 200",
            "GET" + manifests + "1.4.2 200",
            "GET" + manifests + "1.4 404",
            "PUT" + manifests + "1.4 201",
            "GET" + manifests + "1.4 200",
            "GET" + manifests + "latest 404",
            "PUT" + manifests + "latest 201",
            "GET" + manifests + "latest 200");
    for (String tag : List.of("1.4.2", "1.4", "latest")) {
      assertThat(registry.manifest("apps/orders" + images, tag).orElseThrow().digest())
          .isEqualTo(result.digest());
    }
    String name = target.substring(0, target.lastIndexOf(':'));
    assertThat(console.lines)
        .endsWith("unchanged " + target, "pushed " + name + ":1.4", "pushed " + name + ":latest");
  }

  @Test
  void furtherTagsThatNameTheImageAlreadyAreOnlyAskedFor() {
    run(alsoTagged(request(golden, List.of(), "v1")));
    registry.mark();

    assertThat(run(alsoTagged(request(golden, List.of(), "v1"))).outcome())
        .isEqualTo(Outcome.UNCHANGED);

    assertThat(registry.requests()).hasSize(4).extracting(Request::method).containsOnly("GET");
  }

  @Test
  void aDryRunNamesEachTagAndSendsNone() {
    registry.mark();

    run(alsoTagged(request(golden, List.of(), "v1", null, GitState.CLEAN, false, true)));

    assertThat(registry.requests()).extracting(Request::method).containsOnly("GET");
    String name = target.substring(0, target.lastIndexOf(':'));
    assertThat(console.lines)
        .endsWith(
            "would push " + target,
            "would push " + name + ":1.4",
            "would push " + name + ":latest");
  }

  @Test
  void furtherTagsGoIntoALayoutFolderToo() {
    target = "oci:" + folder.resolve("layout") + ":1.4.2";
    BuildResult result = run(alsoTagged(request(golden, List.of(), "v1")));

    LayoutFolder layout = LayoutFolder.at(folder.resolve("layout"));
    for (String tag : List.of("1.4.2", "1.4", "latest")) {
      assertThat(layout.manifest(tag).digest()).isEqualTo(result.digest());
    }
    assertThat(run(alsoTagged(request(golden, List.of(), "v1"))).outcome())
        .isEqualTo(Outcome.UNCHANGED);
  }

  private static BuildRequest alsoTagged(BuildRequest request) {
    return request.also(
        List.of(request.target().withTag("1.4"), request.target().withTag("latest")));
  }

  @Test
  void aReleaseRefusesADirtyWorkTree() {
    assertThatThrownBy(
            () -> run(request(golden, List.of(), "v1", null, GitState.DIRTY, true, false)))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "This cannot be released: the work tree differs from the commit. Commit or remove what"
                + " 'git status' lists. Or build without -Dgolden.release.");
    assertThat(registry.manifest("apps/orders" + images, "1.4.2")).isEmpty();
  }

  @Test
  void theSameSourcesGiveTheSameImageInALayoutFolder() {
    String first = "oci:" + folder.resolve("one");
    String second = "oci:" + folder.resolve("two");
    target = first;
    Digest one = build("v1", folder.resolve("cache one")).digest();
    target = second;
    Digest two = build("v1", folder.resolve("cache two")).digest();

    assertThat(two).isEqualTo(one);
    assertThat(folder.resolve("two/blobs/sha256/" + one.hex())).exists();
  }

  @Test
  void aTargetPinnedToADigestIsRefused() {
    assertThatThrownBy(() -> reference(target + "@" + Digest.of(new byte[0])))
        .isInstanceOf(RefusedException.class)
        .hasMessageEndingWith(
            "is pinned to a digest. A build decides the digest itself: name a tag in <image> or"
                + " -Dgolden.image.");
  }

  private void reference(String pinned) {
    target = pinned;
    request(golden, List.of(), "v1");
  }

  private void assertRefused(BuildRequest request, String message) {
    assertThatThrownBy(() -> run(request)).isInstanceOf(RefusedException.class).hasMessage(message);
    assertThat(registry.manifest("apps/orders" + images, "1.4.2")).isEmpty();
  }

  private String twoPlatforms() {
    LayoutFolder both =
        TinyBase.writeTo(
            folder.resolve("both"), Platform.parse("linux/amd64"), Platform.parse("linux/arm64"));
    return GoldenFixture.of(both).pushTo(registry, "golden/two");
  }

  private BuildResult build(String classes, Path cache) {
    BuildRequest request = request(golden, List.of(), classes);
    return run(
        new BuildRequest(
            request.base(),
            request.target(),
            null,
            List.of(),
            request.project(),
            request.snapshots(),
            request.git(),
            request.service(),
            cache,
            false,
            false));
  }

  private BuildResult pinned(String classes) {
    Digest digest = registry.manifest("golden/java", "21").orElseThrow().digest();
    return run(request(golden + "@" + digest, List.of(), classes));
  }

  private BuildRequest request(String base, List<Platform> platforms, String classes) {
    return request(base, platforms, classes, null, GitState.CLEAN, false, false);
  }

  private enum GitState {
    CLEAN,
    DIRTY
  }

  private BuildRequest request(
      String base,
      List<Platform> platforms,
      String classes,
      @Nullable GoldenPolicy policy,
      GitState git,
      boolean release,
      boolean dryRun) {
    return new BuildRequest(
        ImageReference.parse(base),
        ImageReference.parse(target),
        policy,
        platforms,
        new ProjectFacts(
            new Coordinates("com.example", "orders", "1.4.2"),
            "Orders",
            null,
            null,
            null,
            null,
            List.of(),
            "2026-11-23T00:00:00Z"),
        List.of(),
        () ->
            new GitFacts(
                REVISION,
                git == GitState.CLEAN ? WorkTree.CLEAN : WorkTree.DIRTY,
                null,
                null,
                List.of()),
        () -> SampleService.of(classes, Map.of()),
        folder.resolve("cache"),
        release,
        dryRun);
  }

  private static BuildRequest with(BuildRequest request, Supplier<PackagedService> service) {
    return new BuildRequest(
        request.base(),
        request.target(),
        request.policy(),
        request.platforms(),
        request.project(),
        request.snapshots(),
        request.git(),
        service,
        request.cache(),
        request.release(),
        request.dryRun());
  }

  private BuildResult run(BuildRequest request) {
    ImageStores stores =
        new ImageStores(
            RegistryAccess.ANONYMOUS,
            daemon -> {
              throw new IllegalStateException("no engine here");
            });
    return new ImageBuild(request, stores::open, console).run();
  }

  private RawManifest pushed() {
    return registry.manifest("apps/orders" + images, "1.4.2").orElseThrow();
  }

  private ImageConfig config(ImageManifest manifest) {
    byte[] bytes = registry.blob("apps/orders" + images, manifest.config().digest()).orElseThrow();
    assertThat(Label.ROLE.in(ImageConfig.read("The test's config", bytes).labels())).isPresent();
    return ImageConfig.read("The test's config", bytes);
  }

  private static long bytesDown(List<Request> requests) {
    return requests.stream()
        .filter(request -> request.method().equals("GET"))
        .mapToLong(Request::bytes)
        .sum();
  }
}
