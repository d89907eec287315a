package io.github.goldenmaven.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageIndex;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.packaging.BuildResult.Outcome;
import io.github.goldenmaven.packaging.container.ServiceContainer;
import io.github.goldenmaven.packaging.layers.PackagedService;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.Request;
import io.github.goldenmaven.peers.TinyBase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class ImageBuildTest extends ImageBuildFixture {

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

  private String twoPlatforms() {
    LayoutFolder both =
        TinyBase.writeTo(
            folder.resolve("both"), Platform.parse("linux/amd64"), Platform.parse("linux/arm64"));
    return GoldenFixture.of(both).pushTo(registry, "golden/two");
  }
}
