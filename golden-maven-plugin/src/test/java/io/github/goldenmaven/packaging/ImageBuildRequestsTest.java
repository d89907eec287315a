package io.github.goldenmaven.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.packaging.BuildResult.Outcome;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class ImageBuildRequestsTest extends ImageBuildFixture {

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

  private static long bytesDown(List<Request> requests) {
    return requests.stream()
        .filter(request -> request.method().equals("GET"))
        .mapToLong(Request::bytes)
        .sum();
  }
}
