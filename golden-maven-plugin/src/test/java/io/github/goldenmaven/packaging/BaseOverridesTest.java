package io.github.goldenmaven.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.provenance.git.Warning;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BaseOverridesTest {

  private static final ImageConfig AMD64 =
      config("amd64", "\"Env\":[\"PATH=/opt/java/bin:/bin\",\"TZ=Asia/Seoul\"]");
  private static final ImageConfig ARM64 =
      config("arm64", "\"Env\":[\"PATH=/opt/java/bin:/bin\",\"LD_PRELOAD=/golden.so\"]");

  @Test
  void saysWhichVariableOfTheGoldenImageIsReplaced() {
    assertThat(said(List.of(AMD64), Map.of("TZ", "UTC")))
        .containsExactly(
            "The service replaces 'TZ' of its golden image. Leave it out of"
                + " <container><environment> unless you mean to; a release gate may refuse it.");
  }

  @Test
  void looksAtEveryPlatform() {
    assertThat(said(List.of(AMD64, ARM64), Map.of("LD_PRELOAD", "")))
        .containsExactly(
            "The service replaces 'LD_PRELOAD' of its golden image. Leave it out of"
                + " <container><environment> unless you mean to; a release gate may refuse it.");
  }

  @Test
  void saysOnceWhatSeveralPlatformsLose() {
    Map<String, String> environment = new TreeMap<>(Map.of("PATH", "/evil", "TZ", "UTC"));

    assertThat(said(List.of(AMD64, ARM64), environment))
        .containsExactly(
            "The service replaces 'PATH' of its golden image. Leave it out of"
                + " <container><environment> unless you mean to; a release gate may refuse it.",
            "The service replaces 'TZ' of its golden image. Leave it out of"
                + " <container><environment> unless you mean to; a release gate may refuse it.");
  }

  @Test
  void theSameValueAndANewVariableAreNoLoss() {
    assertThat(said(List.of(AMD64, ARM64), Map.of("TZ", "Asia/Seoul", "ORDERS", "1"))).isEmpty();
  }

  @Test
  void saysThatTriggersAreLeftOut() {
    ImageConfig triggered = config("arm64", "\"OnBuild\":[\"RUN apt-get update\"]");

    assertThat(said(List.of(AMD64, triggered), Map.of()))
        .containsExactly(
            "The golden image has ONBUILD triggers, which run in 'docker build' only. Ask the"
                + " platform team to bake what they do into the golden image.");
  }

  private static List<String> said(List<ImageConfig> bases, Map<String, String> environment) {
    return BaseOverrides.warnings(bases, environment).stream()
        .map((Warning warning) -> warning.problem() + " " + warning.remedy())
        .toList();
  }

  private static ImageConfig config(String architecture, String runtime) {
    String json =
        """
        {"architecture":"%s","os":"linux","config":{%s},\
        "rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}\
        """
            .formatted(architecture, runtime, "a".repeat(64));
    return ImageConfig.read("The test's config", json.getBytes(StandardCharsets.UTF_8));
  }
}
