package io.github.goldenmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.registry.LyingRegistry;
import io.github.goldenmaven.verify.finding.Verdict;
import io.github.goldenmaven.verify.report.GateReport;
import io.github.goldenmaven.verify.report.ImageReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is no image below a pattern of the fleet is left out with a note; named, it is told. */
@NeedsPeer
class ChartInAFleetTest {

  @TempDir Path folder;
  private final RecordingConsole console = new RecordingConsole();

  private static RawManifest artifact(String config, String layer) {
    Blob blob = Blob.of("{}".getBytes(StandardCharsets.UTF_8));
    return RawManifest.of(
        JsonObject.EMPTY
            .with("schemaVersion", 2)
            .with("mediaType", MediaTypes.OCI_MANIFEST)
            .with("config", Descriptor.of(config, blob.digest(), blob.size()).json())
            .with(
                "layers",
                JsonValue.ofObjects(
                    List.of(Descriptor.of(layer, blob.digest(), blob.size()).json()))));
  }

  private static final RawManifest CHART =
      artifact(
          "application/vnd.cncf.helm.config.v1+json",
          "application/vnd.cncf.helm.chart.content.v1.tar+gzip");

  private LyingRegistry serving(RawManifest manifest) {
    return LyingRegistry.telling(
        exchange -> {
          if (exchange.getRequestURI().getPath().contains("/manifests/1")) {
            LyingRegistry.answer(
                exchange, 200, manifest.bytes(), "Content-Type", manifest.mediaType());
          } else {
            LyingRegistry.answer(exchange, 404);
          }
        });
  }

  private GateReport check(LyingRegistry registry, boolean found, String... tags) throws Exception {
    Path policy =
        Files.writeString(
            folder.resolve("policy.yaml"),
            "official: [docker.io/library/*]\ngolden: [" + registry.host() + "/golden/*]\n");
    List<ImageReference> images =
        java.util.Arrays.stream(tags)
            .map(tag -> ImageReference.parse(registry.host() + "/apps/chart:" + tag))
            .toList();
    return new Gate(
            new GateRequest(
                images,
                List.of(),
                GoldenPolicy.read(policy),
                folder.resolve("cache"),
                folder.resolve("scans"),
                null,
                GateFixture.NOW,
                found ? new HashSet<>(images) : Set.of(),
                false),
            registry::open,
            console)
        .check();
  }

  @Test
  void aChartOfAPatternIsLeftOutWithANote() throws Exception {
    try (LyingRegistry registry = serving(CHART)) {
      GateReport report = check(registry, true, "1", "2");

      assertThat(report.images())
          .extracting(ImageReport::reference)
          .containsExactly(registry.host() + "/apps/chart:2");
      assertThat(console.lines)
          .anyMatch(
              line ->
                  line.contains(
                      "'"
                          + registry.host()
                          + "/apps/chart:1' is no container image: it is"
                          + " 'application/vnd.cncf.helm.config.v1+json'. It is left out."));
    }
  }

  @Test
  void aPatternOfChartsAloneIsNothingToPass() throws Exception {
    try (LyingRegistry registry = serving(CHART)) {
      assertThatThrownBy(() -> check(registry, true, "1"))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "Nothing that the fleet's patterns lead to is a container image. Name repositories of"
                  + " images in <fleet> (-Dgolden.fleet).");
    }
  }

  @Test
  void aChartThatIsNamedIsRefusedAsOne() throws Exception {
    try (LyingRegistry registry = serving(CHART)) {
      GateReport report = check(registry, false, "1");

      assertThat(report.images().get(0).verdict()).isEqualTo(Verdict.REFUSED);
      assertThat(report.images().get(0).findings().toString())
          .contains("is no container image: it is 'application/vnd.cncf.helm.config.v1+json'");
    }
  }

  /** A runtime unpacks its layers, whatever it says of itself. */
  @Test
  void whatHasLayersOfAnImageIsNeverLeftOut() throws Exception {
    try (LyingRegistry registry =
        serving(artifact("application/vnd.cncf.helm.config.v1+json", MediaTypes.OCI_LAYER_GZIP))) {
      GateReport report = check(registry, true, "1");

      assertThat(report.images()).hasSize(1);
      assertThat(report.images().get(0).verdict()).isNotEqualTo(Verdict.PASS);
    }
  }
}
