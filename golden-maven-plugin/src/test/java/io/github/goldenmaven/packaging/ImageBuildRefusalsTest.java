package io.github.goldenmaven.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.packaging.layers.PackagedService;
import io.github.goldenmaven.packaging.layers.ServiceLayer;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class ImageBuildRefusalsTest extends ImageBuildFixture {

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

  private void assertRefused(BuildRequest request, String message) {
    assertThatThrownBy(() -> run(request)).isInstanceOf(RefusedException.class).hasMessage(message);
    assertThat(registry.manifest("apps/orders" + images, "1.4.2")).isEmpty();
  }
}
