package io.github.goldenmaven.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.packaging.layers.PackagedService;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.provenance.Coordinates;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.provenance.ProjectFacts;
import io.github.goldenmaven.provenance.git.GitFacts;
import io.github.goldenmaven.provenance.git.GitFacts.WorkTree;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.stores.ImageStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What the tests of this subject share, one class after the other. */
@ResourceLock("ImageBuildFixture")
abstract class ImageBuildFixture {

  static final String REVISION = "a".repeat(40);

  @TempDir static Path shared;
  @TempDir Path folder;
  static DockerRegistry registry;

  static LayoutFolder tiny;

  static String golden;

  static String ordinary;

  static int images;

  final RecordingConsole console = new RecordingConsole();

  String target;

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

  GoldenPolicy policy(String goldens) throws IOException {
    Path policy = folder.resolve("golden-policy.yaml");
    Files.writeString(policy, "golden: " + goldens + "\n");
    return GoldenPolicy.read(policy);
  }

  BuildResult build(String classes, Path cache) {
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

  BuildResult pinned(String classes) {
    Digest digest = registry.manifest("golden/java", "21").orElseThrow().digest();
    return run(request(golden + "@" + digest, List.of(), classes));
  }

  BuildRequest request(String base, List<Platform> platforms, String classes) {
    return request(base, platforms, classes, null, GitState.CLEAN, false, false);
  }

  enum GitState {
    CLEAN,
    DIRTY
  }

  BuildRequest request(
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

  static BuildRequest with(BuildRequest request, Supplier<PackagedService> service) {
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

  BuildResult run(BuildRequest request) {
    ImageStores stores =
        AccessOfTests.stores(
            AccessOfTests.ANONYMOUS,
            daemon -> {
              throw new IllegalStateException("no engine here");
            });
    return new ImageBuild(request, stores::open, console).run();
  }

  RawManifest pushed() {
    return registry.manifest("apps/orders" + images, "1.4.2").orElseThrow();
  }

  ImageConfig config(ImageManifest manifest) {
    byte[] bytes = registry.blob("apps/orders" + images, manifest.config().digest()).orElseThrow();
    assertThat(Label.ROLE.in(ImageConfig.read("The test's config", bytes).labels())).isPresent();
    return ImageConfig.read("The test's config", bytes);
  }
}
