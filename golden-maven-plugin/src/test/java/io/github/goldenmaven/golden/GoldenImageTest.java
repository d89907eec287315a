package io.github.goldenmaven.golden;

import static io.github.goldenmaven.provenance.GoldenConfigs.config;
import static io.github.goldenmaven.provenance.GoldenConfigs.digest;
import static io.github.goldenmaven.provenance.GoldenConfigs.golden;
import static io.github.goldenmaven.provenance.GoldenConfigs.goldenLabels;
import static io.github.goldenmaven.provenance.GoldenConfigs.layers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.provenance.GoldenConfigs;
import io.github.goldenmaven.provenance.JavaVersions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoldenImageTest {

  private static final ImageReference JAVA =
      ImageReference.parse("registry.company.example/golden/java:21");
  private static final String SAYS_GOLDEN =
      "The base 'registry.company.example/golden/java:21' says it is golden, but ";
  private static final String BAKE_AGAIN = " Have the golden image baked again with golden:bake.";

  @Test
  void takesAGoldenImageForWhatItSays() {
    assertThat(GoldenImage.of(JAVA, golden()))
        .isEqualTo(
            new GoldenImage(
                "java",
                "21.0.9",
                "21",
                List.of(digest("company ca").hex()),
                null,
                "docker.io/library/eclipse-temurin:21-jre",
                GoldenConfigs.OFFICIAL_DIGEST,
                2));
  }

  @Test
  void takesAGoldenImageWithoutCertificates() {
    assertThat(
            GoldenImage.of(JAVA, golden(Map.of("io.github.goldenmaven.golden.certificates", "")))
                .certificates())
        .isEmpty();
  }

  @Test
  void tellsWhichJavaItHas() {
    assertThat(GoldenImage.of(JAVA, golden()).java()).isEmpty();
    assertThat(
            GoldenImage.of(JAVA, golden(Map.of("io.github.goldenmaven.golden.java", "17,21")))
                .java())
        .contains(new JavaVersions(List.of(17, 21)));
  }

  @Test
  void refusesALabelOfJavaThatIsNoListOfVersions() {
    assertRefused(
        golden(Map.of("io.github.goldenmaven.golden.java", "17, 21")),
        SAYS_GOLDEN
            + "the label 'io.github.goldenmaven.golden.java' says '17, 21', which is no list of"
            + " Java versions."
            + BAKE_AGAIN);
  }

  @Test
  void refusesAnOrdinaryImage() {
    assertRefused(
        GoldenConfigs.official(),
        "The base 'registry.company.example/golden/java:21' is an ordinary image: it has no label"
            + " 'io.github.goldenmaven.role'. Name a golden image in <base> or with -Dgolden.base,"
            + " or have one baked from this image with golden:bake.");
  }

  @Test
  void refusesAnApplicationAndNamesItsGolden() {
    Map<String, String> application = new HashMap<>();
    application.put("io.github.goldenmaven.role", "application");
    application.put(
        "org.opencontainers.image.base.name", "registry.company.example/golden/java:21\n");

    assertRefused(
        golden(application),
        "The base 'registry.company.example/golden/java:21' is an application image. Name a golden"
            + " image in <base> or with -Dgolden.base; this application's is"
            + " 'registry.company.example/golden/java:21\\u000A'.");
    application.put("org.opencontainers.image.base.name", "");
    assertRefused(
        golden(application),
        "The base 'registry.company.example/golden/java:21' is an application image. Name a golden"
            + " image in <base> or with -Dgolden.base.");
  }

  @Test
  void refusesARoleNobodyKnows() {
    assertRefused(
        golden(Map.of("io.github.goldenmaven.role", "Golden\u001B[2J")),
        "The base 'registry.company.example/golden/java:21' has the unknown role"
            + " 'Golden\\u001B[2J'. Name a golden image in <base> or with -Dgolden.base.");
  }

  @Test
  void refusesANewerSchemaAndSaysToRenewThePlugin() {
    assertRefused(
        golden(Map.of("io.github.goldenmaven.schema", "2")),
        "The base 'registry.company.example/golden/java:21' has labels of the schema '2', and this"
            + " plugin knows '1'. Use a newer version of golden-maven-plugin.");
  }

  @Test
  void refusesNoSchemaAndAMadeUpOne() {
    assertRefused(
        golden(Map.of("io.github.goldenmaven.schema", "")),
        "The base 'registry.company.example/golden/java:21' has labels of the schema '', and this"
            + " plugin knows '1'."
            + BAKE_AGAIN);
    assertRefused(
        golden(Map.of("io.github.goldenmaven.schema", "01")),
        "The base 'registry.company.example/golden/java:21' has labels of the schema '01', and this"
            + " plugin knows '1'."
            + BAKE_AGAIN);
  }

  @Test
  void refusesLabelsOnOtherLayers() {
    ImageConfig other = config(layers("evil", 3), goldenLabels());

    assertRefused(
        other,
        SAYS_GOLDEN
            + "the label 'io.github.goldenmaven.base.chain' says '"
            + ImageConfig.chainId(layers("official", 2))
            + "', but its lowest 2 layers are '"
            + ImageConfig.chainId(layers("evil", 2))
            + "'."
            + BAKE_AGAIN);
  }

  @Test
  void refusesALayerCountBeyondItsLayers() {
    for (String count : List.of("4", "0", "-1", "+2", "2.0", "99999999999", "２")) {
      assertRefused(
          golden(Map.of("io.github.goldenmaven.base.layers", count)),
          SAYS_GOLDEN
              + "the label 'io.github.goldenmaven.base.layers' says '"
              + count
              + "' of 3 layers."
              + BAKE_AGAIN);
    }
  }

  @Test
  void tellsAllThatIsMissingAtOnce() {
    Map<String, String> changes = new HashMap<>();
    changes.put("io.github.goldenmaven.golden.name", "");
    changes.put("io.github.goldenmaven.golden.line", " ");
    changes.put("io.github.goldenmaven.official.digest", "sha256:ABC");
    changes.put("io.github.goldenmaven.base.chain", "");
    changes.put("io.github.goldenmaven.base.layers", "");

    assertRefused(
        golden(changes),
        SAYS_GOLDEN
            + "it has no label 'io.github.goldenmaven.golden.name'; it has no label"
            + " 'io.github.goldenmaven.golden.line'; the label"
            + " 'io.github.goldenmaven.official.digest' says 'sha256:ABC', which is no digest; it"
            + " has no label 'io.github.goldenmaven.base.chain'."
            + BAKE_AGAIN);
  }

  private static void assertRefused(ImageConfig config, String message) {
    assertThatThrownBy(() -> GoldenImage.of(JAVA, config))
        .isInstanceOf(RefusedException.class)
        .hasMessage(message);
  }
}
